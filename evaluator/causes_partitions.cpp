// What is the matter with single partitions.
#include <algorithm>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/commands.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

std::string partition_of(const Located& where) {
  return "Partition " + std::to_string(where.partition->partition.get()) + " of " +
         words::name(where.topic->topic.get());
}

Finding stuck(const GroupEvidence& evidence, const Located& where) {
  const PartitionEvidence& p = *where.partition;
  Finding out;
  out.kind = FindingKind::stuck_record;
  out.sentence = partition_of(where) + " stands at offset " + words::number(p.committed_offset) +
                 " for " + words::span(elapsed(evidence.now, p.standing_since)) + " while " +
                 label(evidence, *p.owner) + " goes on elsewhere: look at that record.";
  out.next_step =
      commands::show_record(evidence, where.topic->topic, p.partition, p.committed_offset);
  out.numbers = {{"topic", where.topic->topic.get()},
                 {"partition", std::int64_t{p.partition.get()}},
                 {"offset", p.committed_offset.get()},
                 {"since", p.standing_since},
                 {"member", evidence.members[*p.owner].name}};
  return out;
}

Finding hot(const GroupEvidence& evidence, const Located& where) {
  const double rate = rate_of(where);
  const double part = rate / where.pace->all;
  const double median = where.pace->median / where.pace->all;
  Finding out;
  out.kind = FindingKind::hot_partition;
  out.sentence = partition_of(where) + " gets " + words::share(part) +
                 " of the topic's records (median " + words::share(median) + "): keys are skewed.";
  out.next_step = commands::count_keys(evidence, where.topic->topic, where.partition->partition);
  out.numbers = {{"topic", where.topic->topic.get()},
                 {"partition", std::int64_t{where.partition->partition.get()}},
                 {"share", part},
                 {"median_share", median},
                 {"per_second", rate}};
  return out;
}

// The late partitions of one topic; none if one of them is not hot, or none beside them is well.
Locations hot_ones(const Case& of, const TopicEvidence& topic) {
  const auto here = [&](const Located& each) { return each.topic == &topic; };
  Locations out;
  std::copy_if(of.late.begin(), of.late.end(), std::back_inserter(out), here);
  const bool all_hot =
      std::all_of(out.begin(), out.end(), [&](const Located& each) { return is_hot(of, each); });
  const bool others_well = std::any_of(of.well.begin(), of.well.end(), here);
  return all_hot && others_well ? out : Locations{};
}

}  // namespace

Findings stuck_record(const Case& of) {
  Locations found;
  std::copy_if(of.late.begin(), of.late.end(), std::back_inserter(found),
               [&](const Located& each) { return is_stuck(of, each); });
  std::stable_sort(found.begin(), found.end(), [](const Located& a, const Located& b) {
    return a.partition->standing_since < b.partition->standing_since;
  });
  found.resize(std::min(found.size(), most_of_a_kind));
  Findings out;
  for (const Located& each : found) out.push_back(stuck(of.evidence, each));
  return out;
}

Findings hot_partition(const Case& of) {
  Locations found;
  for (const TopicEvidence& topic : of.evidence.topics) {
    const Locations here = hot_ones(of, topic);
    found.insert(found.end(), here.begin(), here.end());
  }
  std::stable_sort(found.begin(), found.end(), [](const Located& a, const Located& b) {
    return rate_of(a) / a.pace->all > rate_of(b) / b.pace->all;
  });
  found.resize(std::min(found.size(), most_of_a_kind));
  Findings out;
  for (const Located& each : found) out.push_back(hot(of.evidence, each));
  return out;
}

}  // namespace tidemark::causes
