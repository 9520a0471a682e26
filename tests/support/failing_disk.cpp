// Preloaded into a program under test: a disk that fails, or a program that is killed while it
// writes. What the file that TIDEMARK_TEST_DISK names says, anew at each call, becomes of writing
// to files whose names begin as TIDEMARK_TEST_FILES says: "full", "readonly" or "broken"; "before
// N", "amid N" or "after N": the program dies before the first byte of the N-th transaction from
// then on is written, after that byte and before the last, or as soon as all of it is on the disk;
// anything else: it works. A transaction is what lies between two calls of fsync or fdatasync.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

// Looks without the functions below.
std::string order() {
  const char* const name = std::getenv("TIDEMARK_TEST_DISK");
  const int before = errno;
  std::FILE* const file = name != nullptr ? std::fopen(name, "r") : nullptr;
  std::array<char, 16> word{};
  if (file != nullptr) {
    if (std::fgets(word.data(), word.size(), file) == nullptr) word[0] = '\0';
    std::fclose(file);
  }
  errno = before;
  return word.data();
}

// 0: it works.
int trouble() {
  const std::string said = order();
  if (said == "full") return ENOSPC;
  if (said == "readonly") return EROFS;
  return said == "broken" ? EIO : 0;
}

bool is_meant(const char* path) {
  const char* const files = std::getenv("TIDEMARK_TEST_FILES");
  return files != nullptr && path != nullptr && std::strncmp(path, files, std::strlen(files)) == 0;
}

bool is_meant(int file) {
  std::array<char, 64> link{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
  std::array<char, 4096> path{};
  return readlink(link.data(), path.data(), path.size() - 1) > 0 && is_meant(path.data());
}

std::atomic<int> transactions{1};  // the one that is written, counted since there is an order

// Dies if that is the order for this moment, "before", "amid" or "after".
void reach(const char* moment) {
  const std::string said = order();
  if (said == moment + std::string{" "} + std::to_string(transactions)) kill(getpid(), SIGKILL);
}

void one_more_transaction() {
  const std::string said = order();
  if (said.find(' ') != std::string::npos) ++transactions;
}

// Whether to write; if not, errno says why.
bool may_write(int file) {
  if (!is_meant(file)) return true;
  reach("before");
  const int why = trouble();
  if (why != 0) errno = why;
  return why == 0;
}

bool may_open(const char* path, int flags) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  if (!writes || !is_meant(path)) return true;
  const int why = trouble();
  const bool fails =
      why == EROFS || (why == ENOSPC && (flags & O_CREAT) != 0 && access(path, F_OK) != 0);
  if (fails) errno = why;
  return !fails;
}

template <class Written>
Written written(int file, Written result) {
  if (is_meant(file)) reach("amid");
  return result;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int opened(const char* name, const char* path, int flags, mode_t mode) {
  if (!may_open(path, flags)) return -1;
  return real<int(const char*, int, ...)>(name)(path, flags, mode);
}

int synced(const char* name, int file) {
  const auto really = real<int(int)>(name);
  if (!is_meant(file)) return really(file);
  if (trouble() == EIO) {
    errno = EIO;
    return -1;
  }
  const int result = really(file);
  reach("after");
  one_more_transaction();
  return result;
}

mode_t mode_of(int flags, va_list rest) {
  return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened("open64", path, flags, mode);
}

ssize_t write(int file, const void* bytes, size_t size) {
  if (!may_write(file)) return -1;
  return written(file, real<ssize_t(int, const void*, size_t)>("write")(file, bytes, size));
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  if (!may_write(file)) return -1;
  const auto really = real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return written(file, really(file, bytes, size, at));
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  if (!may_write(file)) return -1;
  const auto really = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return written(file, really(file, bytes, size, at));
}

int ftruncate(int file, off_t size) {
  if (!may_write(file)) return -1;
  return real<int(int, off_t)>("ftruncate")(file, size);
}

int ftruncate64(int file, off64_t size) {
  if (!may_write(file)) return -1;
  return real<int(int, off64_t)>("ftruncate64")(file, size);
}

int fsync(int file) { return synced("fsync", file); }

int fdatasync(int file) { return synced("fdatasync", file); }

}  // extern "C"
