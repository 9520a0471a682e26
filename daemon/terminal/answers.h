// What the daemon's REST API answers, as far as a terminal shows it. Null is unknown.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace tidemark::terminal {

struct GroupAnswer {
  std::string cluster;
  std::string group;
  std::string status;  // "OK", "WARNING", "ERROR", "UNKNOWN"
  std::string reason;
  std::string explanation;
  bool stale = false;
  bool learning = false;  // rests on too little to wake anybody
  std::vector<std::string> conditions;
  std::optional<std::int64_t> lag;
  std::optional<double> time_lag;  // seconds
  std::int64_t lost = 0;
  double complete = 0;  // 0 to 1
  std::int64_t status_since_ms = 0;
  std::optional<double> last_commit_age;  // seconds
  std::int64_t partition_count = 0;
  std::int64_t member_count = 0;
  std::string kind;
  std::string state;  // empty where there is none
  std::optional<std::int64_t> generation;
  std::string rules;
  std::string protocol_type;
};

// Why a group is in trouble.
struct FindingAnswer {
  std::string finding;
  std::string sentence;
  std::string next_step;  // a command; empty: none
};

struct GroupsAnswer {
  std::vector<GroupAnswer> groups;
  std::int64_t total = 0;  // that match, `groups` may be the first of them only
  std::int64_t as_of_ms = 0;
};

struct MemberAnswer {
  std::string member_id;
  std::string instance_id;
  std::string client_id;
  std::string client_host;
  std::optional<std::map<std::string, std::vector<std::int64_t>>> assigned;  // by topic
  bool away = false;
};

struct PartitionAnswer {
  std::string topic;
  std::int64_t partition = 0;
  std::string status;
  std::string reason;
  std::string explanation;
  bool stale = false;
  std::optional<std::int64_t> committed_offset;
  std::optional<double> commit_age;  // seconds
  std::optional<std::int64_t> log_end;
  std::optional<std::int64_t> log_start;
  std::optional<std::int64_t> lso;           // last stable offset
  std::optional<std::int64_t> lso_since_ms;  // an open transaction holds it back since
  std::int64_t lost = 0;
  bool unprobed = false;
  std::optional<std::int64_t> lag;
  std::optional<double> time_lag;  // seconds
  std::string owner;               // "client@host"; empty: none, or unknown
};

struct GroupDetailAnswer {
  GroupAnswer group;
  std::vector<MemberAnswer> members;
  std::vector<PartitionAnswer> partitions;
  std::vector<FindingAnswer> findings;  // strongest first
  std::string forecast;                 // one sentence, or none
  std::int64_t as_of_ms = 0;
};

struct RuleAnswer {
  std::int64_t number = 0;
  std::string rule;
  bool held = false;
  bool decided = false;
  std::string numbers;
};

// A partition, and the rules as they were tried on it.
struct ExplainedPartition {
  PartitionAnswer at;
  std::optional<std::int64_t> position;
  std::optional<double> patience;  // seconds
  std::int64_t samples = 0;        // of
  std::int64_t intervals = 0;
  std::string probe;  // "none", "asked", "record", "end", "failed"
  std::optional<std::int64_t> probed_to;
  std::string unread_source;  // "log_ends", "probe", "first_seen", "unknown"
  std::optional<std::int64_t> standing_since_ms;
  std::vector<RuleAnswer> rules;
};

struct ExplainAnswer {
  GroupAnswer group;
  std::string decided_by;  // "orders-2"; empty: no partition counts
  // How many partitions have which status for which reason.
  std::map<std::pair<std::string, std::string>, std::map<std::string, std::vector<std::int64_t>>>
      verdicts;
  std::vector<ExplainedPartition> partitions;
  std::string problem;  // why the rules could not be tried
  std::int64_t as_of_ms = 0;
};

struct ClusterAnswer {
  std::string cluster;
  std::string state;  // "connected", "unreachable", …
  std::string problem;
  bool caught_up = false;
  std::optional<double> catch_up_percent;
  std::size_t stale_partitions = 0;            // of the offsets topic
  std::size_t held_partitions = 0;             // of these: by an open transaction
  std::map<std::string, std::int64_t> groups;  // by status
};

// From the whole body of an answer. The error says what is not as promised.
Result<GroupsAnswer> parse_groups(std::string_view body);
Result<GroupDetailAnswer> parse_group_detail(std::string_view body);
Result<ExplainAnswer> parse_explanation(std::string_view body);
Result<std::vector<ClusterAnswer>> parse_clusters(std::string_view body);

}  // namespace tidemark::terminal
