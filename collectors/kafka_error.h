// What went wrong between us and a Kafka cluster, told by a code that can be decided upon and by a
// sentence for people. Plain values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tidemark {

// The words are metric labels.
enum class KafkaFault : std::uint8_t {
  none,
  refused,         // nobody listens at the address
  unresolved,      // the name of the host is not known
  timed_out,       // no answer within the time limit
  disconnected,    // any other broken connection
  all_down,        // no broker is connected at present; the causes come as errors of their own
  authentication,  // SASL says no
  tls,             // the handshake fails, or a certificate is not trusted
  not_authorized,  // a right is missing
  unknown_topic,   // a topic or partition that does not exist
  out_of_range,    // a position that is not inside the log
  end_of_log,      // no error: everything up to here is read
  unsupported,     // the brokers do not know this kind of request
  bad_settings,    // librdkafka refuses the settings as a whole
  other,
};
std::string_view to_string(KafkaFault fault);

struct KafkaError {
  KafkaFault fault = KafkaFault::none;
  std::string message;  // librdkafka's words, without secrets
  std::string address;  // host:port of the broker concerned; empty: none

  [[nodiscard]] bool ok() const { return fault == KafkaFault::none; }
  // The broker does not answer, or there is none.
  [[nodiscard]] bool lost() const;
};

// Takes apart what librdkafka's error callback says: "host:port/broker: message (after 3ms in …)".
// `fault` is what its error code alone tells.
KafkaError read_error_text(KafkaFault fault, std::string_view text);

// The cause in a few words that name the address: "connection refused by 127.0.0.1:9".
std::string cause_of(const KafkaError& error);

}  // namespace tidemark
