// Tries every finding and leaves out what a stronger one explains.
#include <algorithm>
#include <array>

#include "evaluator/causes.h"

namespace tidemark {
namespace {

using namespace causes;

// In the order of FindingKind: strongest first.
constexpr std::array<Predicate, 14> predicates{
    monitor_blind, hanging_transaction, no_members,     member_lost,    one_member,
    one_host,      stuck_record,        one_broker,     whole_topic,    rebalance_loop,
    hot_partition, lopsided_assignment, producer_burst, consumer_slower};

bool has(const std::vector<Finding>& found, FindingKind kind) {
  return std::any_of(found.begin(), found.end(),
                     [&](const Finding& each) { return each.kind == kind; });
}

// With nobody there, who owns what and how fast things go is of no use, nor what others have.
bool stands_without_members(FindingKind kind) {
  return kind <= FindingKind::no_members || kind == FindingKind::rebalance_loop;
}

bool is_explained(const Finding& of, const std::vector<Finding>& found) {
  if (!stands_without_members(of.kind) && has(found, FindingKind::no_members)) return true;
  switch (of.kind) {
    case FindingKind::one_member:
    case FindingKind::one_host:
      return has(found, FindingKind::one_broker);  // other groups testify that it isn't them
    case FindingKind::consumer_slower:
      return has(found, FindingKind::member_lost);
    default:
      return false;
  }
}

}  // namespace

std::vector<Finding> find_causes(const GroupEvidence& evidence) {
  const Case of = make_case(evidence);
  std::vector<Finding> found;
  for (const Predicate predicate : predicates) {
    Findings made = predicate(of);
    std::move(made.begin(), made.end(), std::back_inserter(found));
  }
  std::vector<Finding> out;
  std::copy_if(found.begin(), found.end(), std::back_inserter(out),
               [&](const Finding& each) { return !is_explained(each, found); });
  return out;
}

}  // namespace tidemark
