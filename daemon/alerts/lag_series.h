// The lag of a group over the time before a message, for the picture in it: from history.db.
#pragma once

#include <string>
#include <vector>

#include "notifiers/incident.h"
#include "notifiers/message.h"
#include "storage/history_sample.h"

namespace tidemark {

// By time; not known where nothing was recorded. At most `most_points`: of several that fall
// together the highest stays. Pure.
constexpr std::size_t most_points = 240;
std::vector<LagPoint> lag_points(const std::vector<GroupSample>& samples);

// The last hour before `until`, or from a quarter of an hour before the trouble began, if that is
// longer (a day at most). `path` is that of history.db; empty if it can't be read, or of a cluster.
// Any thread; it reads the file for some milliseconds.
std::vector<LagPoint> lag_series(const std::string& path, const IncidentKey& of, Instant since,
                                 Instant until);

}  // namespace tidemark
