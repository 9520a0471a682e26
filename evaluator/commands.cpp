#include "evaluator/commands.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"

namespace tidemark::commands {
namespace {

bool needs_no_quotes(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view{"._-/:@%+,"}.find(c) != std::string_view::npos;
}

// A character that is not shown as itself: control characters, broken UTF-8, what turns text
// around.
bool is_shown(std::string_view text, std::size_t& bytes) {
  const auto found = first_utf8(text);
  bytes = found ? found->bytes : 1;
  if (!found) return false;
  const char32_t code = found->code;
  return code >= 0x20 && !(code >= 0x7F && code < 0xA0) && !(code >= 0x200E && code <= 0x200F) &&
         !(code >= 0x2028 && code <= 0x202E) && !(code >= 0x2066 && code <= 0x2069);
}

bool all_shown(std::string_view text) {
  std::size_t bytes = 0;
  for (; !text.empty(); text.remove_prefix(bytes)) {
    if (!is_shown(text, bytes)) return false;
  }
  return true;
}

std::string escaped(std::string_view text) {
  std::string out = "$'";
  std::size_t bytes = 0;
  for (; !text.empty(); text.remove_prefix(bytes)) {
    if (is_shown(text, bytes)) {
      if (text[0] == '\'' || text[0] == '\\') out += '\\';
      out += text.substr(0, bytes);
    } else {
      for (const char c : text.substr(0, bytes)) {
        out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
      }
    }
  }
  return out + "'";
}

// A name that begins with '-' would be read as an option.
std::string option(std::string_view flag, std::string_view value) {
  const bool dashed = !value.empty() && value.front() == '-';
  return fmt::format(" {}{}{}", flag, dashed ? "=" : " ", quoted(value));
}

std::string kafka(const GroupEvidence& of, std::string_view tool, const std::string& rest) {
  if (of.bootstrap.empty()) return "";
  return fmt::format("{}{}{}", tool, option("--bootstrap-server", of.bootstrap), rest);
}

std::string kcat(const GroupEvidence& of, const TopicName& topic, PartitionId partition,
                 const std::string& rest) {
  if (of.bootstrap.empty()) return "";
  return fmt::format("kcat -b {} -t {} -p {}{}", quoted(of.bootstrap), quoted(topic.get()),
                     partition.get(), rest);
}

}  // namespace

std::string quoted(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), needs_no_quotes)) {
    return std::string(word);
  }
  if (!all_shown(word)) return escaped(word);
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string show_record(const GroupEvidence& of, const TopicName& topic, PartitionId partition,
                        Offset offset) {
  return kcat(of, topic, partition, fmt::format(" -o {} -c 1", offset.get()));
}

std::string count_keys(const GroupEvidence& of, const TopicName& topic, PartitionId partition) {
  const std::string read =
      kcat(of, topic, partition, " -C -o -1000 -e -q -f '%k\\n' | sort | uniq -c | sort -rn");
  return read.empty() ? read : read + " | head";
}

std::string show_group_state(const GroupEvidence& of) {
  return kafka(of, "kafka-consumer-groups.sh", " --describe --state" + option("--group", of.group));
}

std::string show_members(const GroupEvidence& of) {
  return kafka(of, "kafka-consumer-groups.sh",
               " --describe --members --verbose" + option("--group", of.group));
}

std::string show_topic(const GroupEvidence& of, const TopicName& topic) {
  return kafka(of, "kafka-topics.sh", " --describe" + option("--topic", topic.get()));
}

std::string show_under_replicated(const GroupEvidence& of) {
  return kafka(of, "kafka-topics.sh", " --describe --under-replicated-partitions");
}

std::string show_producers(const GroupEvidence& of, const TopicName& topic, PartitionId partition) {
  return kafka(of, "kafka-transactions.sh",
               " describe-producers" + option("--topic", topic.get()) +
                   fmt::format(" --partition {}", partition.get()));
}

std::string find_hanging(const GroupEvidence& of, const TopicName& topic, std::int32_t broker) {
  const std::string where =
      broker >= 0 ? fmt::format(" --broker-id {}", broker) : option("--topic", topic.get());
  return kafka(of, "kafka-transactions.sh", " find-hanging" + where);
}

}  // namespace tidemark::commands
