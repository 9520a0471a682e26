#include "collectors/settings_schedule.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t most_in_a_request = 200;
constexpr Duration again_after = std::chrono::minutes{10};
constexpr Duration first_backoff = std::chrono::seconds{5};
constexpr Duration longest_backoff = std::chrono::minutes{5};

}  // namespace

void SettingsSchedule::topics(const std::vector<std::string>& names) {
  std::map<std::string, Steady> now_there;
  for (const std::string& name : names) {
    const auto known = next_.find(name);
    now_there.emplace(name, known == next_.end() ? Steady{} : known->second);
  }
  next_ = std::move(now_there);
}

std::vector<std::string> SettingsSchedule::due(Steady now) const {
  std::vector<std::string> out;
  if (now < not_before_) return out;
  for (const auto& [name, at] : next_) {
    if (at > now) continue;
    out.push_back(name);
    if (out.size() == most_in_a_request) break;
  }
  return out;
}

void SettingsSchedule::answered(const std::vector<std::string>& names, Steady now) {
  backoff_ = Duration{0};
  for (const std::string& name : names) {
    if (const auto found = next_.find(name); found != next_.end()) {
      found->second = now + again_after;
    }
  }
}

void SettingsSchedule::failed(Steady now) {
  backoff_ = std::clamp(2 * backoff_, first_backoff, longest_backoff);
  not_before_ = now + backoff_;
}

}  // namespace tidemark
