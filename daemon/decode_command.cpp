#include "daemon/decode_command.h"

#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/record.h"
#include "core/result.h"
#include "daemon/record_json.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;

// The bytes of one record; null: the field was null.
struct RawRecord {
  std::optional<std::string> key;
  std::optional<std::string> value;
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return Error{fmt::format("{} hexadecimal digits, which is odd: a byte has two", text.size())};
  }
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) {
      return Error{fmt::format("no hexadecimal digit at character {}", (high < 0 ? i : i + 1) + 1)};
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

Result<std::optional<std::string>> field(const Json& line, const char* name) {
  const auto found = line.find(name);
  if (found == line.end()) return Error{fmt::format("{}: missing (null for none)", name)};
  if (found->is_null()) return std::optional<std::string>();
  if (!found->is_string()) return Error{fmt::format("{}: neither a string nor null", name)};
  auto bytes = from_hex(found->get_ref<const std::string&>());
  if (!bytes) return bytes.error().within(name);
  return std::optional<std::string>(std::move(bytes.value()));
}

Result<Json> parse(const std::string& line) {
  try {
    return Json::parse(line);
  } catch (const Json::exception& e) {
    const auto* where = dynamic_cast<const Json::parse_error*>(&e);
    return Error{fmt::format("not valid JSON at byte {}", where == nullptr ? 0 : where->byte)};
  }
}

Result<RawRecord> read_record(const std::string& text) {
  const auto line = parse(text);
  if (!line) return line.error();
  if (!line.value().is_object()) {
    return Error{R"(not an object {"key_hex": …, "value_hex": …})"};
  }
  auto key = field(line.value(), "key_hex");
  if (!key) return key.error();
  auto value = field(line.value(), "value_hex");
  if (!value) return value.error();
  return RawRecord{std::move(key.value()), std::move(value.value())};
}

Result<std::string> answer(const std::string& line, std::size_t number) {
  const auto record = read_record(line);
  if (!record) return record.error().within(fmt::format("line {}", number));
  const auto& [key, value] = record.value();
  if (!key) return Error{"record: the key is null: there is nothing at byte 0 of the key"};
  const DecodedRecord decoded = decode_record(*key, value);
  if (const auto* damaged = std::get_if<DecodeError>(&decoded)) return Error{damaged->message};
  return to_json(decoded);
}

}  // namespace

int decode_command(std::istream& in, std::ostream& out) {
  bool all_well = true;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const auto answered = answer(line, number);
    all_well = all_well && answered;
    out << (answered ? answered.value() : error_json(answered.error().message)) << '\n';
  }
  out.flush();
  return all_well && !in.bad() && out ? 0 : 1;
}

}  // namespace tidemark
