#include "storage/key_index.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace tidemark {
namespace {

std::string key(const std::string& stem, std::uint32_t partition) {
  std::string out = stem;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(partition >> shift);
  return out;
}

TEST(KeyIndex, FindsEachPartitionOfEachGroup) {
  KeyIndex keys;
  keys.add(key("payments orders", 0), 0);
  keys.add(key("payments orders", 1), 1);
  keys.add(key("billing orders", 1), 2);
  EXPECT_EQ(keys.find(key("payments orders", 1)), 1U);
  EXPECT_EQ(keys.find(key("billing orders", 1)), 2U);
  EXPECT_EQ(keys.find(key("billing orders", 0)), std::nullopt);
  EXPECT_EQ(keys.find(key("nobody", 0)), std::nullopt);
}

TEST(KeyIndex, PartitionsMayComeInAnyOrderAndWithGaps) {
  KeyIndex keys;
  const std::vector<std::uint32_t> partitions = {7, 0, 499'999, 3, 1, 0xFFFFFFFF, 2};
  for (std::uint32_t slot = 0; slot < partitions.size(); ++slot) {
    keys.add(key("g", partitions[slot]), slot);
  }
  for (std::uint32_t slot = 0; slot < partitions.size(); ++slot) {
    EXPECT_EQ(keys.find(key("g", partitions[slot])), slot) << partitions[slot];
  }
  EXPECT_EQ(keys.find(key("g", 4)), std::nullopt);
}

TEST(KeyIndex, KeysTooShortForAPartitionAreTheirOwn) {
  KeyIndex keys;
  keys.add("", 0);
  keys.add("ab", 1);
  keys.add(std::string("ab\0\0\0\0", 6), 2);
  keys.add(std::string("\0\0\0\0", 4), 3);
  EXPECT_EQ(keys.find(""), 0U);
  EXPECT_EQ(keys.find("ab"), 1U);
  EXPECT_EQ(keys.find(std::string("ab\0\0\0\0", 6)), 2U);
  EXPECT_EQ(keys.find(std::string("\0\0\0\0", 4)), 3U);
}

TEST(KeyIndex, AGroupThatWentCanComeBack) {
  KeyIndex keys;
  keys.add(key("g", 0), 0);
  keys.erase(0);
  EXPECT_EQ(keys.find(key("g", 0)), std::nullopt);
  keys.add(key("", 0), 0);
  keys.add(key("g", 0), 1);
  EXPECT_EQ(keys.find(key("", 0)), 0U);
  EXPECT_EQ(keys.find(key("g", 0)), 1U);
}

TEST(KeyIndex, HoldsWhatAMapWould) {
  std::mt19937 random(11);
  KeyIndex keys;
  std::map<std::string, std::uint32_t> model;
  std::vector<std::string> by_slot(400);
  for (int step = 0; step < 100'000; ++step) {
    const auto slot = static_cast<std::uint32_t>(random() % by_slot.size());
    std::string& present = by_slot[slot];
    const auto partition = static_cast<std::uint32_t>(random() % 200);
    const std::string other = key("group-" + std::to_string(random() % 8), partition);
    if (!present.empty()) {
      keys.erase(slot);
      model.erase(present);
      present.clear();
    } else if (!model.contains(other)) {
      keys.add(other, slot);
      model[other] = slot;
      present = other;
    }
    const auto expected = model.find(other);
    const auto wanted =
        expected == model.end() ? std::nullopt : std::optional<std::uint32_t>(expected->second);
    ASSERT_EQ(keys.find(other), wanted) << "step " << step;
  }
}

}  // namespace
}  // namespace tidemark
