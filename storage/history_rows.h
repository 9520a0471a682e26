// How the rows of history.db become samples. Shared by packing and by questions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/time.h"
#include "storage/database.h"
#include "storage/history_sample.h"

namespace tidemark {

// When a group's cluster was looked at, from `from` to before `to`, ascending.
std::vector<Instant> instants_of(Database& database, std::int64_t group, Instant from, Instant to);

// The group's block of that hour, and behind it the pieces that are not packed yet.
std::string block_of_group(Database& database, std::int64_t group, Instant hour,
                           const std::vector<Instant>& instants);

// Calls `each` with the sample at every instant of one block, also where nothing had changed; not
// before the group's first piece. Ends early where a piece is damaged: false.
bool each_sample(Instant block, std::string_view bytes, const std::vector<Instant>& instants,
                 const std::function<void(const GroupSample&)>& each);

}  // namespace tidemark
