// Numbers as people read them, for explanations and traces. Internal to the evaluator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark::words {

std::string number(std::int64_t value);  // "1,310"
std::string number(Offset offset);
std::string records(std::int64_t count);  // "1 record", "1,310 records"
std::string waiting(std::int64_t lag);    // "1 record waits", "1,310 records wait"
// "340 s", "36 min", "2 h 5 min", "3 d 4 h": seconds up to ten minutes, then coarser.
std::string span(Duration value);
std::string span(std::optional<Duration> value);  // "unknown" if null

std::string count(std::int64_t many, std::string_view thing);  // "1 member", "15 members"
// "02:14 UTC"; with its day if that was more than half a day before `now` or is later than it.
// `seconds`: "02:14:05 UTC".
std::string clock(Instant at, Instant now, bool seconds = false);
std::string rate(double per_second);  // "9,400/s", "3.4/s", "20/min", "2/h"
std::string share(double part);       // "41 %", "0.4 %"
std::string factor(double times);     // "1.6", "12", "1,300"
// A length of time as a guess is told: "50 s", "25 min", "6 h", "3 d"; and a range of two of them
// with their unit once where it is the same: "18 to 40 min".
std::string rough(Duration value);
std::string rough(Duration from, Duration to);
// A name from outside: valid UTF-8 on one line, without control characters, cut when it is long.
std::string name(std::string_view raw);

}  // namespace tidemark::words
