#include "daemon/terminal/explain_view.h"

#include <algorithm>

#include "daemon/ranges.h"
#include "daemon/terminal/look_of_status.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/text.h"
#include "daemon/terminal/wrap.h"

namespace tidemark::terminal {
namespace {

constexpr std::size_t label_width = 13;

std::string line(std::string_view label, const std::string& value, const Look& look) {
  const std::string first =
      "  " + toned(label, Tone::dim, look) +
      std::string(label_width - 2 - std::min(label.size(), label_width - 3), ' ');
  return wrapped(first, value, look);
}

std::string since(std::optional<std::int64_t> at_ms, std::int64_t now_ms) {
  if (!at_ms) return "";
  return ", for " + span(static_cast<double>(std::max<std::int64_t>(now_ms - *at_ms, 0)) / 1000);
}

std::string header(const ExplainAnswer& answer, const Look& look) {
  const GroupAnswer& group = answer.group;
  const Cell status = status_cell(group, look);
  std::string out =
      printable(group.cluster) + "  " +
      toned(group.group.empty() ? "\"\"" : printable(group.group), Tone::strong, look) + "  " +
      toned(status.text, status.tone, look) + since(group.status_since_ms, answer.as_of_ms) + "\n";
  return out + wrapped("  ", group.reason + ": " + group.explanation, look);
}

std::string partitions_of(const std::map<std::string, std::vector<std::int64_t>>& topics) {
  std::string out;
  for (const auto& [topic, partitions] : topics) {
    out += (out.empty() ? "" : "; ") + topic + " " + ranges(partitions);
  }
  return out;
}

// What the group is made of, and what decides.
std::string roll_up(const ExplainAnswer& answer, const Look& look) {
  if (answer.decided_by.empty()) {
    return wrapped("",
                   "No partition with a commit counts, so the group's verdict is made of what is "
                   "known of the group alone.",
                   look);
  }
  std::string out = wrapped(
      "",
      "The worst partition decides, ERROR over WARNING over UNKNOWN over OK: " + answer.decided_by +
          ". The partitions are:",
      look);
  for (const auto& [verdict, topics] : answer.verdicts) {
    const auto& [status, reason] = verdict;
    const Cell cell = status_cell(status, false, look);
    out += wrapped("  " + toned(cell.text, cell.tone, look) + " " + reason + ": ",
                   partitions_of(topics), look);
  }
  return out;
}

std::string probe_text(const ExplainedPartition& of) {
  if (of.probe == "asked") return "under way: the first unread record is being read";
  if (of.probe == "record") return "found a record at the position";
  if (of.probe == "failed")
    return "tried without an answer: what waits may be control records only";
  if (of.probe == "end") return "found nothing readable up to " + grouped(of.probed_to);
  return "none was needed";
}

std::string waiting_text(const ExplainedPartition& of) {
  std::string out = grouped(of.at.lag);
  if (of.at.lag.value_or(0) == 0) return out;
  if (of.at.time_lag) out += ", the oldest for " + span(of.at.time_lag);
  if (of.unread_source == "log_ends") return out + ", as the log ends show";
  if (of.unread_source == "probe") return out + ", by its own timestamp";
  return out + ", since when is not known";
}

std::string log_text(const PartitionAnswer& at, std::int64_t now_ms) {
  std::string out = "start " + grouped(at.log_start) + ", end " + grouped(at.log_end);
  if (at.lso && at.lso != at.log_end) {
    out += ", readable up to " + grouped(at.lso) + " (an open transaction holds the rest back" +
           since(at.lso_since_ms, now_ms) + ")";
  }
  return out;
}

std::string facts(const ExplainedPartition& of, std::int64_t now_ms, const Look& look) {
  const PartitionAnswer& at = of.at;
  std::string out;
  out += line("Committed",
              grouped(at.committed_offset) + ", where it stands" +
                  since(of.standing_since_ms, now_ms).replace(0, 1, "") + "; last commit " +
                  span(at.commit_age) + " ago",
              look);
  if (of.position && of.position != at.committed_offset) {
    out += line("Position", grouped(of.position) + ", as far as a probe found nothing", look);
  }
  out += line("Log", log_text(at, now_ms), look);
  out += line("Lag", waiting_text(of), look);
  if (at.lost > 0) out += line("Lost", grouped(at.lost), look);
  out += line("Patience", span(of.patience), look);
  out += line("Window", grouped(of.samples) + " of " + grouped(of.intervals) + " commits", look);
  out += line("Probe", probe_text(of), look);
  return out;
}

std::size_t longest_name(const std::vector<RuleAnswer>& rules) {
  std::size_t out = 0;
  for (const RuleAnswer& rule : rules) out = std::max(out, width_of(rule.rule));
  return out;
}

// One rule a line, the deciding one marked; those behind it did not count any more.
std::string rules_text(const ExplainedPartition& of, const Look& look) {
  const std::size_t names = longest_name(of.rules);
  const Tone status = status_cell(of.at.status, of.at.stale, look).tone;
  bool decided = false;
  std::string out;
  for (const RuleAnswer& rule : of.rules) {
    const std::string held =
        look.shapes ? (rule.held ? "✓ true " : "✗ false") : (rule.held ? "true " : "false");
    const std::string head = (rule.decided ? "> " : "  ") +
                             padded(std::to_string(rule.number), 2, true) + "  " +
                             padded(rule.rule, names, false) + "  " + held + "  ";
    const Tone tone = rule.decided ? status : decided ? Tone::dim : Tone::plain;
    out += wrapped(toned(head, tone, look), rule.numbers, look, tone);
    decided = decided || rule.decided;
  }
  return out;
}

std::string partition_text(const ExplainedPartition& of, const ExplainAnswer& answer,
                           const Look& look) {
  const PartitionAnswer& at = of.at;
  const Cell status = status_cell(at.status, at.stale, look);
  std::string out =
      toned(printable(at.topic) + "-" + std::to_string(at.partition), Tone::strong, look) + "  " +
      toned(status.text, status.tone, look) + "\n";
  out += wrapped("  ", at.reason + ": " + at.explanation, look);
  out += facts(of, answer.as_of_ms, look);
  if (of.rules.empty()) return out;
  out +=
      "\n" +
      wrapped("", "The rules (" + answer.group.rules + "), the first that is true decides:", look);
  return out + rules_text(of, look);
}

}  // namespace

std::string explain_text(const ExplainAnswer& answer, const Look& look) {
  std::string out = header(answer, look) + "\n" + roll_up(answer, look);
  for (const ExplainedPartition& each : answer.partitions) {
    out += "\n" + partition_text(each, answer, look);
  }
  if (!answer.problem.empty()) {
    out +=
        "\n" + wrapped("", "The rules could not be tried: " + answer.problem, look, Tone::warning);
  }
  return out;
}

}  // namespace tidemark::terminal
