// Waits for a blocking call without being bound to it: when a stop request comes first, the caller
// goes on, and the call ends later by its own time limit, unobserved.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace tidemark {

// `call` runs on a thread of its own and may refer only to what it owns. `meanwhile` runs on the
// caller's thread every `step`. Null: stopped.
template <class T>
std::optional<T> call_patiently(const std::stop_token& stop, std::function<T()> call,
                                const std::function<void()>& meanwhile) {
  constexpr std::chrono::milliseconds step{50};
  auto promise = std::make_shared<std::promise<T>>();
  auto answer = promise->get_future();
  std::thread([promise, call = std::move(call)] { promise->set_value(call()); }).detach();
  while (answer.wait_for(step) != std::future_status::ready) {
    if (stop.stop_requested()) return std::nullopt;
    meanwhile();
  }
  return answer.get();
}

}  // namespace tidemark
