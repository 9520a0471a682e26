#include "tests/bench/commit_batches.h"

#include <algorithm>
#include <map>

#include "collectors/record.h"
#include "tests/bench/big_endian.h"
#include "tests/bench/crc32c.h"
#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

// Where the header's fields are; the checksum is of all behind it.
constexpr std::size_t length_at = 8;
constexpr std::size_t behind_length = 12;
constexpr std::size_t crc_at = 17;
constexpr std::size_t behind_crc = 21;
constexpr std::size_t last_delta_at = 23;
constexpr std::size_t first_time_at = 27;
constexpr std::size_t last_time_at = 35;
constexpr std::size_t count_at = 57;
constexpr std::size_t most_bytes = 1'000'000;  // a broker's own limit is a little more

std::string header() {
  std::string out;
  put(out, 0, 8);   // base offset: the broker's
  put(out, 0, 4);   // length
  put(out, -1, 4);  // leader epoch
  put(out, 2, 1);   // format
  put(out, 0, 4);   // checksum
  put(out, 0, 2);   // attributes: no compression
  put(out, 0, 4);   // delta of the last offset
  put(out, 0, 16);  // times of the first and the last record
  put(out, -1, 8);  // no producer id,
  put(out, -1, 2);  // epoch
  put(out, -1, 4);  // and sequence
  put(out, 0, 4);   // count
  return out;
}

void set(std::string& bytes, std::size_t at, std::int64_t value, int width) {
  std::string field;
  put(field, value, width);
  bytes.replace(at, field.size(), field);
}

}  // namespace

void CommitBatch::add(const World& world, int group, int partition) {
  if (bytes_.empty()) bytes_ = header();
  const std::string key = world.key(group, partition);
  const std::string value = world.value(group, partition, 0, from_ms(0));
  std::string record(1, '\0');  // attributes
  put_varint(record, 0);        // its time is the batch's
  put_varint(record, static_cast<std::int64_t>(places_.size()));
  put_varint(record, static_cast<std::int64_t>(key.size()));
  record += key;
  put_varint(record, static_cast<std::int64_t>(value.size()));
  put_varint(bytes_, static_cast<std::int64_t>(record.size() + value.size() + 1));
  bytes_ += record;
  places_.push_back({group, partition, bytes_.size()});
  bytes_ += value;
  put_varint(bytes_, 0);  // no headers
}

void CommitBatch::set_round(const World& world, int round, Instant now) {
  for (const Place& each : places_) {
    const std::string value = world.value(each.group, each.partition, round, now);
    bytes_.replace(each.value, value.size(), value);
  }
  const std::int64_t written = to_ms(now);
  const auto count = static_cast<std::int64_t>(places_.size());
  set(bytes_, length_at, static_cast<std::int64_t>(bytes_.size() - behind_length), 4);
  set(bytes_, last_delta_at, count - 1, 4);
  set(bytes_, first_time_at, written, 8);
  set(bytes_, last_time_at, written, 8);
  set(bytes_, count_at, count, 4);
  set(bytes_, crc_at, crc32c(std::string_view(bytes_).substr(behind_crc)), 4);
}

std::vector<CommitBatch> commit_batches(const World& world, std::size_t most_records) {
  std::map<int, std::vector<int>> groups;  // by offsets partition
  for (int g = 0; g < world.groups; ++g) {
    groups[offsets_partition_of(world.group(g), world.offsets_partitions)].push_back(g);
  }
  const std::size_t record = world.key(0, 0).size() + world.value(0, 0, 0, from_ms(0)).size() + 16;
  const std::size_t most = std::max<std::size_t>(1, std::min(most_records, most_bytes / record));
  std::vector<CommitBatch> out;
  for (const auto& [offsets_partition, members] : groups) {
    out.emplace_back(offsets_partition);
    for (const int g : members) {
      for (int p = 0; p < world.partitions; ++p) {
        if (out.back().records() == most) out.emplace_back(offsets_partition);
        out.back().add(world, g, p);
      }
    }
  }
  return out;
}

}  // namespace tidemark::bench
