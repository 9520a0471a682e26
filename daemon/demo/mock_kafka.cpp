#include "daemon/demo/mock_kafka.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tidemark::demo {
namespace {

constexpr int most_replicas = 3;

struct Setting {
  const char* key;
  const char* value;
};
// A pause of the whole process (Ctrl-Z, a laptop asleep) may be of any length: nothing times out
// for it, and what is sent again after it is written once.
constexpr std::array settings_of_producer = {
    Setting{"enable.idempotence", "true"}, Setting{"message.timeout.ms", "0"},
    Setting{"socket.timeout.ms", "300000"}, Setting{"linger.ms", "20"}, Setting{"log_level", "0"}};

void count_refused(rd_kafka_t*, const rd_kafka_message_t* message, void* refused) {
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) ++*static_cast<std::uint64_t*>(refused);
}

// The brokers are in this process: an error event tells nothing that a refused record does not.
void ignore_event(rd_kafka_t*, int, const char*, void*) {}

struct DestroyConf {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};
struct DestroyHandle {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};

struct DestroyError {
  void operator()(rd_kafka_error_t* error) const { rd_kafka_error_destroy(error); }
};

using KafkaError = std::unique_ptr<rd_kafka_error_t, DestroyError>;
using Conf = std::unique_ptr<rd_kafka_conf_t, DestroyConf>;
using Handle = std::unique_ptr<rd_kafka_t, DestroyHandle>;

Status set(rd_kafka_conf_t* conf, const char* key, const std::string& value) {
  std::array<char, 256> text{};
  if (rd_kafka_conf_set(conf, key, value.c_str(), text.data(), text.size()) == RD_KAFKA_CONF_OK) {
    return Done{};
  }
  return Error{text.data()};
}

// A producer that brings its own brokers with it.
Result<Handle> make_handle(int brokers, std::uint64_t* refused) {
  Conf conf(rd_kafka_conf_new());
  rd_kafka_conf_set_opaque(conf.get(), refused);
  rd_kafka_conf_set_dr_msg_cb(conf.get(), count_refused);
  rd_kafka_conf_set_error_cb(conf.get(), ignore_event);
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);
  for (const Setting& each : settings_of_producer) {
    const Status done = set(conf.get(), each.key, each.value);
    if (!done) return done.error();
  }
  const Status done = set(conf.get(), "test.mock.num.brokers", std::to_string(brokers));
  if (!done) return done.error();
  std::array<char, 256> text{};
  Handle handle(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), text.data(), text.size()));
  if (!handle) return Error{text.data()};
  static_cast<void>(conf.release());  // the handle's now
  return handle;
}

// What librdkafka copies at once and never writes to. Nothing: null.
auto memory(std::string_view bytes) {
  decltype(rd_kafka_vu_t::u.mem) out{};
  if (!bytes.empty()) out.ptr = const_cast<char*>(bytes.data());
  out.size = bytes.size();
  return out;
}

}  // namespace

struct MockKafka::Handles {
  Handle producer;  // owns the brokers
};

MockKafka::MockKafka(std::string cluster)
    : cluster_(std::move(cluster)), handles_(std::make_unique<Handles>()) {}

MockKafka::~MockKafka() {
  if (!handles_->producer) return;
  constexpr int everything = RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT;
  rd_kafka_purge(handles_->producer.get(), everything);
}

Result<std::unique_ptr<MockKafka>> MockKafka::start(const MockSettings& settings) {
  std::unique_ptr<MockKafka> out(new MockKafka(settings.cluster));
  auto handle = make_handle(settings.brokers, &out->refused_);
  if (!handle) return handle.error().within("embedded cluster " + settings.cluster);
  out->handles_->producer = std::move(handle.value());
  auto* brokers = rd_kafka_handle_mock_cluster(out->handles_->producer.get());
  out->bootstrap_ = rd_kafka_mock_cluster_bootstraps(brokers);
  for (const MockTopic& topic : settings.topics) {
    const auto error = rd_kafka_mock_topic_create(brokers, topic.name.c_str(), topic.partitions,
                                                  std::min(settings.brokers, most_replicas));
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return Error{rd_kafka_err2str(error)}.within("embedded cluster " + settings.cluster +
                                                   ": topic " + topic.name);
    }
  }
  return out;
}

Status MockKafka::append(const std::string& topic, std::int32_t partition, std::string_view key,
                         std::string_view value, Instant at) {
  std::array<rd_kafka_vu_t, 6> parts{};
  parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  parts[0].u.cstr = topic.c_str();
  parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  parts[1].u.i32 = partition;
  parts[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  parts[2].u.i = RD_KAFKA_MSG_F_COPY;
  parts[3].vtype = RD_KAFKA_VTYPE_KEY;
  parts[3].u.mem = memory(key);
  parts[4].vtype = RD_KAFKA_VTYPE_VALUE;
  parts[4].u.mem = memory(value);
  parts[5].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  parts[5].u.i64 = to_ms(at);
  const KafkaError error(rd_kafka_produceva(handles_->producer.get(), parts.data(), parts.size()));
  if (!error) return Done{};
  return Error{rd_kafka_error_string(error.get())}.within("embedded cluster " + cluster_ + ": " +
                                                          topic + "-" + std::to_string(partition));
}

Status MockKafka::serve() {
  rd_kafka_poll(handles_->producer.get(), 0);
  const std::uint64_t refused = std::exchange(refused_, 0);
  if (refused == 0) return Done{};
  return Error{"embedded cluster " + cluster_ + ": " + std::to_string(refused) +
               " records were not written"};
}

Status MockKafka::flush(std::chrono::milliseconds limit) {
  const auto error = rd_kafka_flush(handles_->producer.get(), static_cast<int>(limit.count()));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return serve();
  return Error{rd_kafka_err2str(error)}.within("embedded cluster " + cluster_ + ": flush");
}

}  // namespace tidemark::demo
