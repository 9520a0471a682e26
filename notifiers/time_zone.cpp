#include "notifiers/time_zone.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <utility>

namespace tidemark {

struct TimeZone::Impl {
  absl::TimeZone zone;
};

TimeZone::TimeZone(std::string name, std::shared_ptr<const Impl> impl)
    : name_(std::move(name)), impl_(std::move(impl)) {}

Result<TimeZone> TimeZone::load(const std::string& name) {
  auto impl = std::make_shared<Impl>();
  if (!absl::LoadTimeZone(name, &impl->zone)) {
    return Error{
        "no time zone of this name is known on this machine; write it as in the IANA "
        "database, for example \"Europe/Berlin\" or \"UTC\""};
  }
  return TimeZone{name, std::move(impl)};
}

WallTime TimeZone::at(Instant at) const {
  const absl::CivilSecond civil = absl::ToCivilSecond(absl::FromUnixMillis(to_ms(at)), impl_->zone);
  const auto day = absl::GetWeekday(absl::CivilDay(civil));
  return {static_cast<int>(day), std::chrono::minutes{civil.hour() * 60 + civil.minute()}};
}

}  // namespace tidemark
