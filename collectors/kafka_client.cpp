#include "collectors/kafka_client.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <future>
#include <thread>
#include <utility>

#include "collectors/kafka_settings.h"
#include "core/log.h"
#include "core/mutex.h"

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds close_limit{800};
constexpr std::size_t most_errors_kept = 100;

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* it) const {
    destroy(it);
  }
};
template <class T, auto destroy>
using Held = std::unique_ptr<T, Destroy<destroy>>;

using Conf = Held<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using Topic = Held<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using Queue = Held<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using Event = Held<rd_kafka_event_t, rd_kafka_event_destroy>;
using AdminOptions = Held<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using ConfigResource = Held<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;
using Partitions = Held<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;

int as_int(Duration limit) { return static_cast<int>(limit.count()); }

KafkaFault fault_of(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return KafkaFault::none;
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
      return KafkaFault::disconnected;
    case RD_KAFKA_RESP_ERR__RESOLVE:
      return KafkaFault::unresolved;
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
      return KafkaFault::all_down;
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
      return KafkaFault::timed_out;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
    case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
      return KafkaFault::authentication;
    case RD_KAFKA_RESP_ERR__SSL:
      return KafkaFault::tls;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
      return KafkaFault::not_authorized;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return KafkaFault::unknown_topic;
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      return KafkaFault::out_of_range;
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      return KafkaFault::end_of_log;
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
      return KafkaFault::unsupported;
    default:
      return KafkaFault::other;
  }
}

// The broker's words, "invalid credentials", lead astray here.
std::string scram_hint(std::string_view text) {
  constexpr int repaired_in = 0x020601ff;
  const bool refused = text.find("credentials") != text.npos && text.find("SCRAM") != text.npos;
  if (!refused || rd_kafka_version() >= repaired_in) return {};
  return fmt::format(
      "; or the broker is of Kafka 4.0 or newer, which refuses SCRAM from librdkafka {} (before "
      "2.6.1): use SASL PLAIN or a client certificate over TLS then",
      rd_kafka_version_str());
}

// What the callbacks write to; they run on librdkafka's threads and on ours.
class Notes {
 public:
  Notes(std::string cluster, std::vector<std::string> secrets)
      : cluster_(std::move(cluster)), secrets_(std::move(secrets)) {}

  [[nodiscard]] std::string clean(std::string_view text) const { return redact(text, secrets_); }

  void error(rd_kafka_resp_err_t code, std::string_view text) {
    KafkaError error = read_error_text(fault_of(code), clean(text));
    if (error.fault == KafkaFault::authentication) error.message += scram_hint(text);
    const MutexLock lock(mutex_);
    if (errors_.size() >= most_errors_kept) errors_.erase(errors_.begin());
    errors_.push_back(std::move(error));
  }

  void line(const char* facility, const char* text) const {
    const MutexLock lock(log_mutex_);
    if (quiet_ || !log::enabled(log::Level::debug)) return;
    log::debug("cluster {}: librdkafka {}: {}", cluster_, facility, clean(text));
  }

  // When it returns, no thread of librdkafka is inside our log, and none will be again.
  void be_quiet() {
    const MutexLock lock(log_mutex_);
    quiet_ = true;
  }

  std::vector<KafkaError> take() {
    const MutexLock lock(mutex_);
    return std::exchange(errors_, {});
  }

 private:
  const std::string cluster_;
  const std::vector<std::string> secrets_;

  mutable Mutex log_mutex_;
  bool quiet_ TM_GUARDED_BY(log_mutex_) = false;
  Mutex mutex_;
  std::vector<KafkaError> errors_ TM_GUARDED_BY(mutex_);
};

void on_error(rd_kafka_t*, int code, const char* text, void* notes) {
  static_cast<Notes*>(notes)->error(static_cast<rd_kafka_resp_err_t>(code), text);
}

void on_log(const rd_kafka_t* rk, int, const char* facility, const char* text) {
  // Before the handle is complete there is no opaque to reach.
  if (rk == nullptr || rd_kafka_opaque(rk) == nullptr) return;
  static_cast<const Notes*>(rd_kafka_opaque(rk))->line(facility, text);
}

KafkaError error_of(rd_kafka_resp_err_t code, const Notes& notes, const char* text = nullptr) {
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return {fault_of(code), notes.clean(text != nullptr ? text : rd_kafka_err2str(code)), {}};
}

