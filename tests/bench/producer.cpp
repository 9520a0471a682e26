#include "tests/bench/producer.h"

#include <algorithm>
#include <utility>

#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

constexpr int limit_ms = 120'000;

}  // namespace

void Producer::delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    fail(std::string(rd_kafka_topic_name(message->rkt)) + ": " + rd_kafka_err2str(message->err));
  }
  Producer& producer = *static_cast<Producer*>(self);
  auto& longest = producer.longest_;
  longest = std::max(longest, std::chrono::microseconds{rd_kafka_message_latency(message)});
  if (message->_private != nullptr && producer.heard_) {
    producer.heard_(
        {message->_private, message->offset, rd_kafka_message_timestamp(message, nullptr)});
  }
}

Producer::Producer(const ProducerSettings& settings, Heard heard)
    : heard_(std::move(heard)),
      handle_(connect(RD_KAFKA_PRODUCER,
                      {{"bootstrap.servers", settings.bootstrap},
                       {"client.id", "__admin_client"},
                       {"log_level", "3"},  // errors only: it is told how far the tool is
                       {"linger.ms", settings.linger_ms},
                       {"batch.num.messages", settings.batch},
                       {"enable.idempotence", "true"},  // keeps their order
                       // A busy broker may need so long to know a new topic.
                       {"topic.metadata.propagation.max.ms", std::to_string(limit_ms)},
                       {"queue.buffering.max.messages", "1000000"}},
                      delivered, this)) {}

void Producer::send(const std::string& topic, int partition, std::string_view key,
                    std::string_view value, void* place) {
  while (true) {
    const auto sent = rd_kafka_producev(
        handle_.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_OPAQUE(place),
        RD_KAFKA_V_END);
    if (sent == RD_KAFKA_RESP_ERR_NO_ERROR) break;
    if (sent != RD_KAFKA_RESP_ERR__QUEUE_FULL) fail(topic + ": " + rd_kafka_err2str(sent));
    rd_kafka_poll(handle_.get(), 100);
  }
  if (++sent_ % 10'000 == 0) poll();
}

void Producer::poll() { rd_kafka_poll(handle_.get(), 0); }

void Producer::finish() {
  if (rd_kafka_flush(handle_.get(), limit_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    fail("the broker did not take all records in time");
  }
}

}  // namespace tidemark::bench
