#include "collectors/kafka_error.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

struct Row {
  std::string story;
  KafkaFault code;  // what librdkafka's error code tells
  std::string text;
  KafkaFault fault;
  std::string cause;
};

// The texts are librdkafka's own, as it says them.
const Row rows[] = {
    {"nobody listens", KafkaFault::disconnected,
     "127.0.0.1:9/bootstrap: Connect to ipv4#127.0.0.1:9 failed: Connection refused (after 0ms in "
     "state CONNECT)",
     KafkaFault::refused, "connection refused by 127.0.0.1:9"},
    {"the name is not known", KafkaFault::unresolved,
     "nosuch.host:9092/bootstrap: Failed to resolve 'nosuch.host:9092': Name or service not known "
     "(after 20ms in state CONNECT)",
     KafkaFault::unresolved, "cannot resolve nosuch.host"},
    {"a request is not answered", KafkaFault::timed_out,
     "10.0.0.1:9092/3: 1 request(s) timed out: disconnect (after 5003ms in state UP)",
     KafkaFault::timed_out, "10.0.0.1:9092 does not answer: timed out"},
    {"the first request is not answered", KafkaFault::disconnected,
     "b1:9092/1: ApiVersionRequest failed: Local: Timed out: probably due to broker version < 0.10",
     KafkaFault::timed_out, "b1:9092 does not answer: timed out"},
    {"a wrong password", KafkaFault::authentication,
     "sasl_ssl://b1:9093/bootstrap: SASL authentication error: invalid credentials (after 328ms in "
     "state AUTH_REQ)",
     KafkaFault::authentication, "b1:9093: SASL authentication error: invalid credentials"},
    {"a certificate that nobody trusts", KafkaFault::tls,
     "ssl://b1:9093/bootstrap: SSL handshake failed: certificate verify failed (after 4ms in state "
     "SSL_HANDSHAKE)",
     KafkaFault::tls, "b1:9093: SSL handshake failed: certificate verify failed"},
    {"the broker wants a certificate", KafkaFault::disconnected,
     "ssl://b1:9093/bootstrap: Receive failed: error:0A000412:SSL routines::sslv3 alert bad "
     "certificate: SSL alert number 42 (after 9ms in state APIVERSION_QUERY)",
     KafkaFault::tls,
     "b1:9093: Receive failed: error:0A000412:SSL routines::sslv3 alert bad certificate: SSL alert "
     "number 42"},
    {"an IPv6 address", KafkaFault::disconnected,
     "[::1]:9/bootstrap: Connect to ipv6#[::1]:9 failed: Connection refused (after 0ms in state X)",
     KafkaFault::refused, "connection refused by [::1]:9"},
    {"no address at all", KafkaFault::all_down, "1/1 brokers are down", KafkaFault::all_down,
     "1/1 brokers are down"},
    {"a colon, but no address", KafkaFault::other, "Topic t: something is wrong", KafkaFault::other,
     "Topic t: something is wrong"},
    {"nothing", KafkaFault::other, "", KafkaFault::other, ""},
};

TEST(KafkaError, TellsCauseAndAddressFromTheWordsOfLibrdkafka) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.story);
    const KafkaError error = read_error_text(row.code, row.text);
    EXPECT_EQ(to_string(error.fault), to_string(row.fault));
    EXPECT_EQ(cause_of(error), row.cause);
  }
}

TEST(KafkaError, OnlyABrokenConnectionMeansALostBroker) {
  for (const KafkaFault fault : {KafkaFault::refused, KafkaFault::unresolved, KafkaFault::timed_out,
                                 KafkaFault::disconnected, KafkaFault::all_down,
                                 KafkaFault::authentication, KafkaFault::tls}) {
    EXPECT_TRUE((KafkaError{fault, {}, {}}.lost())) << to_string(fault);
  }
  for (const KafkaFault fault : {KafkaFault::none, KafkaFault::not_authorized, KafkaFault::other,
                                 KafkaFault::unknown_topic, KafkaFault::out_of_range}) {
    EXPECT_FALSE((KafkaError{fault, {}, {}}.lost())) << to_string(fault);
  }
}

}  // namespace
}  // namespace tidemark
