#include "storage/waiting_commits.h"

#include <cstring>

namespace tidemark {
namespace {

// Null: it takes more bits. Differences wrap around, so that any two numbers have one.
std::optional<std::int32_t> step(std::int64_t from, std::int64_t to) {
  const auto by =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from));
  const auto out = static_cast<std::int32_t>(by);
  return out == by ? std::optional(out) : std::nullopt;
}
std::int64_t plus(std::int64_t from, std::int64_t by) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(from) +
                                   static_cast<std::uint64_t>(by));
}

}  // namespace

CommitSample WaitingCommits::at(const char* block, std::uint32_t i) {
  const Head head = head_of(block);
  if (i == 0) return {Offset{head.offset}, from_ms(head.ms)};
  Step by;
  std::memcpy(&by, block + sizeof head + (i - 1) * sizeof by, sizeof by);
  return {Offset{plus(head.offset, by.offset)}, from_ms(plus(head.ms, by.ms))};
}

bool WaitingCommits::add(Slot slot, const CommitSample& commit) {
  const auto owner = static_cast<std::uint32_t>(slot);
  char* block = blocks_.get(owner);
  Head head{commit.offset.get(), to_ms(commit.at), 0};
  if (block == nullptr) {
    block = blocks_.resize(owner, sizeof head);
  } else {
    head = head_of(block);
    const auto offset = step(head.offset, commit.offset.get());
    const auto ms = step(head.ms, to_ms(commit.at));
    if (head.count == most || !offset || !ms) return false;
    if (head.count == 1) block = blocks_.resize(owner, sizeof head + (most - 1) * sizeof(Step));
    const Step by{*offset, *ms};
    std::memcpy(block + sizeof head + (head.count - 1) * sizeof by, &by, sizeof by);
  }
  ++head.count;
  std::memcpy(block, &head, sizeof head);
  return true;
}

std::optional<CommitSample> WaitingCommits::newest(Slot slot) const {
  const char* block = block_of(slot);
  if (block == nullptr) return std::nullopt;
  return at(block, head_of(block).count - 1);
}

}  // namespace tidemark
