// How an event becomes a row of state.db and comes back. Shared by the writer and by questions.
#pragma once

#include <cstdint>
#include <string_view>

#include "evaluator/event.h"
#include "storage/database.h"

namespace tidemark {

Statement prepare_event_insertion(Database& database);
// False: it was not written.
bool insert_event(Statement& insertion, std::int64_t cluster, const Event& event);

// The columns that event_of() reads, for a SELECT.
constexpr std::string_view event_columns =
    "key, at, kind, group_name, subject, old, new, reason, sentence, author";
// The row that the statement is at. `at` is what the clock showed then, `clock_step` 0.
Event event_of(const Statement& row);

// 0: the file knows no such cluster.
std::int64_t event_cluster_id(Database& database, std::string_view name);

}  // namespace tidemark
