#include "storage/snapshot_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace tidemark {
namespace {

constexpr std::string_view magic = "tidemark snapshot\n";
constexpr char version = 1;
constexpr std::size_t begin_bytes = magic.size() + 1;
constexpr std::uint8_t end_kind = 0;
constexpr std::size_t checked_at_once = 1'000'000;

// Kind, length, checksum of these two and of what follows.
constexpr std::size_t summed_bytes = 1 + 8;
using Head = std::array<char, summed_bytes + 4>;

std::uint32_t sum_of(std::string_view bytes, std::uint32_t before) {
  while (!bytes.empty()) {  // zlib counts in 32 bits
    const std::string_view some = bytes.substr(0, checked_at_once);
    before = static_cast<std::uint32_t>(
        crc32(before, reinterpret_cast<const Bytef*>(some.data()), static_cast<uInt>(some.size())));
    bytes.remove_prefix(some.size());
  }
  return before;
}

void put_little_endian(char* to, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) to[i] = static_cast<char>(value >> (8 * i));
}

std::uint64_t little_endian(const char* from, std::size_t bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    out |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
  }
  return out;
}

Head head_of(std::uint8_t kind, std::string_view bytes) {
  Head head{};
  head[0] = static_cast<char>(kind);
  put_little_endian(&head[1], bytes.size(), 8);
  const auto sum = sum_of(bytes, sum_of({head.data(), summed_bytes}, 0));
  put_little_endian(&head[summed_bytes], sum, 4);
  return head;
}

// A rename is on the disk once its folder is.
bool flush_folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool flushed = ::fsync(opened) == 0;
  ::close(opened);
  return flushed;
}

}  // namespace

// --- writing
// -----------------------------------------------------------------------------

SnapshotFileWriter::SnapshotFileWriter(std::string path)
    : path_(std::move(path)), beside_(path_ + ".new") {}

SnapshotFileWriter::~SnapshotFileWriter() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(beside_.c_str());
}

Error SnapshotFileWriter::failure(const char* what) const {
  return Error{"can't " + std::string(what) + " " + beside_ + ": " + std::strerror(errno)};
}

Status SnapshotFileWriter::begin() {
  file_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file_ < 0) return failure("create");
  const Status written = write(magic);
  return written ? write({&version, 1}) : written;
}

Status SnapshotFileWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failure("write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
    bytes_ += static_cast<std::uint64_t>(count);
  }
  return Done{};
}

Status SnapshotFileWriter::add_part(std::uint8_t kind, std::string_view bytes) {
  const Head head = head_of(kind, bytes);
  const Status written = write({head.data(), head.size()});
  return written ? write(bytes) : written;
}

Status SnapshotFileWriter::add(std::uint8_t kind, std::string_view bytes) {
  ++parts_;
  return add_part(kind, bytes);
}

Status SnapshotFileWriter::finish() {
  std::array<char, 8> count{};
  put_little_endian(count.data(), parts_, count.size());
  if (const Status ended = add_part(end_kind, {count.data(), count.size()}); !ended) return ended;
  if (::fsync(file_) != 0) return failure("flush");
  if (::rename(beside_.c_str(), path_.c_str()) != 0) return failure("put into its place");
  ::close(std::exchange(file_, -1));
  if (!flush_folder_of(path_)) return failure("flush the folder of");
  return Done{};
}

// --- reading
// -----------------------------------------------------------------------------

SnapshotFile::SnapshotFile(SnapshotFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)), size_(other.size_), parts_(std::move(other.parts_)) {}

SnapshotFile::~SnapshotFile() {
  if (file_ >= 0) ::close(file_);
}

SnapshotFile::Opened SnapshotFile::open(const std::string& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0 && errno == ENOENT) return {};
  if (opened < 0) return {std::nullopt, std::string("it can't be opened: ") + std::strerror(errno)};
  SnapshotFile file(opened);
  std::string refused = file.check();
  if (!refused.empty()) return {std::nullopt, std::move(refused)};
  return {std::move(file), ""};
}

bool SnapshotFile::read_at(std::uint64_t at, char* into, std::size_t size) const {
  while (size > 0) {
    const auto count = ::pread(file_, into, size, static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    into += count;
    at += static_cast<std::uint64_t>(count);
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

std::string SnapshotFile::check() {
  struct stat info {};
  if (::fstat(file_, &info) != 0) return std::string("it can't be read: ") + std::strerror(errno);
  size_ = static_cast<std::uint64_t>(info.st_size);
  std::array<char, begin_bytes> begin{};
  if (!read_at(0, begin.data(), begin.size())) return "it is torn: it has no beginning";
  if (std::string_view(begin.data(), magic.size()) != magic) return "it is no snapshot";
  if (begin[magic.size()] != version) {
    return "it is of format " + std::to_string(int{begin[magic.size()]}) +
           ", and this version reads format " + std::to_string(int{version});
  }
  std::uint64_t at = begin_bytes;
  for (bool end = false; !end;) {
    if (std::string refused = check_part(at, end); !refused.empty()) return refused;
  }
  return at == size_ ? "" : "it goes on behind its end";
}

std::string SnapshotFile::check_part(std::uint64_t& at, bool& end) {
  const std::string where = " at byte " + std::to_string(at);
  Head head{};
  if (!read_at(at, head.data(), head.size())) return "it is torn" + where;
  Part part{static_cast<std::uint8_t>(head[0]), at + head.size(), little_endian(&head[1], 8),
            static_cast<std::uint32_t>(little_endian(&head[summed_bytes], 4))};
  if (part.size > size_ - part.at) return "it is torn" + where;
  std::uint32_t sum = sum_of({head.data(), summed_bytes}, 0);
  std::string some;
  for (std::uint64_t done = 0; done < part.size; done += some.size()) {
    some.resize(std::min<std::uint64_t>(checked_at_once, part.size - done));
    if (!read_at(part.at + done, some.data(), some.size())) return "it is torn" + where;
    sum = sum_of(some, sum);
  }
  if (sum != part.sum) return "it is damaged" + where;
  at = part.at + part.size;
  end = part.kind == end_kind;
  if (!end) {
    parts_.push_back(part);
  } else if (some.size() != 8 || little_endian(some.data(), 8) != parts_.size()) {
    return "parts of it are missing";
  }
  return "";
}

Result<std::string> SnapshotFile::read(const Part& part) const {
  std::string out(part.size, '\0');
  if (!read_at(part.at, out.data(), out.size())) {
    return Error{std::string("it can't be read: ") + std::strerror(errno)};
  }
  return out;
}

}  // namespace tidemark
