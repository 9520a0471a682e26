#include "daemon/demo/cast.h"

namespace tidemark::demo {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration past = -minutes{20};

TopicPlan topic(const char* name, int partitions, Duration every, std::vector<int> counts) {
  return {name, partitions, every, std::move(counts), past};
}

// A record now and then, and that for an hour already.
TopicPlan quiet_topic(const char* name) { return {name, 1, minutes{7}, {1}, -minutes{65}}; }

ClusterPlan dev() {
  ClusterPlan out{"DEV", 1, 2, CommitVersion::v4, {}, {}};
  out.topics = {topic("orders", 1, seconds{2}, {1, 0, 2, 1}), quiet_topic("scratch")};
  out.groups = {{"payments", Part::healthy, {"orders"}, 1, {}},
                {"sandbox", Part::idle, {"scratch"}, 1, {}}};
  return out;
}

ClusterPlan qa() {
  ClusterPlan out{"QA", 1, 2, CommitVersion::v3, {}, {}};
  out.topics = {topic("orders", 2, seconds{2}, {2, 3, 1}),
                topic("test-events", 1, seconds{2}, {4})};
  out.groups = {{"payments", Part::stuck, {"orders"}, 2, seconds{5}},
                {"test-recorder", Part::healthy, {"test-events"}, 1, {}},
                {"nightly-regression", Part::batch, {"test-events"}, 1, seconds{20}}};
  return out;
}

ClusterPlan stg() {
  ClusterPlan out{"STG", 2, 2, CommitVersion::v3, {}, {}};
  out.topics = {topic("orders", 2, seconds{2}, {3, 4, 2}), topic("products", 2, seconds{2}, {5, 3}),
                quiet_topic("refunds")};
  out.groups = {{"payments", Part::healthy, {"orders"}, 2, {}},
                {"search-indexer", Part::slow, {"products"}, 1, seconds{4}},
                {"load-test", Part::dead, {"orders"}, 1, seconds{6}},
                {"refund-approval", Part::idle, {"refunds"}, 1, {}}};
  return out;
}

ClusterPlan prod() {
  ClusterPlan out{"PROD", 3, 4, CommitVersion::v4, {}, {}};
  out.topics = {
      topic("orders", 3, seconds{2}, {5, 8, 3, 6}), topic("invoices", 2, seconds{2}, {2, 1, 3}),
      topic("products", 2, seconds{2}, {9, 6, 7}),
      topic("page-views", 3, seconds{2}, {14, 19, 11, 16}), quiet_topic("audit-requests")};
  out.groups = {{"payments", Part::dead, {"orders"}, 3, {}},
                {"invoicing", Part::stuck, {"invoices"}, 2, {}},
                {"search-indexer", Part::slow, {"products"}, 2, {}},
                {"nightly-report", Part::batch, {"orders", "invoices"}, 1, {}},
                {"fraud-check", Part::healthy, {"orders", "invoices"}, 3, {}},
                {"email-sender", Part::healthy, {"invoices"}, 2, {}},
                {"recommendations", Part::healthy, {"page-views"}, 3, {}},
                {"audit-export", Part::idle, {"audit-requests"}, 1, {}}};
  return out;
}

}  // namespace

std::string_view to_string(Part part) {
  switch (part) {
    case Part::healthy:
      return "healthy";
    case Part::slow:
      return "slow";
    case Part::stuck:
      return "stuck";
    case Part::dead:
      return "dead";
    case Part::idle:
      return "idle";
    case Part::batch:
      return "batch job";
  }
  return "";
}

std::string_view what_to_expect(Part part) {
  switch (part) {
    case Part::healthy:
      return "OK: reads all that comes";
    case Part::slow:
      return "WARNING, falling_behind: reads a third of what comes; gets help after 14 min";
    case Part::stuck:
      return "ERROR, STALLED: cannot get past one record; somebody skips it after 6 min";
    case Part::dead:
      return "ERROR, STOPPED: has crashed; somebody starts it again after 5 min";
    case Part::idle:
      return "OK: nothing to read for minutes, and that is no fault";
    case Part::batch:
      return "OK: silent for 3 min, then reads all at once; lag is its normal life";
  }
  return "";
}

const std::vector<ClusterPlan>& cast() {
  static const std::vector<ClusterPlan> clusters{dev(), qa(), stg(), prod()};
  return clusters;
}

}  // namespace tidemark::demo
