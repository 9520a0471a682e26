#include "daemon/pipeline/questions.h"

#include <chrono>
#include <limits>

namespace tidemark {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t room = 1024;  // more than there are HTTP threads
constexpr std::chrono::milliseconds limit{1000};
constexpr std::size_t everybody = std::numeric_limits<std::size_t>::max();

}  // namespace

Questions::Questions(std::string cluster, Look look, std::function<void()> wake)
    : cluster_(std::move(cluster)), look_(std::move(look)), wake_(std::move(wake)) {}

Result<GroupDetail> Questions::ask(std::string_view group, bool trace) {
  if (!enter(trace)) {
    return Error{"cluster " + cluster_ + " did not answer for group \"" + std::string(group) +
                 "\" within " + std::to_string(limit.count()) + " ms"};
  }
  struct Visit {
    Questions& at;
    ~Visit() { at.go(); }
  };
  auto out = [&] {
    const Visit visit{*this};
    return look_(group, trace);
  }();
  if (trace) wake_();
  return out;
}

bool Questions::enter(bool trace) {
  const MutexLock lock(mutex_);
  ++asked_;
  bool entered = may_enter(trace);
  if (!entered && !closed_ && waiting_ < room) {
    ++waiting_;
    for_trace_ += trace ? 1 : 0;
    anybody_ = true;
    const auto ready = [&]() TM_REQUIRES(mutex_) { return closed_ || may_enter(trace); };
    changed_.wait_until(mutex_, Steady::now() + limit, ready);
    entered = may_enter(trace);
    for_trace_ -= trace ? 1 : 0;
    anybody_ = --waiting_ > 0;
  }
  if (entered) {
    looking_ = true;
    if (places_ != everybody) --places_;
  } else {
    ++refused_;
    changed_.notify_all();  // the pipeline may wait for this one
  }
  return entered;
}

void Questions::go() {
  const MutexLock lock(mutex_);
  looking_ = false;
  changed_.notify_all();
}

bool Questions::may_enter(bool trace) const {
  return !closed_ && !looking_ && places_ > 0 && (for_traces_ || !trace);
}

std::size_t Questions::may_come() const { return for_traces_ ? waiting_ : waiting_ - for_trace_; }

void Questions::stand_aside(When when) {
  const MutexLock lock(mutex_);
  if (looking_) return;  // a pause of what an answer with a trace judges: its asker is not done
  for_traces_ = when == When::between_observations;
  places_ = may_come();
  if (places_ == 0) return;
  changed_.notify_all();
  const auto all_have = [&]() TM_REQUIRES(mutex_) {
    return !looking_ && (places_ == 0 || may_come() == 0);
  };
  while (!changed_.wait_until(mutex_, Steady::now() + limit, all_have)) {
  }
  places_ = 0;
}

void Questions::leave() {
  const MutexLock lock(mutex_);
  for_traces_ = true;
  places_ = everybody;
  if (waiting_ > 0) changed_.notify_all();
}

void Questions::come_back() {
  const MutexLock lock(mutex_);
  places_ = 0;
  const auto nobody_looks = [&]() TM_REQUIRES(mutex_) { return !looking_; };
  while (!changed_.wait_until(mutex_, Steady::now() + limit, nobody_looks)) {
  }
}

void Questions::close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

ChannelStats Questions::stats() const {
  const MutexLock lock(mutex_);
  ChannelStats out;
  out.name = "questions";
  out.depth = out.weight = waiting_;
  out.capacity = room;
  out.pushed = asked_;
  out.dropped = refused_;
  return out;
}

}  // namespace tidemark
