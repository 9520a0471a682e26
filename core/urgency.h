// Which of this process's threads get a core first when they are more than the cores: those that
// answer somebody who waits. Each function is about the calling thread and those that it starts
// from now on, for as long as they live. Nobody needs special rights for them; a kernel that does
// not know one, or is told to schedule this process in a manner of its own, goes on as before.
#pragma once

namespace tidemark {

// For work that never ends: takes its share of the cores in long turns, pushes nobody aside when it
// wakes, and a thread that wakes with a shorter turn need not wait for the end of such a one (Linux
// 6.12).
void take_long_turns();

// The same for work that nobody's answer waits for: those who ask brokers go before it.
void take_longest_turns();

// For one long piece of work: the same, with a tenth of the share that others get.
void give_way();

}  // namespace tidemark
