// The file that a snapshot is in: parts, each of a kind, with its length and checksum, and an end
// that tells how many there are. What they mean is for others to say.
//
// It is written beside the one from before, flushed to the disk and put into its place: at any time
// there is a whole one, or none. One thread each; failures name the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark {

class SnapshotFileWriter {
 public:
  explicit SnapshotFileWriter(std::string path);
  ~SnapshotFileWriter();  // without finish() nothing is left of it
  SnapshotFileWriter(const SnapshotFileWriter&) = delete;
  SnapshotFileWriter& operator=(const SnapshotFileWriter&) = delete;

  Status begin();
  // `kind` is at least 1. After a failure nothing else is of use.
  Status add(std::uint8_t kind, std::string_view bytes);
  // From here on this is the snapshot.
  Status finish();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  // of the file so far

 private:
  Status write(std::string_view bytes);
  Status add_part(std::uint8_t kind, std::string_view bytes);
  [[nodiscard]] Error failure(const char* what) const;

  const std::string path_;
  const std::string beside_;
  int file_ = -1;
  std::uint64_t parts_ = 0;
  std::uint64_t bytes_ = 0;
};

// One that was found whole; it stays open, whatever is put into its place.
class SnapshotFile {
 public:
  struct Part {
    std::uint8_t kind = 0;
    std::uint64_t at = 0;  // in the file
    std::uint64_t size = 0;
    std::uint32_t sum = 0;
  };
  struct Opened;

  // Reads all of it, and checks it.
  static Opened open(const std::string& path);

  SnapshotFile(SnapshotFile&& other) noexcept;
  SnapshotFile& operator=(SnapshotFile&&) = delete;
  ~SnapshotFile();

  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
  [[nodiscard]] std::uint64_t bytes() const { return size_; }
  Result<std::string> read(const Part& part) const;

 private:
  explicit SnapshotFile(int file) : file_(file) {}
  std::string check();
  std::string check_part(std::uint64_t& at, bool& end);
  bool read_at(std::uint64_t at, char* into, std::size_t size) const;

  int file_ = -1;
  std::uint64_t size_ = 0;
  std::vector<Part> parts_;
};

struct SnapshotFile::Opened {
  std::optional<SnapshotFile> file;
  std::string refused;  // why it is of no use; empty without a file: there is none
};

}  // namespace tidemark
