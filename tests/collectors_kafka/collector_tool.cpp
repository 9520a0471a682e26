// Runs one ClusterCollector against a cluster and prints every observation as a JSON line: for
// integration tests, and for looking at what a collector sees.
//
//   collector_tool --bootstrap HOST:PORT [-X key=value]… [--seconds N] [--refresh MS]
//                  [--metadata MS] [--debug]
//
// On standard input, a line "refresh" asks for a refresh soon, "probe TOPIC PARTITION OFFSET" for a
// probe, "stop" (or the end of input with
// --until-eof) ends it. The last line tells counters and how long the stop took.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <variant>

#include "collectors/cluster_collector.h"
#include "core/log.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;

struct Options {
  CollectorSettings settings;
  std::chrono::milliseconds span{10'000};
  bool until_eof = false;
};

Json optional(const std::optional<Offset>& offset) {
  return offset ? Json(offset->get()) : Json(nullptr);
}

Json positions(const std::vector<OffsetsPosition>& list) {
  Json out = Json::object();
  for (const OffsetsPosition& at : list) out[std::to_string(at.partition)] = at.next.get();
  return out;
}

Json json_of(const OffsetsBatch& batch) {
  Json commits = Json::array();
  for (const CommitSeen& commit : batch.commits) {
    commits.push_back({{"group", commit.group},
                       {"topic", commit.topic},
                       {"partition", commit.partition.get()},
                       {"tombstone", commit.tombstone},
                       {"offset", commit.offset.get()},
                       {"time", to_ms(commit.committed_at)},
                       {"offsets_partition", commit.offsets_partition}});
  }
  Json groups = Json::array();
  for (const auto& record : batch.group_records) {
    groups.push_back({{"before", record.before_commit}, {"kind", record.record.index()}});
  }
  return {{"type", "batch"},
          {"records", batch.records},
          {"commits", commits},
          {"group_records", groups},
          {"at", to_ms(batch.received_at)},
          {"positions", positions(batch.positions)}};
}

Json json_of(const LogEndsSeen& seen) {
  Json topics = Json::object();
  for (const TopicOffsets& topic : seen.topics) {
    for (const PartitionOffsets& each : topic.partitions) {
      topics[topic.topic.get()][std::to_string(each.partition.get())] = {
          {"start", optional(each.start)},
          {"end", optional(each.end)},
          {"lso", optional(each.lso)},
          {"leader", each.leader}};
    }
  }
  Json stable = Json::object();
  for (const OffsetsTopicEnd& each : seen.offsets_topic) {
    stable[std::to_string(each.partition)] = each.lso.get();
  }
  return {{"type", "log_ends"},
          {"at", to_ms(seen.taken_at)},
          {"topics", topics},
          {"offsets_topic_lso", stable}};
}

Json json_of(const TopicsSeen& seen) {
  Json topics = Json::object();
  for (const TopicSeen& topic : seen.topics) topics[topic.topic.get()] = topic.partitions;
  return {{"type", "topics"},
          {"cluster_id", seen.cluster_id},
          {"brokers", seen.brokers},
          {"offsets_topic_partitions", seen.offsets_topic_partitions},
          {"topics", topics}};
}

Json json_of(const TopicSettingsSeen& seen) {
  Json topics = Json::object();
  for (const auto& [name, settings] : seen.topics) {
    topics[name.get()] = {
        {"retention_ms", settings.retention ? Json(settings.retention->count()) : Json(nullptr)},
        {"retention_bytes",
         settings.retention_bytes ? Json(*settings.retention_bytes) : Json(nullptr)},
        {"deletes", settings.deletes},
        {"compacts", settings.compacts},
        {"log_append_time", settings.log_append_time}};
  }
  return {{"type", "topic_settings"}, {"topics", topics}};
}

std::string word(LinkState state) {
  switch (state) {
    case LinkState::connecting:
      return "connecting";
    case LinkState::connected:
      return "connected";
    case LinkState::unreachable:
      return "unreachable";
    case LinkState::authentication_failed:
      return "authentication_failed";
    case LinkState::not_authorized:
      return "not_authorized";
    case LinkState::waiting_for_topic:
      return "waiting_for_topic";
  }
  return "?";
}

Json json_of(const LinkSeen& seen) {
  return {{"type", "link"},
          {"state", word(seen.state)},
          {"problem", seen.problem},
          {"resource", seen.resource},
          {"right", seen.right}};
}

Json json_of(const CatchUpGoal& goal) {
  return {{"type", "goal"}, {"begin", positions(goal.begin)}, {"until", positions(goal.until)}};
}

std::string word(ProbeSeen::Outcome outcome) {
  switch (outcome) {
    case ProbeSeen::Outcome::record:
      return "record";
    case ProbeSeen::Outcome::end:
      return "end";
    case ProbeSeen::Outcome::failed:
      return "failed";
    case ProbeSeen::Outcome::not_authorized:
      return "not_authorized";
  }
  return "?";
}

Json json_of(const ProbeSeen& seen) {
  return {{"type", "probe"},
          {"topic", seen.question.topic.get()},
          {"partition", seen.question.partition.get()},
          {"from", seen.question.from.get()},
          {"outcome", word(seen.outcome)},
          {"empty_to", seen.empty_to.get()},
          {"record_time", seen.record_time ? Json(to_ms(*seen.record_time)) : Json(nullptr)},
          {"log_append_time", seen.log_append_time},
          {"below_log_start", seen.below_log_start},
          {"problem", seen.problem}};
}

Json json_of(const ShareStateBatch& seen) {
  Json states = Json::array();
  for (const ShareStateSeen& each : seen.records) {
    states.push_back({{"group", each.group.get()},
                      {"topic_id", to_string(each.topic_id)},
                      {"partition", each.partition.get()},
                      {"tombstone", each.tombstone},
                      {"start", optional(each.start)}});
  }
  return {{"type", "share_state"},
          {"states", states},
          {"positions", positions(seen.positions)},
          {"problem", seen.problem}};
}

void print(const Json& line) {
  std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

[[noreturn]] void usage(const std::string& problem) {
  std::cerr << "collector_tool: " << problem << "\n";
  std::exit(2);
}

Options parse(int count, char** words) {
  Options out;
  out.settings.cluster = ClusterName{"tool"};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto value = [&]() -> std::string {
      if (++i >= count) usage(word + " what?");
      return words[i];
    };
    if (word == "--bootstrap") {
      out.settings.bootstrap = value();
    } else if (word == "-X") {
      const std::string pair = value();
      out.settings.kafka[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
    } else if (word == "--seconds") {
      out.span = std::chrono::seconds{std::stoi(value())};
    } else if (word == "--refresh") {
      out.settings.refresh = Duration{std::stoi(value())};
    } else if (word == "--metadata") {
      out.settings.metadata_refresh = Duration{std::stoi(value())};
    } else if (word == "--until-eof") {
      out.until_eof = true;
    } else if (word == "--debug") {
      (void)log::configure({.level = log::Level::debug, .file = {}});
    } else {
      usage("unknown word " + word);
    }
  }
  return out;
}

// A line of standard input, if one is there; "eof" at its end.
std::string command() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (poll(&input, 1, 0) <= 0) return {};
  std::string line;
  return std::getline(std::cin, line) ? line : "eof";
}

// "probe TOPIC PARTITION OFFSET"
void ask_probe(ClusterCollector& collector, const std::string& said) {
  std::istringstream words(said.substr(6));
  std::string topic;
  std::int32_t partition = 0;
  std::int64_t from = 0;
  if (!(words >> topic >> partition >> from)) usage("probe TOPIC PARTITION OFFSET");
  const bool taken = collector.probe({TopicName{topic}, PartitionId{partition}, Offset{from}});
  if (!taken) print({{"type", "probe_refused"}});
}

int run(const Options& options) {
  const SystemClock clock;
  Channel<Observation> inlet("inlet", {200'000, 32'000'000});
  auto collector = std::make_unique<ClusterCollector>(options.settings, inlet, clock);
  const auto end = clock.steady() + options.span;
  while (clock.steady() < end) {
    for (const Observation& seen : inlet.take(std::chrono::milliseconds{50})) {
      print(std::visit([](const auto& each) { return json_of(each); }, seen));
    }
    const std::string said = command();
    if (said == "refresh") collector->refresh_soon();
    if (said.starts_with("probe ")) ask_probe(*collector, said);
    if (said == "stop" || (said == "eof" && options.until_eof)) break;
  }
  const CollectorCounters counters = collector->counters();
  const auto asked = clock.steady();
  collector.reset();
  print({{"type", "end"},
         {"stop_ms", std::chrono::duration_cast<Duration>(clock.steady() - asked).count()},
         {"records", counters.records_read},
         {"decode_errors", counters.decode_errors},
         {"skipped_records", counters.skipped_records},
         {"errors", counters.errors}});
  return 0;
}

}  // namespace
}  // namespace tidemark

int main(int count, char** words) { return tidemark::run(tidemark::parse(count, words)); }
