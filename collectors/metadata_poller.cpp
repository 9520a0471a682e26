#include "collectors/metadata_poller.h"

#include <algorithm>
#include <utility>

#include "collectors/kafka_settings.h"
#include "collectors/patient_call.h"
#include "core/log.h"
#include "core/worker.h"

namespace tidemark {
namespace {

constexpr Duration step{100};
constexpr Duration open_again{10'000};
constexpr Duration confirm_soon{1000};      // that a topic is gone
constexpr Duration look_for_topic{2000};    // that is not there yet
constexpr Duration look_for_right{10'000};  // that we do not have

template <class T>
std::function<KafkaAnswer<T>()> asking(std::shared_ptr<KafkaClient> client,
                                       KafkaAnswer<T> (KafkaClient::*ask)(Duration),
                                       Duration limit) {
  return [client = std::move(client), ask, limit] { return ((*client).*ask)(limit); };
}

}  // namespace

std::shared_ptr<KafkaClient> open_client(const CollectorSettings& settings, Isolation isolation,
                                         const std::stop_token& stop,
                                         const std::function<void(const KafkaError&)>& on_error,
                                         HandleUse use) {
  while (!stop.stop_requested()) {
    auto opened = KafkaClient::open(
        {settings.cluster.get(), settings.bootstrap, settings.kafka, isolation, use});
    if (opened.ok()) return std::move(opened.value);
    on_error(opened.error);
    stopped_within(stop, open_again);
  }
  return nullptr;
}

bool note_errors(KafkaClient& client, LinkTracker& link, Outlet& outlet) {
  bool verify = false;
  for (const KafkaError& error : client.take_errors()) {
    verify = link.noticed(error) || verify;
    if (error.fault == KafkaFault::all_down) continue;  // its causes are counted
    outlet.failed(error.lost() ? "connections" : "client", cause_of(error));
  }
  return verify;
}

MetadataPoller::MetadataPoller(const CollectorSettings& settings, Outlet& outlet,
                               ClusterBoard& board, LinkTracker& link, const Clock& clock)
    : settings_(settings),
      outlet_(outlet),
      board_(board),
      link_(link),
      clock_(clock),
      schedule_(settings.metadata_refresh) {}

void MetadataPoller::run(const std::stop_token& stop) {
  report(stop);
  ends_ = open(Isolation::read_uncommitted, stop);
  while (ends_ && !stop.stop_requested()) {
    const auto wanted = board_.take_wanted();
    if (wanted.wished) schedule_.wish();
    if (wanted.needed) schedule_.need();
    if (schedule_.due(clock_.steady())) refresh(stop);
    report(stop);
    stopped_within(stop, step);
  }
  for (const auto& client : {ends_, stable_}) {
    if (client) client->be_quiet();
  }
}

std::shared_ptr<KafkaClient> MetadataPoller::open(Isolation isolation,
                                                  const std::stop_token& stop) {
  return open_client(settings_, isolation, stop, [&](const KafkaError& error) {
    note_failure(error);
    report(stop);
  });
}

void MetadataPoller::refresh(const std::stop_token& stop) {
  const Duration limit = request_limit(settings_.kafka) + std::chrono::seconds{1};
  const auto meanwhile = [&] { report(stop); };
  schedule_.began(clock_.steady());
  auto seen = call_patiently<KafkaAnswer<ClusterMetadata>>(
      stop, asking(ends_, &KafkaClient::metadata, limit), meanwhile);
  if (!seen) return;
  if (seen->ok() && seen->value.brokers.empty()) {
    seen->error = {KafkaFault::disconnected, "the cluster names no broker yet", {}};
  }
  if (!seen->ok()) {
    note_failure(seen->error);
    schedule_.failed(clock_.steady());
    return;
  }
  if (!stable_) stable_ = open(Isolation::read_committed, stop);
  if (!stable_) return;
  // The handle for last stable offsets has a memory of leaders of its own.
  const auto again = call_patiently<KafkaAnswer<ClusterMetadata>>(
      stop, asking(stable_, &KafkaClient::metadata, limit), meanwhile);
  if (!again) return;
  if (!again->ok()) outlet_.failed("metadata", again->error.message);
  publish(std::move(seen->value), stop);
}

void MetadataPoller::note_failure(const KafkaError& error) {
  outlet_.failed("metadata", error.message);
  link_.failed(error);
}

void MetadataPoller::publish(ClusterMetadata&& seen, const std::stop_token& stop) {
  TopicMemory::Merged merged = memory_.merge(std::move(seen.topics));
  auto plan = std::make_shared<ClusterPlan>();
  plan->version = ++version_;
  plan->revision = merged.changed ? ++revision_ : revision_;
  plan->ends = ends_;
  plan->stable = stable_;
  TopicsSeen topics;
  topics.cluster_id = plan->cluster_id = std::move(seen.cluster_id);
  topics.brokers = static_cast<std::int32_t>(seen.brokers.size());
  for (const TopicLeaders& topic : merged.topics) {
    const auto partitions = static_cast<std::int32_t>(topic.leaders.size());
    if (topic.name == offsets_topic) {
      plan->offsets_partitions = partitions;  // watched, but no topic that groups read
    } else if (topic.name == share_state_topic) {
      plan->share_state_partitions = partitions;
    } else {
      topics.topics.push_back({TopicName{topic.name}, partitions});
    }
  }
  topics.offsets_topic_partitions = plan->offsets_partitions;
  topics.share_state_partitions = plan->share_state_partitions;
  plan->topics = std::move(merged.topics);
  access_ = OffsetsTopicAccess::there;
  if (plan->offsets_partitions == 0) look_for_offsets_topic(stop);
  link_.offsets_topic_is(access_);
  link_.answered();
  schedule_.answered(clock_.steady(), merged.changed, look_again(merged.doubtful));
  outlet_.send(std::move(topics), stop);
  board_.publish(std::move(plan));
}

// Missing in the list of all topics can mean both: it is not there, or we may not see it.
void MetadataPoller::look_for_offsets_topic(const std::stop_token& stop) {
  const Duration limit = request_limit(settings_.kafka);
  const auto answer = call_patiently<KafkaAnswer<TopicLeaders>>(
      stop, [client = ends_, limit] { return client->topic_metadata(offsets_topic, limit); },
      [&] { report(stop); });
  if (!answer) return;
  if (!answer->ok()) {
    outlet_.failed("metadata", answer->error.message);
    return;
  }
  const bool denied = answer->value.error.fault == KafkaFault::not_authorized;
  access_ = denied ? OffsetsTopicAccess::no_describe : OffsetsTopicAccess::missing;
}

Duration MetadataPoller::look_again(bool doubtful) const {
  if (doubtful) return confirm_soon;
  if (access_ == OffsetsTopicAccess::missing) return look_for_topic;
  if (access_ == OffsetsTopicAccess::no_describe) return look_for_right;
  return settings_.metadata_refresh;
}

void MetadataPoller::report(const std::stop_token& stop) {
  for (const auto& client : {ends_, stable_}) {
    if (!client) continue;
    if (note_errors(*client, link_, outlet_)) schedule_.need();
  }
  auto change = link_.take_change();
  if (!change) return;
  if (change->state == LinkState::connected) {
    log::info("cluster {}: connected", settings_.cluster.get());
  } else if (change->state != LinkState::connecting) {
    log::warn("cluster {}: {}", settings_.cluster.get(), change->problem);
  }
  outlet_.send(std::move(*change), stop);
}

}  // namespace tidemark
