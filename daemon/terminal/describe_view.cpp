#include "daemon/terminal/describe_view.h"

#include <algorithm>
#include <cmath>

#include "daemon/ranges.h"
#include "daemon/terminal/look_of_status.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/text.h"
#include "daemon/terminal/wrap.h"

namespace tidemark::terminal {
namespace {

constexpr std::size_t label_width = 13;
constexpr std::string_view why_learning =
    "what is usual for this group is not known yet, or it was dead before it was first seen; on "
    "the first day nobody is woken for it";

std::string line(std::string_view label, const std::string& value, const Look& look,
                 Tone tone = Tone::plain) {
  return wrapped(toned(label, Tone::dim, look) + std::string(label_width - label.size(), ' '),
                 value, look, tone);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string kind_of(const GroupAnswer& group) {
  if (group.kind == "none") return "offsets without a group";
  const bool other = !group.protocol_type.empty() && group.protocol_type != "consumer";
  return group.kind + " group" + (other ? " (" + group.protocol_type + ")" : "");
}

std::string state_of(const GroupAnswer& group) {
  std::string out = group.state.empty() ? "-" : group.state;
  if (group.generation) out += ", generation " + grouped(*group.generation);
  return out;
}

// Partitions whose records wait behind a transaction that is still open.
std::string open_transactions(const GroupDetailAnswer& detail, const Look& look) {
  std::string out;
  for (const PartitionAnswer& at : detail.partitions) {
    if (!at.lso || !at.lso_since_ms || !at.log_end || *at.lso >= *at.log_end) continue;
    const auto since = static_cast<double>(detail.as_of_ms - *at.lso_since_ms) / 1000.0;
    out += line("Transaction",
                at.topic + "-" + std::to_string(at.partition) + " is readable up to " +
                    grouped(at.lso) + ": one is open since " + span(std::max(since, 0.0)),
                look, Tone::warning);
  }
  return out;
}

std::string header(const GroupDetailAnswer& detail, const Look& look) {
  const GroupAnswer& group = detail.group;
  const Cell status = status_cell(group, look);
  const auto since = static_cast<double>(detail.as_of_ms - group.status_since_ms) / 1000.0;
  std::string out;
  out += line("Cluster", group.cluster, look);
  out += line("Group", group.group.empty() ? "\"\"" : group.group, look, Tone::strong);
  out += line("Status", status.text + ", for " + span(std::max(since, 0.0)), look, status.tone);
  out += line("Reason", group.reason + ": " + group.explanation, look);
  if (group.learning) out += line("Learning", std::string{why_learning}, look);
  out += line("Kind", kind_of(group), look);
  out += line("State", state_of(group), look);
  out += line("Lag", grouped(group.lag), look);
  out += line("Time lag", span(group.time_lag), look);
  out += line("Lost", grouped(group.lost), look);
  out +=
      line("Last commit", group.last_commit_age ? span(group.last_commit_age) + " ago" : "-", look);
  out += line("Partitions",
              grouped(group.partition_count) + ", " +
                  std::to_string(std::llround(std::floor(group.complete * 100))) +
                  " % with a full window",
              look);
  out += line("Members", grouped(group.member_count), look);
  if (!group.conditions.empty()) {
    out += line("Conditions", joined(group.conditions), look, Tone::warning);
  }
  out += open_transactions(detail, look);
  if (group.rules != "tidemark") out += line("Rules", group.rules, look);
  return out;
}

// A command stands on a line of its own, whole, so that it can be copied.
std::string why(const GroupDetailAnswer& detail, const Look& look) {
  std::string out;
  for (const FindingAnswer& each : detail.findings) {
    out += wrapped("- ", each.sentence, look);
    if (!each.next_step.empty())
      out += "    " + toned(printable(each.next_step), Tone::strong, look) + "\n";
  }
  if (!detail.forecast.empty()) out += wrapped("- ", detail.forecast, look);
  return out.empty() ? "" : "\n" + toned("Why", Tone::dim, look) + "\n" + out;
}

std::string assigned_to(const MemberAnswer& member) {
  if (!member.assigned) return "unknown";
  std::string out;
  for (const auto& [topic, partitions] : *member.assigned) {
    if (partitions.empty()) continue;
    out += (out.empty() ? "" : "; ") + topic + " " + ranges(partitions);
  }
  return out.empty() ? "nothing" : out;
}

std::optional<std::int64_t> count_of(const MemberAnswer& member) {
  if (!member.assigned) return std::nullopt;
  std::size_t out = 0;
  for (const auto& [topic, partitions] : *member.assigned) out += partitions.size();
  return static_cast<std::int64_t>(out);
}

std::string members_table(const std::vector<MemberAnswer>& members, const Look& look) {
  const bool instances = std::any_of(members.begin(), members.end(),
                                     [](const auto& m) { return !m.instance_id.empty(); });
  Table table;
  table.columns = {{"CLIENT", false, 16}, {"HOST", false, 12}, {"MEMBER", false, 16}};
  if (instances) table.columns.push_back({"INSTANCE", false, 12});
  table.columns.push_back({"PARTITIONS", true});
  table.columns.push_back({"ASSIGNED", false, 16});
  for (const MemberAnswer& member : members) {
    std::vector<Cell> row{{member.client_id}, {member.client_host}, {member.member_id, Tone::dim}};
    if (instances) row.push_back({member.instance_id + (member.away ? " (away)" : "")});
    row.push_back({grouped(count_of(member))});
    row.push_back({assigned_to(member)});
    table.rows.push_back(std::move(row));
  }
  return render(table, look);
}

// One that is OK by itself may still be why its group is not.
Cell status_of(const PartitionAnswer& at, const Look& look) {
  Cell out = status_cell(at.status, at.stale, look);
  const bool warns = at.reason == "falling_behind" || at.reason == "data_loss";
  if (warns && !at.stale) out.tone = Tone::warning;
  return out;
}

// On a narrow terminal the reason is worth more than what can be reckoned from the rest.
std::string partitions_table(const std::vector<PartitionAnswer>& partitions, const Look& look) {
  constexpr std::size_t narrow = 100;
  const bool all = !look.width || *look.width >= narrow;
  Table table;
  table.columns = {{"TOPIC", false, all ? 12U : 8U},
                   {"PART", true},
                   {"STATUS"},
                   {"LAG", true},
                   {"TIME LAG", true},
                   {"COMMITTED", true}};
  if (all) table.columns.insert(table.columns.end(), {{"LOG END", true}, {"COMMIT AGE", true}});
  table.columns.insert(table.columns.end(),
                       {{"OWNER", false, 8}, {"REASON", false, all ? 16U : 8U}});
  for (const PartitionAnswer& at : partitions) {
    std::vector<Cell> row{{at.topic, Tone::strong}, {std::to_string(at.partition)},
                          status_of(at, look),      {grouped(at.lag)},
                          {span(at.time_lag)},      {grouped(at.committed_offset)}};
    if (all) row.insert(row.end(), {{grouped(at.log_end)}, {span(at.commit_age)}});
    row.push_back({at.owner.empty() ? "-" : at.owner});
    row.push_back({at.explanation});
    table.rows.push_back(std::move(row));
  }
  return render(table, look);
}

}  // namespace

std::string describe_text(const GroupDetailAnswer& detail, const Look& look) {
  std::string out = header(detail, look) + why(detail, look);
  if (!detail.members.empty()) out += "\n" + members_table(detail.members, look);
  if (!detail.partitions.empty()) out += "\n" + partitions_table(detail.partitions, look);
  return out;
}

}  // namespace tidemark::terminal
