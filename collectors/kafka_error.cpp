#include "collectors/kafka_error.h"

#include <fmt/format.h>

namespace tidemark {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// "sasl_ssl://host:port/bootstrap" → "host:port"; empty if `name` is no broker's.
std::string address_in(std::string_view name) {
  if (const auto scheme = name.find("://"); scheme != name.npos) name.remove_prefix(scheme + 3);
  const auto slash = name.rfind('/');
  if (slash == name.npos || name.rfind(':', slash) == name.npos) return {};
  return std::string(name.substr(0, slash));
}

std::string_view without_state(std::string_view text) {
  const auto after = text.rfind(" (after ");
  return after == text.npos || !text.ends_with(')') ? text : text.substr(0, after);
}

KafkaFault refine(KafkaFault fault, std::string_view text) {
  if (fault != KafkaFault::disconnected) return fault;
  if (contains(text, "Connection refused")) return KafkaFault::refused;
  if (contains(text, "Failed to resolve")) return KafkaFault::unresolved;
  if (contains(text, "timed out") || contains(text, "Timed out")) return KafkaFault::timed_out;
  if (contains(text, "SSL routines")) return KafkaFault::tls;  // an alert from the broker
  return fault;
}

std::string host_of(const std::string& address) { return address.substr(0, address.rfind(':')); }

}  // namespace

std::string_view to_string(KafkaFault fault) {
  switch (fault) {
    case KafkaFault::none:
      return "none";
    case KafkaFault::refused:
      return "refused";
    case KafkaFault::unresolved:
      return "unresolved";
    case KafkaFault::timed_out:
      return "timed_out";
    case KafkaFault::disconnected:
      return "disconnected";
    case KafkaFault::all_down:
      return "all_down";
    case KafkaFault::authentication:
      return "authentication";
    case KafkaFault::tls:
      return "tls";
    case KafkaFault::not_authorized:
      return "not_authorized";
    case KafkaFault::unknown_topic:
      return "unknown_topic";
    case KafkaFault::out_of_range:
      return "out_of_range";
    case KafkaFault::end_of_log:
      return "end_of_log";
    case KafkaFault::unsupported:
      return "unsupported";
    case KafkaFault::bad_settings:
      return "bad_settings";
    case KafkaFault::other:
      return "other";
  }
  return "other";
}

bool KafkaError::lost() const {
  switch (fault) {
    case KafkaFault::refused:
    case KafkaFault::unresolved:
    case KafkaFault::timed_out:
    case KafkaFault::disconnected:
    case KafkaFault::all_down:
    case KafkaFault::authentication:
    case KafkaFault::tls:
      return true;
    default:
      return false;
  }
}

KafkaError read_error_text(KafkaFault fault, std::string_view text) {
  KafkaError error;
  const auto colon = text.find(": ");
  if (colon != text.npos) error.address = address_in(text.substr(0, colon));
  if (!error.address.empty()) text.remove_prefix(colon + 2);
  error.fault = refine(fault, text);
  error.message = without_state(text);
  return error;
}

std::string cause_of(const KafkaError& error) {
  const std::string& at = error.address;
  if (at.empty()) return error.message;
  switch (error.fault) {
    case KafkaFault::refused:
      return fmt::format("connection refused by {}", at);
    case KafkaFault::unresolved:
      return fmt::format("cannot resolve {}", host_of(at));
    case KafkaFault::timed_out:
      return fmt::format("{} does not answer: timed out", at);
    default:
      return fmt::format("{}: {}", at, error.message);
  }
}

}  // namespace tidemark