TopicLeaders topic_of(const rd_kafka_metadata_topic& from, const Notes& notes) {
  TopicLeaders topic{from.topic, error_of(from.err, notes), {}};
  topic.leaders.assign(static_cast<std::size_t>(std::max(from.partition_cnt, 0)), -1);
  for (int i = 0; i < from.partition_cnt; ++i) {
    const auto& partition = from.partitions[i];
    const auto at = static_cast<std::size_t>(partition.id);
    if (at < topic.leaders.size()) topic.leaders[at] = partition.leader;
  }
  return topic;
}

TopicConfigs configs_of(const rd_kafka_ConfigResource_t& from, const Notes& notes) {
  TopicConfigs out;
  out.topic = rd_kafka_ConfigResource_name(&from);
  out.error = error_of(rd_kafka_ConfigResource_error(&from), notes,
                       rd_kafka_ConfigResource_error_string(&from));
  std::size_t count = 0;
  const auto* const* entries = rd_kafka_ConfigResource_configs(&from, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    if (value != nullptr) out.values[rd_kafka_ConfigEntry_name(entries[i])] = value;
  }
  return out;
}

FetchedRecord record_of(const rd_kafka_message_t& message) {
  FetchedRecord record;
  record.partition = message.partition;
  record.offset = message.offset;
  record.fault = fault_of(message.err);
  record.key = {static_cast<const char*>(message.key), message.key_len};
  record.value = {static_cast<const char*>(message.payload), message.len};
  record.value_null = message.payload == nullptr;
  return record;
}

FetchedRecord timed_record_of(const rd_kafka_message_t& message) {
  FetchedRecord record = record_of(message);
  if (message.rkt != nullptr) record.topic = rd_kafka_topic_name(message.rkt);
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const std::int64_t time = rd_kafka_message_timestamp(&message, &type);
  if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && time >= 0) record.time_ms = time;
  record.log_append_time = type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME;
  return record;
}

// librdkafka names the setting; its value (a path, mostly) tells the rest.
KafkaError settings_error(std::string_view text, const std::map<std::string, std::string>& kafka) {
  std::string message = redact(text, secrets_in(kafka));
  for (const auto& [key, value] : kafka) {
    if (!text.starts_with(key) || !secrets_in({{key, value}}).empty()) continue;
    message += fmt::format(" ({} = \"{}\")", key, value);
  }
  return {KafkaFault::bad_settings, std::move(message), {}};
}

}  // namespace

// Members end in reverse order of what librdkafka wants: see close().
struct KafkaClient::Handle {
  std::unique_ptr<Notes> notes;
  HandleUse use = HandleUse::bulk;
  rd_kafka_t* rk = nullptr;
  Queue queue;
  Mutex mutex;
  std::map<std::string, Topic> topics TM_GUARDED_BY(mutex);
  std::map<std::pair<std::string, std::int32_t>, rd_kafka_topic_t*> reading;  // fetching thread's

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }

  rd_kafka_topic_t* topic(const std::string& name) {
    const MutexLock lock(mutex);
    Topic& topic = topics[name];
    if (!topic) topic.reset(rd_kafka_topic_new(rk, name.c_str(), nullptr));
    return topic.get();
  }

  void close() {
    if (rk == nullptr) return;
    for (const auto& [partition, topic] : reading) rd_kafka_consume_stop(topic, partition.second);
    queue.reset();
    {
      const MutexLock lock(mutex);
      topics.clear();
    }
    rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    rk = nullptr;
  }
};

struct Fetched::Owner {
  std::vector<rd_kafka_message_t*> messages;

  Owner() = default;
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  ~Owner() {
    for (rd_kafka_message_t* message : messages) rd_kafka_message_destroy(message);
  }
};

Fetched::Fetched() = default;
Fetched::Fetched(Fetched&&) noexcept = default;
Fetched& Fetched::operator=(Fetched&&) noexcept = default;
Fetched::~Fetched() = default;

KafkaClient::KafkaClient(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}

KafkaClient::~KafkaClient() {
  be_quiet();
  std::promise<void> closed;
  auto done = closed.get_future();
  std::thread closer([handle = std::move(handle_), closed = std::move(closed)]() mutable {
    handle.reset();
    closed.set_value();
  });
  if (done.wait_for(close_limit) == std::future_status::ready) {
    closer.join();
  } else {
    closer.detach();
  }
}

