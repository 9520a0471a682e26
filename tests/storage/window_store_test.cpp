#include "storage/window_store.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/storage/random_history.h"

namespace tidemark {
namespace {

PartitionHistory loaded(const WindowStore& store, Slot slot) {
  PartitionHistory out = test::RandomHistory(3).next();  // used before, for another slot
  store.load(slot, out);
  return out;
}

TEST(WindowStore, ANewSlotIsEmptyAndFoundByItsKey) {
  WindowStore store;
  EXPECT_EQ(store.find("a key"), std::nullopt);
  const Slot slot = store.add("a key");
  EXPECT_EQ(store.find("a key"), slot);
  EXPECT_EQ(loaded(store, slot), PartitionHistory{});
  EXPECT_FALSE(store.newest(slot).has_value());
  EXPECT_EQ(store.size(), 1U);
}

TEST(WindowStore, ASavedHistoryComesBack) {
  WindowStore store;
  const Slot slot = store.add("a key");
  PartitionHistory history;
  history.window = {{Offset{10}, from_ms(1000)}, {Offset{12}, from_ms(61'000)}};
  history.pending = {{Offset{10}, Offset{12}, from_ms(61'000), from_ms(1000), {}, Offset{10}}};
  history.probed_to = Offset{13};
  history.probe_record = from_ms(60'000);
  store.save(slot, history);
  EXPECT_EQ(loaded(store, slot), history);
}

TEST(WindowStore, AnErasedSlotIsUsedAgainAndKeepsNothing) {
  WindowStore store;
  const Slot first = store.add("first");
  PartitionHistory history;
  history.window = {{Offset{10}, from_ms(1000)}};
  history.pending = {{Offset{9}, Offset{10}, from_ms(1000), from_ms(500), {}, Offset{9}}};
  history.probed_to = Offset{11};
  store.save(first, history);
  store.erase(first);
  EXPECT_EQ(store.find("first"), std::nullopt);
  EXPECT_EQ(store.size(), 0U);
  const Slot second = store.add("second");
  EXPECT_EQ(second, first);
  EXPECT_EQ(loaded(store, second), PartitionHistory{});
}

// The store beside a plain map, through any order of operations.
class Beside {
 public:
  explicit Beside(std::uint32_t seed) : random_(seed) {}

  void step() {
    const std::string key = "group/topic-" + std::to_string(random_.number(300));
    const auto known = model_.find(key);
    const auto slot = store_.find(key);
    ASSERT_EQ(slot.has_value(), known != model_.end()) << key;
    if (!slot) {
      store_.add(key);
      model_[key] = PartitionHistory{};
    } else if (random_.number(4) == 0) {
      store_.erase(*slot);
      model_.erase(known);
    } else {
      EXPECT_EQ(loaded(store_, *slot), known->second) << key;
      expect_newest(*slot, known->second);
      known->second = random_.next();
      store_.save(*slot, known->second);
    }
  }

  void compare_all() const {
    ASSERT_EQ(store_.size(), model_.size());
    for (const auto& [key, history] : model_) {
      const auto slot = store_.find(key);
      ASSERT_TRUE(slot.has_value()) << key;
      EXPECT_EQ(loaded(store_, *slot), history) << key;
    }
  }

 private:
  void expect_newest(Slot slot, const PartitionHistory& expected) const {
    const auto newest = store_.newest(slot);
    ASSERT_EQ(newest.has_value(), expected.committed());
    if (!newest) return;
    EXPECT_EQ(newest->offset, expected.newest().offset);
    EXPECT_EQ(newest->at, expected.newest().at);
  }

  test::RandomHistory random_;
  WindowStore store_;
  std::map<std::string, PartitionHistory> model_;
};

TEST(WindowStore, HoldsWhatAPlainMapWould) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    Beside beside(seed);
    for (int i = 0; i < 10'000 && !testing::Test::HasFailure(); ++i) beside.step();
    beside.compare_all();
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
  }
}

TEST(WindowStore, SaysWhatItHolds) {
  WindowStore store;
  const std::size_t empty = store.bytes();
  test::RandomHistory random(5);
  for (int i = 0; i < 1000; ++i) store.save(store.add("key " + std::to_string(i)), random.next());
  EXPECT_GT(store.bytes(), empty + 1000 * 20);
}

}  // namespace
}  // namespace tidemark
