// However commits and tombstones are cut into batches, what is known after them is the same: slots
// are looked up for several commits at once, and go and come amid them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

struct Record {
  std::string group;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  bool tombstone = false;
};

std::vector<Record> random_records(std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Record> out(40 + random() % 60);
  std::int64_t offset = 0;
  for (Record& each : out) {
    each.group = "group-" + std::to_string(random() % 3);
    each.partition = static_cast<std::int32_t>(random() % 2);
    each.offset = ++offset;
    each.tombstone = random() % 4 == 0;
  }
  return out;
}

using Place = std::vector<Record>::const_iterator;

OffsetsBatch batch_of(Place first, Place last, Instant at) {
  static constexpr std::string_view topic = "orders";
  OffsetsBatch out;
  out.received_at = at;
  std::vector<std::size_t> begins;
  for (Place each = first; each != last; ++each) {
    begins.push_back(out.bytes.size());
    out.bytes += each->group;
    out.bytes += topic;
    out.bytes += std::string("\0\0\0", 3) + static_cast<char>(each->partition);
  }
  begins.push_back(out.bytes.size());
  const std::string_view bytes = out.bytes;
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
    const Record& from = *(first + static_cast<std::ptrdiff_t>(i));
    CommitSeen seen;
    seen.key = bytes.substr(begins[i], begins[i + 1] - begins[i]);
    seen.group = seen.key.substr(0, from.group.size());
    seen.topic = seen.key.substr(from.group.size(), topic.size());
    seen.partition = PartitionId{from.partition};
    seen.tombstone = from.tombstone;
    seen.offset = Offset{from.offset};
    seen.committed_at = at;
    out.commits.push_back(seen);
  }
  return out;
}

class Batches : public Cluster {
 protected:
  // "group partition: offset" of all that was committed, in cuts of so many records.
  std::vector<std::string> after(const std::vector<Record>& records, std::size_t in_a_batch) {
    refresh(0, 1000, 1000);
    for (std::size_t i = 0; i < records.size(); i += in_a_batch) {
      const auto first = records.begin() + static_cast<std::ptrdiff_t>(i);
      const auto count = std::min(in_a_batch, records.size() - i);
      state.apply(batch_of(first, first + static_cast<std::ptrdiff_t>(count), start));
    }
    std::vector<std::string> out;
    const auto report = tick(1);
    for (const auto& group : report->groups) {
      for (const TopicOfGroup& topic : group->topics) {
        for (const PartitionReport& at : topic.partitions) {
          if (!at.committed) continue;
          out.push_back(group->name.get() + " " + std::to_string(at.partition.get()) + ": " +
                        std::to_string(at.committed_offset.get()));
        }
      }
    }
    return out;
  }
};

// What the last record of each partition says, by hand.
std::vector<std::string> said_last(const std::vector<Record>& records) {
  std::map<std::string, std::string> last;
  for (const Record& each : records) {
    const std::string key = each.group + " " + std::to_string(each.partition);
    last[key] = each.tombstone ? "" : key + ": " + std::to_string(each.offset);
  }
  std::vector<std::string> out;
  for (const auto& [key, text] : last) {
    if (!text.empty()) out.push_back(text);
  }
  return out;
}

class AnyCut : public Batches,
               public testing::WithParamInterface<std::tuple<std::uint32_t, std::size_t>> {};

TEST_P(AnyCut, LeavesWhatTheLastRecordsSay) {
  const auto [seed, in_a_batch] = GetParam();
  const std::vector<Record> records = random_records(seed);
  EXPECT_EQ(after(records, in_a_batch), said_last(records));
}

INSTANTIATE_TEST_SUITE_P(Of, AnyCut,
                         testing::Combine(testing::Range(0U, 20U),
                                          testing::Values(1U, 2U, 15U, 16U, 17U, 1000U)));

}  // namespace
}  // namespace tidemark
