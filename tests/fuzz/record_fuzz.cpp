// Any bytes as a record of the offsets topic. The decoder may say what it likes of them, but what
// it says must hold together; the sanitizers watch the rest.
//
// Input: length of the key (2 bytes, big-endian, the highest bit: the value is null), key, value.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "collectors/record.h"
#include "daemon/record_json.h"

namespace tidemark {
namespace {

struct Input {
  std::string_view key;
  std::optional<std::string_view> value;
};

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

std::optional<Input> split(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const unsigned head =
      static_cast<std::uint8_t>(bytes[0]) << 8U | static_cast<std::uint8_t>(bytes[1]);
  bytes.remove_prefix(2);
  const std::string_view key = bytes.substr(0, head & 0x7FFFU);
  if ((head & 0x8000U) != 0) return Input{key, std::nullopt};
  return Input{key, bytes.substr(key.size())};
}

bool inside(std::string_view view, std::string_view whole) {
  const std::less_equal<> before;
  return view.empty() || (before(whole.data(), view.data()) &&
                          before(view.data() + view.size(), whole.data() + whole.size()));
}

void check(const OffsetCommit& commit, const Input& input) {
  must(inside(commit.group, input.key), "the group lies in the key");
  must(inside(commit.topic, input.key), "the topic lies in the key");
  must(commit.tombstone == !input.value, "a null value is a tombstone");
  must(!input.value || inside(commit.metadata, *input.value), "the metadata lies in the value");
  for (const std::int32_t partitions : {1, 50, 32767}) {
    const std::int32_t partition = offsets_partition_of(commit.group, partitions);
    must(0 <= partition && partition < partitions, "the offsets partition exists");
  }
}

void check(const DecodedGroupRecord& record, const Input& input) {
  must(record.tombstone == !input.value, "a null value is a tombstone");
  must(record.tombstone == std::holds_alternative<std::monostate>(record.value),
       "a tombstone has no value, anything else has one");
  must(record.value_version.has_value() == input.value.has_value(), "a value has a version");
  observed(record);
}

void check(const SkippedRecord& record, const Input& input) {
  must(record.tombstone == !input.value, "a null value is a tombstone");
  must(record.group.has_value() || record.kind == "Unknown", "known kinds have a group");
  must(!observed(record) || record.group_kind != GroupKind::none, "only groups are observed");
}

void check(const DecodeError& error, const Input& input) {
  const std::size_t size = error.in_key ? input.key.size() : input.value.value_or("").size();
  must(error.at <= size, "the damage lies inside");
  must(error.message.find("at byte " + std::to_string(error.at)) != std::string::npos,
       "the message says where");
  must(!to_string(error.damage).empty(), "the damage has a word");
}

void check_decoding(const Input& input) {
  const DecodedRecord decoded = decode_record(input.key, input.value);
  std::visit([&](const auto& record) { check(record, input); }, decoded);
  must(decode_record(input.key, input.value) == decoded, "decoding has no memory");
  must(nlohmann::json::accept(to_json(decoded)), "any record can be printed");
  OffsetCommit commit;
  const bool is_commit = decode_commit(input.key, input.value, commit);
  must(is_commit == std::holds_alternative<OffsetCommit>(decoded), "both ways see a commit");
  must(!is_commit || commit == std::get<OffsetCommit>(decoded), "both ways see the same commit");
  if (std::holds_alternative<DecodeError>(decoded) || !input.value) return;

  // Exact copies: a read past the end is then seen by AddressSanitizer.
  const std::string longer_key = std::string(input.key) + "\x01";
  const std::string longer_value = std::string(*input.value) + "\x7f";
  must(to_json(decode_record(longer_key, longer_value)) == to_json(decoded) ||
           std::holds_alternative<SkippedRecord>(decoded),
       "bytes after the last field do not matter");
}

}  // namespace
}  // namespace tidemark

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto split = tidemark::split(bytes);
  if (!split) return 0;
  const std::string key(split->key);
  const std::string value(split->value.value_or(""));
  // Copies of exactly their size: AddressSanitizer then sees a read past the end of either.
  std::optional<std::string_view> value_view;
  if (split->value) value_view = value;
  tidemark::check_decoding({key, value_view});
  return 0;
}
