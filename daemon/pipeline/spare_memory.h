// Memory that was freed but is still held by the allocator, returned to the operating system. The
// read at start-up leaves several times as much of it as stays in use. Any thread; takes some
// milliseconds, during which other threads may wait to allocate.
#pragma once

namespace tidemark {

void give_back_spare_memory();

}  // namespace tidemark
