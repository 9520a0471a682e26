#include "core/errands.h"

namespace tidemark {

Errands::Errands(std::function<void()> wake, std::size_t room)
    : wake_(std::move(wake)), room_(room) {}

std::shared_ptr<Errands::Errand> Errands::add(std::function<void()> call) {
  const auto errand = std::make_shared<Errand>();
  errand->call = std::move(call);
  {
    const MutexLock lock(mutex_);
    if (closed_ || waiting_.size() >= room_) return nullptr;
    waiting_.push_back(errand);
    changed_.notify_all();
  }
  wake_();
  return errand;
}

bool Errands::post(std::function<void()> call) { return add(std::move(call)) != nullptr; }

Errands::Outcome Errands::run(std::function<void()> call, std::chrono::milliseconds limit) {
  const auto errand = add(std::move(call));
  if (!errand) return Outcome::not_begun;
  const MutexLock lock(mutex_);
  const auto end = std::chrono::steady_clock::now() + limit;
  const auto begun = [&]()
                         TM_REQUIRES(mutex_) { return closed_ || errand->state != State::waiting; };
  changed_.wait_until(mutex_, end, begun);
  if (errand->state == State::waiting) {
    errand->state = State::given_up;
    std::erase(waiting_, errand);
    return Outcome::not_begun;
  }
  const auto done = [&]() TM_REQUIRES(mutex_) { return errand->state == State::done; };
  return changed_.wait_until(mutex_, end + limit, done) ? Outcome::done : Outcome::not_ended;
}

std::shared_ptr<Errands::Errand> Errands::next() {
  const MutexLock lock(mutex_);
  if (closed_ || waiting_.empty()) return nullptr;
  std::shared_ptr<Errand> out = std::move(waiting_.front());
  waiting_.pop_front();
  out->state = State::begun;
  changed_.notify_all();
  return out;
}

void Errands::work() {
  while (const auto errand = next()) {
    errand->call();
    const MutexLock lock(mutex_);
    errand->state = State::done;
    changed_.notify_all();
  }
}

void Errands::wait(std::chrono::milliseconds limit) {
  const MutexLock lock(mutex_);
  const auto something = [&]() TM_REQUIRES(mutex_) { return closed_ || !waiting_.empty(); };
  changed_.wait_until(mutex_, std::chrono::steady_clock::now() + limit, something);
}

void Errands::close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

}  // namespace tidemark
