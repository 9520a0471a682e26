// Numbers as people read them in a table. What is unknown is "-", never 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tidemark::terminal {

// "1,310"
std::string grouped(std::int64_t number);
std::string grouped(std::optional<std::int64_t> number);

// The two largest units: "40s", "5m 40s", "2h 5m", "3d 4h"; "<1s" for less than a second, "0s" for
// nothing at all.
std::string span(double seconds);
std::string span(std::optional<double> seconds);

}  // namespace tidemark::terminal
