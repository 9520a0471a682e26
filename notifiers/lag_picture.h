// The small picture in a mail: lag over time, by Cairo. Without letters, so that it needs no fonts;
// the numbers stand beside it.
#pragma once

#include <string>
#include <vector>

#include "notifiers/message.h"

namespace tidemark {

constexpr int picture_width = 480;  // drawn at twice that, for fine screens
constexpr int picture_height = 120;

// PNG. Empty if there are not at least two points with a known lag.
std::string lag_picture(const std::vector<LagPoint>& points);

// What stands below it: "Lag from 21:12 to 22:12 UTC; 48,200 records at most".
std::string picture_words(const std::vector<LagPoint>& points, Instant now);

}  // namespace tidemark
