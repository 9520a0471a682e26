// How the allocator of the process holds memory, and when it returns what was freed to the
// operating system.
#pragma once

namespace tidemark {

// Before the process has a second thread.
void set_up_allocator();

// Memory that was freed but is still held by the allocator. The read at start-up leaves several
// times as much of it as stays in use. Any thread; takes some milliseconds, during which other
// threads may wait to allocate.
void give_back_spare_memory();

}  // namespace tidemark
