// Who owns what is late: one member, one host, or the wrong ones.
#include <algorithm>
#include <set>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/commands.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

// The owners of all late partitions; empty if that of one is not known.
std::set<std::size_t> late_owners(const Case& of) {
  std::set<std::size_t> out;
  for (const Located& each : of.late) {
    const auto owner = owner_of(of.evidence, *each.partition);
    if (!owner) return {};
    out.insert(*owner);
  }
  return out;
}

// Something about the late partitions themselves explains all of them.
bool explained_by_partitions(const Case& of) {
  return std::all_of(of.late.begin(), of.late.end(),
                     [&](const Located& each) { return is_hot(of, each) || is_stuck(of, each); });
}

// Owning members of those that `is_other` names, and how many of them keep up.
struct Others {
  int owning = 0;
  int well = 0;
};
template <class IsOther>
Others count_others(const Case& of, IsOther is_other) {
  Others out;
  for (std::size_t i = 0; i < of.loads.size(); ++i) {
    if (!of.evidence.members[i].live || of.loads[i].owned == 0 || !is_other(i)) continue;
    ++out.owning;
    if (of.loads[i].keeps_up()) ++out.well;
  }
  return out;
}

// "the 4 other members keep up", "3 of the 4 other members keep up".
std::string keep_up(const Others& others, std::string_view which, std::string_view where) {
  const bool all = others.well == others.owning;
  std::string out = all ? "the " : words::number(others.well) + " of the ";
  if (others.owning > 1) out += words::number(others.owning) + " ";
  out += std::string(which) + "member" + (others.owning > 1 ? "s" : "") + std::string(where);
  return out + (others.well == 1 ? " keeps up" : " keep up");
}

std::string all_late(const Case& of) {
  if (of.late.size() == 1) return "The only late partition belongs to ";
  return "All " + words::number(static_cast<std::int64_t>(of.late.size())) +
         " late partitions belong to ";
}

// Who owns how much, over all live members.
struct Spread {
  int members = 0;
  int owning = 0;
  int partitions = 0;
  std::optional<std::size_t> most;
  std::optional<std::size_t> least;  // of those that own any
};

Spread spread_of(const Case& of) {
  Spread out;
  for (std::size_t i = 0; i < of.loads.size(); ++i) {
    if (!of.evidence.members[i].live) continue;
    ++out.members;
    const int owned = of.loads[i].owned;
    if (owned == 0) continue;
    ++out.owning;
    out.partitions += owned;
    if (!out.most || owned > of.loads[*out.most].owned) out.most = i;
    if (!out.least || owned < of.loads[*out.least].owned) out.least = i;
  }
  return out;
}

bool loaded_ones_are_late(const Case& of, const Spread& spread) {
  const std::set<std::size_t> owners = late_owners(of);
  return !owners.empty() && std::all_of(owners.begin(), owners.end(), [&](std::size_t owner) {
    return of.loads[owner].owned * spread.owning > spread.partitions;
  });
}

// By more than what an assignor leaves over when the numbers don't divide.
bool is_uneven(const Case& of, const Spread& spread) {
  if (!spread.most) return false;
  const int most = of.loads[*spread.most].owned;
  const int least = of.loads[*spread.least].owned;
  return most - least >= 2 && most >= unchanged_within * least;
}

std::string owns(const Case& of, std::size_t member, bool with_noun) {
  const int owned = of.loads[member].owned;
  return label(of.evidence, member) + " owns " +
         (with_noun ? words::count(owned, "partition") : words::number(owned));
}

std::string lopsided_sentence(const Case& of, const Spread& spread, bool uneven) {
  const int idle = spread.members - spread.owning;
  std::string out;
  if (uneven) out = owns(of, *spread.most, true) + ", " + owns(of, *spread.least, false);
  if (uneven && idle > 0) out += "; ";
  if (idle > 0) out += words::count(idle, "member") + (idle == 1 ? " owns none" : " own none");
  return out + " (" + words::count(spread.partitions, "partition") + ", " +
         words::count(spread.members, "member") + ").";
}

}  // namespace

Findings one_member(const Case& of) {
  const std::set<std::size_t> owners = late_owners(of);
  if (owners.size() != 1 || explained_by_partitions(of)) return {};
  const std::size_t member = *owners.begin();
  const Load& load = of.loads[member];
  // One late partition beside others that are not is a matter of the partition.
  if (load.late == 1 && load.owned > 1) return {};
  const Others others = count_others(of, [&](std::size_t i) { return i != member; });
  if (others.well == 0) return {};
  Finding out;
  out.kind = FindingKind::one_member;
  out.sentence = all_late(of) + label_with_host(of.evidence, member) + "; " +
                 keep_up(others, "other ", "") + ".";
  out.next_step = commands::show_members(of.evidence);
  out.numbers = {{"member", of.evidence.members[member].name},
                 {"host", of.evidence.members[member].host},
                 {"late_partitions", std::int64_t{load.late}},
                 {"owned_partitions", std::int64_t{load.owned}},
                 {"other_members_well", std::int64_t{others.well}}};
  return {out};
}

Findings one_host(const Case& of) {
  const std::set<std::size_t> owners = late_owners(of);
  if (owners.size() < 2 || explained_by_partitions(of)) return {};
  const auto& members = of.evidence.members;
  const std::string& host = members[*owners.begin()].host;
  const bool same = std::all_of(owners.begin(), owners.end(),
                                [&](std::size_t i) { return members[i].host == host; });
  if (host.empty() || !same) return {};
  const Others others = count_others(
      of, [&](std::size_t i) { return !members[i].host.empty() && members[i].host != host; });
  if (others.well == 0) return {};
  Finding out;
  out.kind = FindingKind::one_host;
  out.sentence = all_late(of) + words::number(static_cast<std::int64_t>(owners.size())) +
                 " members at " + words::name(host) + "; " + keep_up(others, "", " elsewhere") +
                 ".";
  out.next_step = commands::show_members(of.evidence);
  out.numbers = {{"host", host},
                 {"late_partitions", static_cast<std::int64_t>(of.late.size())},
                 {"members", static_cast<std::int64_t>(owners.size())},
                 {"members_elsewhere_well", std::int64_t{others.well}}};
  return {out};
}

Findings lopsided_assignment(const Case& of) {
  if (!of.loads_known || of.late.empty()) return {};
  const Spread spread = spread_of(of);
  const bool uneven = is_uneven(of, spread) && loaded_ones_are_late(of, spread);
  const int idle = spread.members - spread.owning;
  if (spread.owning == 0 || (!uneven && idle == 0)) return {};
  Finding out;
  out.kind = FindingKind::lopsided_assignment;
  out.sentence = lopsided_sentence(of, spread, uneven);
  out.next_step = commands::show_members(of.evidence);
  out.numbers = {{"most", std::int64_t{of.loads[*spread.most].owned}},
                 {"least", std::int64_t{of.loads[*spread.least].owned}},
                 {"idle_members", std::int64_t{idle}},
                 {"partitions", std::int64_t{spread.partitions}},
                 {"members", std::int64_t{spread.members}}};
  return {out};
}

}  // namespace tidemark::causes
