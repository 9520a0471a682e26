// A PartitionHistory as a short byte string, and back, without loss. Numbers that belong together
// (the steps between samples, the lengths of remembered gaps, …) share one width of 0 to 8 bytes,
// so that a full window takes some 60 bytes and what is empty takes none. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>

#include "evaluator/partition_history.h"

namespace tidemark {

// Replaces what is in `out`, whose memory is used again.
void pack(const PartitionHistory& history, std::string& out);

// `bytes` come from pack(), and so many behind their end may be read too.
constexpr std::size_t unpack_reads_beyond = 8;
void unpack(const char* bytes, PartitionHistory& into);

}  // namespace tidemark
