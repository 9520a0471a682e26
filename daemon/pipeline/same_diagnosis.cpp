#include "daemon/pipeline/same_diagnosis.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tidemark {
namespace {

constexpr double tolerated = 0.05;

bool near(double a, double b) {
  return std::abs(a - b) <= tolerated * std::max(std::abs(a), std::abs(b));
}
bool near(const Speed& a, const Speed& b) { return near(a.likely, b.likely); }
bool near(const Duration& a, const Duration& b) { return near(to_seconds(a), to_seconds(b)); }

template <class Value>
bool near(const std::optional<Value>& a, const std::optional<Value>& b);

bool near(const Outlook& a, const Outlook& b) {
  return near(a.likely, b.likely) && near(a.soonest, b.soonest) && near(a.latest, b.latest);
}

template <class Value>
bool near(const std::optional<Value>& a, const std::optional<Value>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return near(*a, *b);
}

bool same(const Finding& a, const Finding& b) {
  return a.kind == b.kind && a.sentence == b.sentence && a.next_step == b.next_step;
}

bool same(const Forecast& a, const Forecast& b) {
  return a.sentence == b.sentence && near(a.produced, b.produced) && near(a.consumed, b.consumed) &&
         near(a.catch_up, b.catch_up) && near(a.until_loss, b.until_loss) &&
         near(a.faster_to_hold, b.faster_to_hold);
}

}  // namespace

bool same_diagnosis(const Diagnosis& a, const Diagnosis& b) {
  return std::equal(a.findings.begin(), a.findings.end(), b.findings.begin(), b.findings.end(),
                    [](const Finding& x, const Finding& y) { return same(x, y); }) &&
         same(a.forecast, b.forecast);
}

}  // namespace tidemark
