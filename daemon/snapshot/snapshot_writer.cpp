#include "daemon/snapshot/snapshot_writer.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "core/urgency.h"

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds look_every{500};

}  // namespace

SnapshotWriter::SnapshotWriter(std::string cluster, std::string path, const Clock& clock)
    : cluster_(std::move(cluster)),
      path_(std::move(path)),
      clock_(clock),
      thread_("snap " + cluster_, [this](const std::stop_token& stop) { run(stop); }) {}

SnapshotWriter::~SnapshotWriter() { parts_.close(); }

bool SnapshotWriter::offer(Saving::Part& part, std::chrono::milliseconds limit) {
  const Load load{1, part.bytes.size()};
  return parts_.offer(part, load, limit);
}

SnapshotHealth SnapshotWriter::health() const {
  const MutexLock lock(mutex_);
  return health_;
}

// To the end of what was handed over, also when it is to stop: that is the last one.
void SnapshotWriter::run(const std::stop_token&) {
  give_way();
  while (true) {
    const bool closed = parts_.closed();
    for (const Saving::Part& part : parts_.take(look_every)) take(part);
    if (closed) return;
  }
}

void SnapshotWriter::take(const Saving::Part& part) {
  if (part.kind == SnapshotPart::head) {
    began_ = clock_.steady();
    std::error_code no_matter;  // begin() says what is wrong
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), no_matter);
    file_ = std::make_unique<SnapshotFileWriter>(path_);
    if (const Status begun = file_->begin(); !begun) return failed(begun.error());
  }
  if (!file_) return;
  if (const Status done = write(part); !done) return failed(done.error());
  if (part.last) written();
}

Status SnapshotWriter::write(const Saving::Part& part) {
  Status added = file_->add(static_cast<std::uint8_t>(part.kind), part.bytes);
  return added && part.last ? file_->finish() : added;
}

void SnapshotWriter::failed(const Error& error) {
  file_.reset();
  {
    const MutexLock lock(mutex_);
    ++health_.failures;
    health_.problem = error.message;
  }
  if (!complaints_.pass(clock_.steady())) return;
  log::error("cluster {}: no snapshot was written: {}; trying again at each interval", cluster_,
             error.message);
}

void SnapshotWriter::written() {
  bool again = false;
  {
    const MutexLock lock(mutex_);
    again = !health_.problem.empty();
    health_.problem.clear();
    health_.written_at = clock_.now();
    health_.bytes = file_->bytes();
    health_.took = std::chrono::duration_cast<Duration>(clock_.steady() - began_);
  }
  file_.reset();
  if (again) log::info("cluster {}: snapshots are written again, to {}", cluster_, path_);
}

}  // namespace tidemark
