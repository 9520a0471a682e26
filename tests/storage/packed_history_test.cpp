#include "storage/packed_history.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/storage/random_history.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

PartitionHistory packed_and_unpacked(const PartitionHistory& history) {
  std::vector<char> room(3, 'x');
  std::string bytes(pack(history, room));
  bytes.append(unpack_reads_beyond, '\xFF');
  // What was there before must not shine through.
  PartitionHistory out = test::RandomHistory(1).next();
  unpack(bytes.data(), out);
  return out;
}

// A commit a minute, everything that can be remembered is.
PartitionHistory busy() {
  const Instant start = from_ms(1'700'000'000'000);
  PartitionHistory history;
  for (int i = 0; i < 10; ++i) {
    history.window.push_back({Offset{5'000'000'000 + 900 * i}, start + seconds{60 * i}});
  }
  for (int i = 0; i < 4; ++i) {
    history.gaps.add({seconds{60 + i}, start - seconds{3600 * i}});
    history.lateness.add({seconds{61 + i}, start - seconds{7200 * i}});
  }
  history.standing_since = history.newest().at;
  history.unread_since = {Since::Source::history, history.newest().at};
  history.waiting_since = history.unread_since;
  history.run = {true, false, false, true, true, seconds{70}, seconds{40}, seconds{50}};
  return history;
}

TEST(PackedHistory, AnEmptyOneIsEmptyAgain) {
  EXPECT_EQ(packed_and_unpacked({}), PartitionHistory{});
}

TEST(PackedHistory, ABusyOneComesBackAsItWas) { EXPECT_EQ(packed_and_unpacked(busy()), busy()); }

TEST(PackedHistory, AFullWindowWithAllThatCanBeRememberedIsShort) {
  std::vector<char> room;
  EXPECT_LE(pack(busy(), room).size(), 120U);
}

TEST(PackedHistory, ExtremeOffsetsAndInstantsAreKept) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  PartitionHistory history;
  history.window = {{Offset{most}, from_ms(least)}, {Offset{least}, from_ms(most)}};
  history.standing_since = from_ms(least);
  history.probed_to = Offset{most};
  history.pending = {{Offset{most},
                      Offset{least},
                      from_ms(least),
                      from_ms(most),
                      {Since::Source::probe, from_ms(least)},
                      Offset{least}}};
  EXPECT_EQ(packed_and_unpacked(history), history);
}

TEST(PackedHistory, AnyHistoryComesBackAsItWas) {
  test::RandomHistory random(20240101);
  for (int i = 0; i < 20'000; ++i) {
    const PartitionHistory history = random.next();
    ASSERT_EQ(packed_and_unpacked(history), history) << "history number " << i;
  }
}

}  // namespace
}  // namespace tidemark
