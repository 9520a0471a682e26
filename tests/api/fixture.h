// Reports written by hand, and a view that shows them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/listener.h"
#include "api/request_metrics.h"
#include "api/router.h"
#include "api/server.h"
#include "api/view.h"

namespace tidemark::test {

inline constexpr std::int64_t kNow = 1'700'000'000'000;  // as_of of every report, in ms

// A committed partition, OK and caught up unless told otherwise.
struct PartitionSpec {
  PartitionStatus status = PartitionStatus::ok;
  Reason reason = Reason::caught_up;
  std::int64_t offset = 100;
  std::optional<std::int64_t> lag = 0;
  std::int64_t waiting_ms = 0;     // how long the oldest unread record has waited; −1: unknown
  std::int64_t commit_age = 5000;  // ms
  int samples = 10;
  std::int16_t owner = -1;
  std::string sentence;
  bool committed = true;
};
PartitionSpec never_committed();

// Partitions from 0 on.
struct TopicSpec {
  std::string topic;
  std::vector<PartitionSpec> partitions;
};

MemberReport member(std::string id, std::string client_id, std::string host);

// Rolled up from its partitions.
std::shared_ptr<GroupReport> group(std::string name, const std::vector<TopicSpec>& topics = {},
                                   std::vector<MemberReport> members = {});
// With nothing but a status, a lag and how long the oldest record waits, for lists.
std::shared_ptr<GroupReport> plain_group(std::string name, GroupStatus status,
                                         std::optional<std::int64_t> lag,
                                         std::optional<std::int64_t> waiting_ms);

// Log ends by partition; null: not known.
std::shared_ptr<TopicReport> topic(std::string name,
                                   const std::vector<std::optional<std::int64_t>>& ends);

// Connected and caught up; groups and topics are put in order.
std::shared_ptr<ClusterReport> cluster(std::string name,
                                       std::vector<std::shared_ptr<GroupReport>> groups = {},
                                       std::vector<std::shared_ptr<TopicReport>> topics = {});

PartitionWindow window(std::string topic, int partition, WindowSamples samples);
WindowSample sample(std::int64_t offset, std::int64_t ago_ms, std::optional<std::int64_t> lag);

class FakeView final : public View {
 public:
  std::vector<std::shared_ptr<const ClusterReport>> shown;
  std::map<std::string, PartitionWindows> windows;  // by group
  bool busy = false;                                // detail() fails
  HistoryStatus recorded;
  EventStatus kept;
  AlertStatus alerted;
  std::map<std::string, std::vector<std::shared_ptr<const Event>>, std::less<>> waiting;

  [[nodiscard]] std::vector<std::shared_ptr<const ClusterReport>> reports() const override {
    return shown;
  }
  Result<GroupDetail> detail(std::string_view cluster, std::string_view group, bool trace) override;
  [[nodiscard]] std::shared_ptr<const HistoryStatus> history() const override {
    return std::make_shared<HistoryStatus>(recorded);
  }
  [[nodiscard]] std::shared_ptr<const EventStatus> events() const override {
    return std::make_shared<EventStatus>(kept);
  }
  [[nodiscard]] std::shared_ptr<const AlertStatus> alerts() const override {
    return std::make_shared<AlertStatus>(alerted);
  }
  [[nodiscard]] std::vector<std::shared_ptr<const Event>> waiting_events(
      std::string_view cluster) const override {
    const auto at = waiting.find(cluster);
    return at == waiting.end() ? std::vector<std::shared_ptr<const Event>>{} : at->second;
  }
};

// Everything that handlers need, without a socket.
class Handlers {
 public:
  explicit Handlers(FakeView& view, Changes* changes = nullptr)
      : site_{view, settings, requests, [] { return ListenerStats{}; }, "host-1", changes} {}

  HttpReply get(const std::string& target) { return ask("GET", target); }
  HttpReply ask(const std::string& method, const std::string& target) {
    return ask({method, target});
  }
  HttpReply ask(const HttpRequest& request) { return dispatch(site_, request); }
  // The whole body of a streamed reply.
  static std::string streamed(const HttpReply& reply);

  AccessSettings& access() { return site_.access; }

  ServerSettings settings;
  RequestMetrics requests;

 private:
  Site site_;
};

}  // namespace tidemark::test
