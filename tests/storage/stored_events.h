// A state.db of a test, and events to put into it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "evaluator/event.h"
#include "storage/event_query.h"
#include "storage/state_file.h"
#include "tests/support/temporary_folder.h"

namespace tidemark::test {

using Events = std::vector<std::shared_ptr<const Event>>;

inline const Instant story_begins = from_ms(1'700'000'000'000);

inline std::shared_ptr<const Event> event(std::uint64_t number, int second, EventKind kind,
                                          std::string group, Duration clock_step = Duration{0}) {
  auto out = std::make_shared<Event>();
  out->sequence = number;
  out->at = story_begins + std::chrono::seconds{second};
  out->clock_step = clock_step;
  out->kind = kind;
  if (is_of_group(*out)) out->group = std::move(group);
  out->sentence = "event " + std::to_string(number);
  if (number % 3 == 0) out->author = "ops";
  return out;
}

// So many in a row, of all kinds and some groups, on a clock that is set now and then.
inline Events random_events(std::uint64_t first, int count, std::mt19937& random) {
  Events out;
  const auto upto = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most + 1));
  };
  const std::vector<std::string> groups{"", "a", "b", "rare"};
  Duration step{0};
  int second = 0;
  for (int i = 0; i < count; ++i) {
    second += upto(3);
    if (upto(40) == 0) step = std::chrono::seconds{upto(600) - 300};
    const auto kind = static_cast<EventKind>(upto(14));
    const std::string& group =
        upto(30) == 0 ? groups.back() : groups[static_cast<std::size_t>(upto(2))];
    out.push_back(event(first + static_cast<std::uint64_t>(i), second, kind, group, step));
  }
  return out;
}

inline std::vector<std::uint64_t> numbers_of(EventStream stream) {
  std::vector<std::uint64_t> out;
  while (const auto each = stream.next()) out.push_back(each->sequence);
  return out;
}

class StateFileFixture : public testing::Test {
 protected:
  StateFileFixture() { settings_.path = folder_ / "state.db"; }

  std::unique_ptr<StateFile> open(const std::vector<StateFile::Beginning>& clusters,
                                  std::uint64_t log = 7) {
    auto out = std::make_unique<StateFile>(settings_);
    EXPECT_EQ(out->open(log).message, "");
    EXPECT_EQ(out->begin(clusters, now_).message, "");
    return out;
  }
  std::unique_ptr<EventArchive> archive() const {
    auto opened = EventArchive::open(settings_.path);
    EXPECT_TRUE(opened.ok()) << (opened ? "" : opened.error().message);
    return std::move(opened.value());
  }
  std::vector<std::uint64_t> numbers(const std::string& cluster,
                                     const EventFilter& filter = {}) const {
    return numbers_of(archive()->read(cluster, {}, filter, EventOrder::oldest_first));
  }

  TemporaryFolder folder_;
  StateFileSettings settings_;
  Instant now_ = story_begins;
};

}  // namespace tidemark::test
