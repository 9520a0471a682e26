// Whatever is written member by member is read back as it was, and bytes that were not written so
// are refused, whatever they are.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "evaluator/log_end_history.h"
#include "storage/field_reader.h"
#include "storage/history_fields.h"
#include "tests/storage/random_history.h"

namespace tidemark {
namespace {

constexpr Instant near = from_ms(1'700'000'000'000);

template <class T>
std::string written(const T& value) {
  std::string out;
  FieldWriter writer(out, near);
  writer(value);
  return out;
}

template <class T>
T read_back(const std::string& bytes) {
  T out{};
  FieldReader reader(bytes, near);
  reader(out);
  EXPECT_TRUE(reader.done());
  return out;
}

template <class T>
void expect_kept(const T& value) {
  EXPECT_EQ(read_back<T>(written(value)), value);
}

TEST(Fields, are_kept_up_to_their_limits) {
  for (const std::int64_t each : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                                  std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    expect_kept(each);
    expect_kept(Offset{each});
    expect_kept(from_ms(each));
    expect_kept(Duration{each});
    expect_kept(std::vector<Offset>{Offset{each}, Offset{0}, Offset{each}});
  }
  expect_kept(std::numeric_limits<std::int32_t>::min());
  expect_kept(std::numeric_limits<std::uint64_t>::max());
  expect_kept(std::string("a\0b", 3));
  expect_kept(std::optional<Instant>{});
  expect_kept(std::map<std::string, std::vector<std::int32_t>>{{"", {}}, {"orders", {0, -7, 12}}});
  expect_kept(std::pair<TopicUuid, std::string>{{1, 2, 255}, "orders"});
}

TEST(Fields, of_any_history_are_kept) {
  test::RandomHistory random(7);
  for (int i = 0; i < 2000; ++i) expect_kept(random.next());
}

TEST(Fields, of_a_history_replace_all_that_was_there) {
  test::RandomHistory random(17);
  PartitionHistory into;
  for (int i = 0; i < 500; ++i) {
    const PartitionHistory history = i % 2 == 0 ? random.next() : PartitionHistory{};
    const std::string bytes = written(history);
    FieldReader reader(bytes, near);
    reader(into);
    EXPECT_EQ(into, history);
  }
}

TEST(Fields, of_log_ends_are_kept_so_that_they_go_on_as_if_nothing_had_been) {
  std::mt19937 random(3);
  LogEndHistory lived;
  LogEnd point{Offset{0}, near};
  for (int i = 0; i < 5000; ++i) {
    point.end = Offset{point.end.get() + static_cast<std::int64_t>(random() % 50)};
    point.at += std::chrono::seconds{random() % 200 == 0 ? 600 : 10};
    lived.append(point, std::chrono::seconds{10});
    if (i % 100 != 0) continue;
    lived = read_back<LogEndHistory>(written(lived));
    EXPECT_EQ(lived.newest().end, point.end);
    EXPECT_EQ(lived.newest().at, point.at);
  }
  LogEndHistory other;
  std::mt19937 again(3);
  point = {Offset{0}, near};
  for (int i = 0; i < 5000; ++i) {
    point.end = Offset{point.end.get() + static_cast<std::int64_t>(again() % 50)};
    point.at += std::chrono::seconds{again() % 200 == 0 ? 600 : 10};
    other.append(point, std::chrono::seconds{10});
  }
  EXPECT_EQ(written(lived), written(other));
}

TEST(Fields, of_a_window_take_a_few_bytes_a_commit) {
  PartitionHistory history;
  for (int i = 0; i < 10; ++i) {
    history.window.push_back({Offset{5'000'000 + 1000 * i}, near + std::chrono::seconds{30 * i}});
  }
  history.standing_since = history.newest().at;
  EXPECT_LE(written(history).size(), 60U);
}

TEST(Fields, that_are_cut_short_or_followed_by_more_are_refused) {
  test::RandomHistory random(11);
  for (int i = 0; i < 50; ++i) {
    const std::string bytes = written(random.next());
    for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 40) {
      PartitionHistory out;
      FieldReader reader(std::string_view(bytes).substr(0, size), near);
      reader(out);
      EXPECT_FALSE(reader.done()) << size << " of " << bytes.size();
    }
    PartitionHistory out;
    const std::string more = bytes + '\0';
    FieldReader reader(more, near);
    reader(out);
    EXPECT_FALSE(reader.done());
  }
}

TEST(Fields, of_damaged_bytes_never_lead_outside) {
  std::mt19937 random(5);
  test::RandomHistory histories(13);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = written(histories.next());
    for (int flips = 0; flips < 3; ++flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    PartitionHistory out;
    FieldReader reader(bytes, near);
    reader(out);
    EXPECT_LE(out.window.size(), bytes.size());
    EXPECT_LE(out.gaps.count, 4);
    EXPECT_LE(out.unread_since.source, Since::Source::at_latest);
  }
}

}  // namespace
}  // namespace tidemark