KafkaAnswer<std::shared_ptr<KafkaClient>> KafkaClient::open(const KafkaClientSettings& settings) {
  auto handle = std::make_unique<Handle>();
  handle->notes = std::make_unique<Notes>(settings.cluster, secrets_in(settings.kafka));
  handle->use = settings.use;
  Conf conf(rd_kafka_conf_new());
  std::array<char, 512> problem{};
  for (const auto& [key, value] : effective_kafka_settings(settings)) {
    if (rd_kafka_conf_set(conf.get(), key.c_str(), value.c_str(), problem.data(), problem.size()) !=
        RD_KAFKA_CONF_OK) {
      return {settings_error(problem.data(), settings.kafka), nullptr};
    }
  }
  // Librdkafka from 2.2 on, instead of wake_fetching(); others do not know it.
  rd_kafka_conf_set(conf.get(), "fetch.queue.backoff.ms", "10", problem.data(), problem.size());
  rd_kafka_conf_set_opaque(conf.get(), handle->notes.get());
  rd_kafka_conf_set_error_cb(conf.get(), on_error);
  rd_kafka_conf_set_log_cb(conf.get(), on_log);
  handle->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf.get(), problem.data(), problem.size());
  if (handle->rk == nullptr) {
    return {settings_error(problem.data(), settings.kafka), nullptr};
  }
  (void)conf.release();  // belongs to the handle now
  handle->queue.reset(rd_kafka_queue_new(handle->rk));
  return {{}, std::shared_ptr<KafkaClient>(new KafkaClient(std::move(handle)))};
}

KafkaAnswer<ClusterMetadata> KafkaClient::metadata(Duration limit) {
  const rd_kafka_metadata_t* raw = nullptr;
  const auto code = rd_kafka_metadata(handle_->rk, 1, nullptr, &raw, as_int(limit));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return {error_of(code, *handle_->notes), {}};
  const Held<const rd_kafka_metadata_t, rd_kafka_metadata_destroy> held(raw);
  ClusterMetadata out;
  for (int i = 0; i < raw->broker_cnt; ++i) out.brokers.push_back(raw->brokers[i].id);
  out.topics.reserve(static_cast<std::size_t>(raw->topic_cnt));
  for (int i = 0; i < raw->topic_cnt; ++i) {
    out.topics.push_back(topic_of(raw->topics[i], *handle_->notes));
  }
  if (char* id = rd_kafka_clusterid(handle_->rk, 0)) {
    out.cluster_id = id;
    rd_kafka_mem_free(handle_->rk, id);
  }
  return {{}, std::move(out)};
}

KafkaAnswer<TopicLeaders> KafkaClient::topic_metadata(const std::string& topic, Duration limit) {
  const rd_kafka_metadata_t* raw = nullptr;
  const auto code = rd_kafka_metadata(handle_->rk, 0, handle_->topic(topic), &raw, as_int(limit));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return {error_of(code, *handle_->notes), {}};
  const Held<const rd_kafka_metadata_t, rd_kafka_metadata_destroy> held(raw);
  for (int i = 0; i < raw->topic_cnt; ++i) {
    if (topic == raw->topics[i].topic) return {{}, topic_of(raw->topics[i], *handle_->notes)};
  }
  return {{KafkaFault::other, "the answer does not speak of topic " + topic, {}}, {}};
}

KafkaAnswer<std::vector<TopicConfigs>> KafkaClient::topic_configs(
    const std::vector<std::string>& topics, const std::vector<std::string>& keys, Duration limit) {
  constexpr int margin_ms = 1000;  // librdkafka keeps the limit by itself
  std::vector<ConfigResource> held;
  std::vector<rd_kafka_ConfigResource_t*> asked;
  for (const std::string& topic : topics) {
    held.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    asked.push_back(held.back().get());
    for (const std::string& key : keys) {
      rd_kafka_ConfigResource_set_config(asked.back(), key.c_str(), "");
    }
  }
  const AdminOptions options(
      rd_kafka_AdminOptions_new(handle_->rk, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), as_int(limit), nullptr, 0);
  const Queue queue(rd_kafka_queue_new(handle_->rk));
  rd_kafka_DescribeConfigs(handle_->rk, asked.data(), asked.size(), options.get(), queue.get());
  const Event event(rd_kafka_queue_poll(queue.get(), as_int(limit) + margin_ms));
  if (!event) return {{KafkaFault::timed_out, "no answer to DescribeConfigs", {}}, {}};
  if (const auto code = rd_kafka_event_error(event.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return {error_of(code, *handle_->notes, rd_kafka_event_error_string(event.get())), {}};
  }
  std::vector<TopicConfigs> out;
  std::size_t count = 0;
  const auto* const* told = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) out.push_back(configs_of(*told[i], *handle_->notes));
  return {{}, std::move(out)};
}

