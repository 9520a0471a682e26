#include "core/urgency.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace tidemark {
namespace {

// The kernel takes no longer ones; its own are 1 to 4 ms.
constexpr std::chrono::nanoseconds longest_turn = std::chrono::milliseconds{100};
constexpr std::int32_t nicer = 10;  // each step takes a fifth of the share
constexpr std::int32_t nicest = 19;

// As sched_setattr(2) takes it; the C library has no name for it.
struct Attributes {
  std::uint32_t size = sizeof(Attributes);
  std::uint32_t policy = 0;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0;  // of a turn, where nothing is real time
  std::uint64_t deadline = 0;
  std::uint64_t period = 0;
};

void take_turns(std::chrono::nanoseconds turn, std::int32_t add_nice) {
  Attributes attributes;
  if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return;
  if (attributes.policy != SCHED_OTHER && attributes.policy != SCHED_BATCH) return;
  attributes.policy = SCHED_BATCH;  // does not push anybody aside when it wakes
  attributes.nice = std::min(attributes.nice + add_nice, nicest);
  attributes.runtime = static_cast<std::uint64_t>(turn.count());
  syscall(SYS_sched_setattr, 0, &attributes, 0);
}

}  // namespace

void take_long_turns() { take_turns(std::chrono::milliseconds{20}, 0); }

void take_longest_turns() { take_turns(longest_turn, 0); }

void give_way() { take_turns(longest_turn, nicer); }

}  // namespace tidemark
