#include "daemon/pipeline/spare_memory.h"

#include <malloc.h>

#include "core/block_pool.h"

namespace tidemark {
namespace {

constexpr int megabyte = 1024 * 1024;

}  // namespace

// A record's memory is taken by one thread and freed by another, and each answer of a broker is a
// block of 8 MB. With an arena for each thread, what is freed lies where nobody allocates, and the
// kernel is asked for fresh pages; with two, the read at start-up takes some 5 % less CPU time and
// is the same each time. The two sizes belong together: when one is set the other stands still too,
// at 128 kB, and then each answer is mapped and unmapped, which takes half as much time again. 32
// MB is the most that is taken for a mapping. And what is freed is joined with its neighbours at
// once: glibc would do it by the ten thousand when somebody asks for a longer block, who perhaps
// makes an answer.
void set_up_allocator() {
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MXFAST, 0);
  mallopt(M_MMAP_THRESHOLD, 32 * megabyte);
  mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
}

void give_back_spare_memory() {
  BlockPool::shared().trim();
  malloc_trim(0);
}

}  // namespace tidemark