KafkaError KafkaClient::offsets(std::vector<OffsetQuestion>& questions, LogMark mark,
                                Duration limit) {
  const Partitions list(rd_kafka_topic_partition_list_new(static_cast<int>(questions.size())));
  for (OffsetQuestion& question : questions) {
    question.offset.reset();
    rd_kafka_topic_partition_list_add(list.get(), question.topic->c_str(), question.partition)
        ->offset = mark == LogMark::end ? RD_KAFKA_OFFSET_END : RD_KAFKA_OFFSET_BEGINNING;
  }
  const auto code = rd_kafka_offsets_for_times(handle_->rk, list.get(), as_int(limit));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(code, *handle_->notes);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const rd_kafka_topic_partition_t& answer = list->elems[i];
    // An element that was not answered keeps its negative question.
    if (answer.err != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(answer.err, *handle_->notes);
    if (answer.offset >= 0) questions[i].offset = answer.offset;
  }
  return {};
}

KafkaError KafkaClient::read_from(const std::string& topic, std::int32_t partition,
                                  std::optional<std::int64_t> offset) {
  rd_kafka_topic_t* handle = handle_->topic(topic);
  const std::pair key{topic, partition};
  if (handle_->reading.contains(key)) rd_kafka_consume_stop(handle, partition);
  handle_->reading[key] = handle;
  if (rd_kafka_consume_start_queue(handle, partition, offset.value_or(RD_KAFKA_OFFSET_BEGINNING),
                                   handle_->queue.get()) == 0) {
    return {};
  }
  handle_->reading.erase(key);
  return error_of(rd_kafka_last_error(), *handle_->notes);
}

void KafkaClient::stop_reading(const std::string& topic, std::int32_t partition) {
  const auto found = handle_->reading.find({topic, partition});
  if (found == handle_->reading.end()) return;
  rd_kafka_consume_stop(found->second, partition);
  handle_->reading.erase(found);
}

Fetched KafkaClient::fetch(Duration wait, std::size_t most) {
  Fetched out;
  out.owner_ = std::make_unique<Fetched::Owner>();
  auto& messages = out.owner_->messages;
  messages.resize(most);
  const auto count = rd_kafka_consume_batch_queue(handle_->queue.get(), as_int(wait),
                                                  messages.data(), messages.size());
  messages.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  out.records_.reserve(messages.size());
  const bool timed = handle_->use == HandleUse::probes || handle_->use == HandleUse::timed;
  for (const rd_kafka_message_t* message : messages) {
    out.records_.push_back(timed ? timed_record_of(*message) : record_of(*message));
  }
  return out;
}

std::size_t KafkaClient::waiting() const { return rd_kafka_queue_length(handle_->queue.get()); }

// A request, whatever it asks, wakes the thread of each broker that it goes to.
void KafkaClient::wake_fetching() {
  constexpr int limit_ms = 200;
  const auto& reading = handle_->reading;
  if (reading.empty()) return;
  const Partitions list(rd_kafka_topic_partition_list_new(static_cast<int>(reading.size())));
  for (const auto& [partition, topic] : reading) {
    rd_kafka_topic_partition_list_add(list.get(), partition.first.c_str(), partition.second)
        ->offset = RD_KAFKA_OFFSET_END;
  }
  rd_kafka_offsets_for_times(handle_->rk, list.get(), limit_ms);
}

std::vector<KafkaError> KafkaClient::take_errors() {
  rd_kafka_poll(handle_->rk, 0);
  return handle_->notes->take();
}

void KafkaClient::be_quiet() { handle_->notes->be_quiet(); }

std::string librdkafka_refusal(const std::string& key, const std::string& value) {
  const Conf conf(rd_kafka_conf_new());
  std::array<char, 512> problem{};
  if (rd_kafka_conf_set(conf.get(), key.c_str(), value.c_str(), problem.data(), problem.size()) ==
      RD_KAFKA_CONF_OK) {
    return {};
  }
  return problem.data();
}

}  // namespace tidemark
