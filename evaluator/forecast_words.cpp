#include <fmt/format.h>

#include "evaluator/forecast.h"
#include "evaluator/words.h"

namespace tidemark::forecasts {
namespace {

using words::rough;

std::string catches_up(const Outlook& of) {
  const Duration soonest = of.soonest.value_or(*of.likely);
  std::string out = "At today's speed it catches up in about " + rough(*of.likely);
  if (!of.latest) return out + " (" + rough(soonest) + " at best, never at worst).";
  const bool one = rough(soonest) == rough(*of.latest);
  return out + (one ? "." : " (" + rough(soonest, *of.latest) + ").");
}

std::string faster(double times) {
  if (times < 1.095) return fmt::format("{:.0f} %", (times - 1) * 100);
  return words::factor(times) + " times";
}

std::string never_catches_up(const Forecast& of, bool reads_nothing) {
  std::string out = "It never catches up at this speed";
  if (reads_nothing) return out + ": it reads nothing.";
  if (of.catch_up->soonest) out += " (at best in " + rough(*of.catch_up->soonest) + ")";
  if (of.faster_to_hold) {
    out += ": it would have to read " + faster(*of.faster_to_hold) + " faster to hold";
  }
  return out + ".";
}

// Further away than this nobody plans.
constexpr Duration told_within = std::chrono::hours{30 * 24};

bool loss_is_worth_telling(const Forecast& of) {
  if (!of.until_loss || !of.until_loss->soonest || *of.until_loss->soonest > told_within) {
    return false;
  }
  const bool caught_up_before =
      of.catch_up && of.catch_up->latest && *of.catch_up->latest < *of.until_loss->soonest;
  return !caught_up_before;
}

std::string loses(const Outlook& of) {
  if (!of.likely) {
    return "Retention may remove unread records, in " + rough(*of.soonest) + " at the soonest.";
  }
  if (*of.likely <= Duration{0}) return "Retention removes unread records now.";
  std::string out = "Retention removes unread records in about " + rough(*of.likely);
  if (!of.latest) return out + " (" + rough(*of.soonest) + " at the soonest).";
  const bool one = rough(*of.soonest) == rough(*of.latest);
  return out + (one ? "." : " (" + rough(*of.soonest, *of.latest) + ").");
}

}  // namespace

std::string sentence(const Forecast& forecast, bool reads_nothing) {
  std::string out;
  if (forecast.catch_up) {
    out = forecast.catch_up->likely ? catches_up(*forecast.catch_up)
                                    : never_catches_up(forecast, reads_nothing);
  }
  if (loss_is_worth_telling(forecast)) {
    out += (out.empty() ? "" : " ") + loses(*forecast.until_loss);
  }
  return out;
}

}  // namespace tidemark::forecasts
