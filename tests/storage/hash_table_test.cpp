#include "storage/hash_table.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace tidemark {
namespace {

TEST(HashTable, HoldsNothingAtFirst) {
  const HashTable table;
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.find(0, [](std::uint32_t) { return true; }), std::nullopt);
}

TEST(HashTable, TellsNumbersOfOneHashApart) {
  HashTable table;
  table.add(5, 1);
  table.add(5, 2);
  table.add(5 + 16, 3);  // the same place while the table is small
  const auto find = [&](std::uint32_t hash, std::uint32_t wanted) {
    return table.find(hash, [&](std::uint32_t number) { return number == wanted; });
  };
  EXPECT_EQ(find(5, 2), 2U);
  EXPECT_EQ(find(5, 3), std::nullopt);
  table.erase(5, 1);
  EXPECT_EQ(find(5, 1), std::nullopt);
  EXPECT_EQ(find(5, 2), 2U);
  EXPECT_EQ(find(5 + 16, 3), 3U);
}

TEST(HashTable, AlmostAllKeysHaveHashesOfTheirOwn) {
  std::set<std::uint32_t> hashes;
  std::set<std::uint32_t> low;  // as a small table sees them
  for (int i = 0; i < 20'000; ++i) {
    const std::uint32_t hash = hash_of("payments-enrichment-" + std::to_string(i));
    hashes.insert(hash);
    low.insert(hash % 32'768);
  }
  EXPECT_GE(hashes.size(), 19'990U);
  EXPECT_GE(low.size(), 14'000U);  // chance gives 14,970
}

TEST(HashTable, ZerosAtTheEndMakeAnotherKey) {
  EXPECT_NE(hash_of(std::string_view("abc\0", 4)), hash_of("abc"));
  EXPECT_NE(hash_of(std::string_view("\0", 1)), hash_of(""));
}

// Few hashes for many numbers, so that they stand in each other's way.
TEST(HashTable, HoldsWhatASetWould) {
  std::mt19937 random(3);
  HashTable table;
  std::set<std::uint32_t> model;
  std::size_t largest = 0;
  for (int step = 0; step < 200'000; ++step) {
    const std::uint32_t wave = step / 20'000 % 2 == 0 ? 1000 : 20;
    const auto number = static_cast<std::uint32_t>(random() % 1000);
    const std::uint32_t hash = number % 60 * 0x0001'0001U;
    if (number < wave && model.insert(number).second) {
      table.add(hash, number);
    } else if (model.erase(number) > 0) {
      table.erase(hash, number);
    }
    largest = std::max(largest, table.bytes());
    const auto other = static_cast<std::uint32_t>(random() % 1000);
    const auto found =
        table.find(other % 60 * 0x0001'0001U, [&](std::uint32_t each) { return each == other; });
    ASSERT_EQ(found.has_value(), model.contains(other)) << "step " << step;
    ASSERT_EQ(table.size(), model.size());
  }
  for (const std::uint32_t number : model) table.erase(number % 60 * 0x0001'0001U, number);
  EXPECT_LT(table.bytes() * 8, largest);
}

}  // namespace
}  // namespace tidemark
