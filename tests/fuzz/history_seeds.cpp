// Usage: history_seeds OUT   Inputs of history_fuzz, one file each: blocks and rows of totals as
// the encoders write them.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "storage/history_codec.h"
#include "storage/history_totals.h"

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
const Instant hour = block_of(from_ms(1'700'000'000'000));  // as history_fuzz takes it

PartitionSample read_to(std::int64_t committed, std::int64_t log_end) {
  return {PartitionStatus::ok, true, committed, log_end, log_end - committed};
}

GroupSample sample(int at, GroupTotals totals, std::vector<TopicSample> topics) {
  return {hour + at * seconds{30}, false, totals, std::move(topics)};
}

// It reads along, then stops, and is back at the end.
std::vector<GroupSample> stopping() {
  std::vector<GroupSample> out;
  for (int at = 0; at < 30; ++at) {
    const std::int64_t end = 1000 + 100 * at;
    const std::int64_t read = at < 10 || at > 25 ? end : 2000;
    const GroupStatus status = end - read > 500 ? GroupStatus::error : GroupStatus::ok;
    out.push_back(sample(at, {status, 2 * (end - read), at * 1000, 200, 200},
                         {{"orders", {read_to(read, end), read_to(read + 7, end + 7)}}}));
  }
  return out;
}

// Topics and partitions that come and go, and nothing that is known of some.
std::vector<GroupSample> changing() {
  const PartitionSample unknown{PartitionStatus::unknown, true, {}, {}, {}};
  const PartitionSample left_out{};
  return {
      sample(0, {}, {}), sample(1, {GroupStatus::unknown, {}, {}, {}, {}}, {{"b", {unknown}}}),
      sample(2, {GroupStatus::ok, 0, 0, 0, 0}, {{"a", {read_to(1, 1)}}, {"b", {left_out}}}),
      sample(3, {GroupStatus::warning, 9, {}, 1, 2}, {{"b", {left_out, read_to(2, 9)}}, {"", {}}}),
      sample(119, {GroupStatus::ok, 1, 1, 1, 1}, {{"c", {read_to(3, 4)}}})};
}

// The group left and came back.
std::vector<GroupSample> leaving() {
  GroupSample gone;
  gone.at = hour + minutes{10};
  gone.gone = true;
  return {sample(0, {GroupStatus::ok, 0, 0, 5, 5}, {{"orders", {read_to(5, 5)}}}), gone,
          sample(40, {GroupStatus::ok, 0, 0, 5, 5}, {{"orders", {read_to(9, 9)}}})};
}

std::vector<GroupSample> extreme() {
  return {sample(0, {GroupStatus::ok, most, most, most, most}, {{"t", {read_to(0, most)}}}),
          sample(1, {GroupStatus::error, 0, 0, 0, 0}, {{"t", {read_to(most, most)}}})};
}

std::string block_of_all(const std::vector<GroupSample>& samples) {
  HistoryEncoder encoder;
  std::string out(1, '\0');
  for (const GroupSample& each : samples) out += encoder.piece(each);
  return out;
}

std::string row_of_all(const std::vector<GroupSample>& samples) {
  std::string out(1, '\1');
  TotalsStep step{hour};
  for (const GroupSample& each : samples) {
    if (each.gone) continue;
    if (each.at >= step.at + minutes{5}) {
      append(out, step, hour, minutes{5});
      step = TotalsStep{hour + (each.at - hour) / minutes{5} * minutes{5}};
    }
    step.add(each.totals);
  }
  append(out, step, hour, minutes{5});
  return out;
}

}  // namespace
}  // namespace tidemark

int main(int count, char** words) {
  using namespace tidemark;
  if (count != 2) {
    std::fprintf(stderr, "usage: history_seeds OUT\n");
    return 2;
  }
  const std::filesystem::path folder = words[1];
  std::filesystem::create_directories(folder);
  int number = 0;
  for (const auto& samples : {stopping(), changing(), leaving(), extreme()}) {
    ++number;
    std::ofstream(folder / ("block-" + std::to_string(number)), std::ios::binary)
        << block_of_all(samples);
    std::ofstream row(folder / ("totals-" + std::to_string(number)), std::ios::binary);
    row << row_of_all(samples);
    if (!row.flush()) return 1;
  }
  return 0;
}
