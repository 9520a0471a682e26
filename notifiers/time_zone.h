// The clock on the wall somewhere, by the names of the IANA database ("Europe/Berlin", "UTC").
// An immutable value; any thread may ask.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace tidemark {

struct WallTime {
  int weekday = 0;  // 0: Monday
  std::chrono::minutes of_day{0};
};

class TimeZone {
 public:
  // The error says that there is none of this name.
  static Result<TimeZone> load(const std::string& name);

  [[nodiscard]] WallTime at(Instant at) const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Impl;
  TimeZone(std::string name, std::shared_ptr<const Impl> impl);

  std::string name_;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace tidemark
