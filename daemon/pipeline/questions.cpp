#include "daemon/pipeline/questions.h"

#include <chrono>
#include <utility>

namespace tidemark {
namespace {

constexpr Load room{1024, 1'000'000};  // more than there are HTTP threads
constexpr std::chrono::milliseconds limit{1000};

}  // namespace

Questions::Questions(std::string cluster, std::function<void()> wake)
    : cluster_(std::move(cluster)), wake_(std::move(wake)), asked_("questions", room) {}

Result<GroupDetail> Questions::ask(std::string_view group, bool trace) {
  const auto end = std::chrono::steady_clock::now() + limit;
  Question question{std::string(group), trace, {}};
  auto answer = question.answer.get_future();
  const Load load{1, sizeof(Question) + group.size()};
  const bool asked = asked_.push(std::move(question), load, limit);
  if (asked) {
    waiting_ = true;
    wake_();
  }
  if (!asked || answer.wait_until(end) != std::future_status::ready) {
    return Error{"cluster " + cluster_ + " did not answer for group \"" + std::string(group) +
                 "\" within " + std::to_string(limit.count()) + " ms"};
  }
  return answer.get();
}

void Questions::answer(When when, const Answer& answer) {
  std::vector<Question> questions;
  if (when == When::between_observations) questions = std::exchange(put_aside_, {});
  if (waiting_) {
    waiting_ = false;  // before taking: what comes now is seen next time
    for (Question& each : asked_.take(std::chrono::milliseconds{0})) {
      const bool later = when == When::in_a_pause && each.trace;
      (later ? put_aside_ : questions).push_back(std::move(each));
    }
  }
  for (Question& each : questions) each.answer.set_value(answer(each.group, each.trace));
}

}  // namespace tidemark
