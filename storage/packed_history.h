// A PartitionHistory as a short byte string, and back, without loss. Numbers that belong together
// (the steps between samples, the lengths of remembered gaps, …) share one width of 0 to 8 bytes,
// so that a full window takes some 50 bytes and what is empty takes none. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "evaluator/partition_history.h"

namespace tidemark {

// Into `room`, which grows as needed: keep one and pass it every time.
std::string_view pack(const PartitionHistory& history, std::vector<char>& room);

// `bytes` come from pack(), and so many behind their end may be read too.
constexpr std::size_t unpack_reads_beyond = 8;
void unpack(const char* bytes, PartitionHistory& into);
// The newest commit alone, which costs a fraction; null: there is none.
std::optional<CommitSample> unpack_newest(const char* bytes);

}  // namespace tidemark
