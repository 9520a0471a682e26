// Members that are gone, and members that come and go.
#include <algorithm>
#include <map>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/commands.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

bool anything_committed_after(const GroupEvidence& evidence, Instant at) {
  for (const TopicEvidence& topic : evidence.topics) {
    for (const PartitionEvidence& each : topic.partitions) {
      if (elapsed(each.committed_at, at) > clock_slack) return true;
    }
  }
  return false;
}

// The member that left and took the commits of this partition with it; null: none did.
std::optional<std::size_t> lost_by(const GroupEvidence& evidence, const PartitionEvidence& of) {
  if (!of.last_owner || *of.last_owner >= evidence.members.size()) return std::nullopt;
  const MemberEvidence& member = evidence.members[*of.last_owner];
  const bool unowned_known = of.owner || evidence.assignments_known;
  if (member.live || !member.left_at || !unowned_known) return std::nullopt;
  return ceased_at(of, *member.left_at, evidence.now) ? of.last_owner : std::nullopt;
}

Finding lost(const GroupEvidence& evidence, std::size_t member, int partitions) {
  const MemberEvidence& who = evidence.members[member];
  Finding out;
  out.kind = FindingKind::member_lost;
  out.sentence = words::count(partitions, "partition") + (partitions == 1 ? " has" : " have") +
                 " not been committed since " + label_with_host(evidence, member) + " left at " +
                 words::clock(*who.left_at, evidence.now) + ".";
  out.next_step = commands::show_members(evidence);
  out.numbers = {{"partitions", std::int64_t{partitions}},
                 {"member", who.name},
                 {"host", who.host},
                 {"left_at", *who.left_at}};
  return out;
}

// How often members of one name came and went.
struct Traffic {
  int joined = 0;
  int left = 0;
  [[nodiscard]] int rounds() const { return std::min(joined, left); }
};
using TrafficByName = std::map<std::string, Traffic>;

TrafficByName traffic_of(const GroupEvidence& evidence) {
  TrafficByName out;
  for (const MemberEvidence& member : evidence.members) {
    if (member.joined <= 0 && member.left <= 0) continue;
    Traffic& of = out[member.name.empty() ? member.member_id : member.name];
    // Every member of a name tells the number of all of them.
    of.joined = std::max(of.joined, member.joined);
    of.left = std::max(of.left, member.left);
  }
  return out;
}

std::string times(int count) {
  if (count == 1) return "once";
  return count == 2 ? "twice" : words::count(count, "time");
}

// "payments-2 and 3 others joined", of those that did; empty: nobody did.
std::string who_did(const TrafficByName& traffic, int Traffic::*what, const char* verb) {
  const auto did = [&](const auto& each) { return each.second.*what > 0; };
  const auto first = std::find_if(traffic.begin(), traffic.end(), did);
  if (first == traffic.end()) return "";
  const auto others = std::count_if(traffic.begin(), traffic.end(), did) - 1;
  std::string out = words::name(first->first);
  if (others > 0) out += " and " + words::count(others, "other");
  return out + " " + verb;
}

std::string who_came_and_went(const TrafficByName& traffic) {
  const auto busiest = std::max_element(
      traffic.begin(), traffic.end(),
      [](const auto& a, const auto& b) { return a.second.rounds() < b.second.rounds(); });
  const int rounds = busiest->second.rounds();
  if (rounds == 0) {
    const std::string joined = who_did(traffic, &Traffic::joined, "joined");
    const std::string left = who_did(traffic, &Traffic::left, "left");
    return joined + (joined.empty() || left.empty() ? "" : ", ") + left;
  }
  const auto others = std::count_if(traffic.begin(), traffic.end(),
                                    [](const auto& each) { return each.second.rounds() > 0; }) -
                      1;
  std::string out = words::name(busiest->first) + " joined and left " + times(rounds);
  if (others > 0) out += ", and so did " + words::count(others, "other");
  return out + (rounds > 1 ? ": look at max.poll.interval.ms" : "");
}

}  // namespace

Findings no_members(const Case& of) {
  const GroupEvidence& evidence = of.evidence;
  const std::optional<Instant>& since = evidence.empty_since;
  if (evidence.has_members != false || !since || anything_committed_after(evidence, *since) ||
      std::none_of(of.bad.begin(), of.bad.end(), [&](const Located& each) {
        return ceased_at(*each.partition, *since, evidence.now);
      })) {
    return {};
  }
  Finding out;
  out.kind = FindingKind::no_members;
  out.sentence = "The group has had no members " + since_clock(evidence, *since);
  out.numbers = {{"since", *since}};
  if (evidence.last_left && *evidence.last_left < evidence.members.size()) {
    const MemberEvidence& last = evidence.members[*evidence.last_left];
    out.sentence += "; its last one was " + label_with_host(evidence, *evidence.last_left);
    out.numbers.emplace_back("member", last.name);
    out.numbers.emplace_back("host", last.host);
  }
  out.sentence += ".";
  out.next_step = commands::show_group_state(evidence);
  return {out};
}

Findings member_lost(const Case& of) {
  std::map<std::size_t, int> by_member;
  for (const Located& each : of.late) {
    if (const auto member = lost_by(of.evidence, *each.partition)) ++by_member[*member];
  }
  std::vector<std::pair<std::size_t, int>> most_first(by_member.begin(), by_member.end());
  std::stable_sort(most_first.begin(), most_first.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  Findings out;
  for (const auto& [member, partitions] : most_first) {
    if (out.size() == most_of_a_kind) break;
    out.push_back(lost(of.evidence, member, partitions));
  }
  return out;
}

Findings rebalance_loop(const Case& of) {
  const GroupEvidence& evidence = of.evidence;
  const bool unseen = evidence.reason == Reason::monitor_stale && of.bad.empty();
  const TrafficByName traffic = traffic_of(evidence);
  if (evidence.generations < generations_of_a_loop || traffic.empty() || unseen) return {};
  Finding out;
  out.kind = FindingKind::rebalance_loop;
  out.sentence = words::count(evidence.generations, "rebalance") + " in " +
                 words::rough(evidence.window) + "; " + who_came_and_went(traffic) + ".";
  out.next_step = commands::show_members(evidence);
  out.numbers = {{"generations", std::int64_t{evidence.generations}},
                 {"window_seconds", to_seconds(evidence.window)},
                 {"members", static_cast<std::int64_t>(traffic.size())}};
  return {out};
}

}  // namespace tidemark::causes
