// Preloaded into a program under test: its machine's clock is ahead by as many seconds as the file
// that TIDEMARK_TEST_CLOCK names says, anew at each look. Only the time of day; counting clocks go
// on as they are.
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

extern "C" int clock_gettime(clockid_t clock, timespec* at) {
  const long failed = syscall(SYS_clock_gettime, clock, at);
  if (failed != 0 || clock != CLOCK_REALTIME) return static_cast<int>(failed);
  const char* const name = std::getenv("TIDEMARK_TEST_CLOCK");
  std::FILE* const file = name != nullptr ? std::fopen(name, "r") : nullptr;
  long ahead = 0;
  if (file != nullptr) {
    if (std::fscanf(file, "%ld", &ahead) != 1) ahead = 0;
    std::fclose(file);
  }
  at->tv_sec += ahead;
  return 0;
}
