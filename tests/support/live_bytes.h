// How much memory is in use at this moment, to the byte: a test program that is linked with
// live_bytes.cpp counts every `new` and `delete`, and the blocks of the process's pool. Unlike
// resident memory it knows nothing of what the allocator keeps, so that a leak of one small thing
// an hour shows. Any thread.
#pragma once

#include <cstddef>

namespace tidemark::test {

// Asked for and not given back, with what each block costs beside.
std::size_t live_bytes();

}  // namespace tidemark::test
