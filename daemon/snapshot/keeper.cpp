#include "daemon/snapshot/keeper.h"

#include <fmt/format.h>

#include <utility>

#include "core/log.h"
#include "core/percent.h"
#include "storage/field_reader.h"

namespace tidemark {
namespace {

// So long deletions of offsets are kept in the offsets topic: whoever goes on later misses some.
constexpr Duration tombstones_are_kept = std::chrono::hours{24};
// This machine's clock may have been a little ahead.
constexpr Duration may_be_ahead = std::chrono::minutes{5};
constexpr std::chrono::seconds soonest_again{5};
constexpr std::chrono::seconds last_part_within{8};

std::optional<SnapshotHead> head_of(const SnapshotFile& file) {
  if (file.parts().empty()) return std::nullopt;
  const SnapshotFile::Part& first = file.parts().front();
  const auto bytes = file.read(first);
  if (!bytes || first.kind != static_cast<std::uint8_t>(SnapshotPart::head)) return std::nullopt;
  SnapshotHead head;
  FieldReader from(bytes.value());
  from(head);
  return from.done() ? std::optional(std::move(head)) : std::nullopt;
}

}  // namespace

std::string snapshot_name(const std::string& cluster) {
  return "snapshot-" + percent_encode(cluster) + ".bin";
}

SnapshotKeeper::SnapshotKeeper(std::string cluster, SnapshotSettings settings, const Clock& clock)
    : cluster_(std::move(cluster)),
      settings_(std::move(settings)),
      clock_(clock),
      next_(clock.steady() + settings_.interval) {
  if (settings_.path.empty()) return;
  writer_ = std::make_unique<SnapshotWriter>(cluster_, settings_.path, clock_);
}

// --- at the start ---

ResumeFrom SnapshotKeeper::restore(ClusterState& state) {
  if (!writer_) return {};
  const auto opened = SnapshotFile::open(settings_.path);
  if (!opened.file && opened.refused.empty()) return {};
  const auto head = opened.file ? head_of(*opened.file) : std::nullopt;
  if (!head) {
    log::warn("cluster {}: the snapshot {} is refused: {}", cluster_, settings_.path,
              opened.file ? "its head makes no sense" : opened.refused);
    return {};
  }
  const Duration age = shown_now() - head->written;
  const bool fresh = age <= tombstones_are_kept && age >= -may_be_ahead;
  const auto what = fresh ? Restored::What::all : Restored::What::remembered;
  if (!take(state, *opened.file, what)) {
    state.forget_restored();
    log::warn("cluster {}: the snapshot {} is refused: what is in it makes no sense", cluster_,
              settings_.path);
    return {};
  }
  const Restored restored = state.restoring().outcome();
  const std::string of =
      fmt::format("{} groups with {} partitions, of {} s ago ({})", restored.groups,
                  restored.group_partitions, age.count() / 1000, settings_.path);
  if (!fresh) {
    log::info(
        "cluster {}: the snapshot is too old to go on from: only what is usual was restored "
        "of {}",
        cluster_, of);
    return {};
  }
  log::info("cluster {}: restored {}", cluster_, of);
  return {head->cluster_id, state.restoring().positions()};
}

// Groups last: they need the topics.
bool SnapshotKeeper::take(ClusterState& state, const SnapshotFile& file, Restored::What what) {
  Restoring& to = state.restoring();
  const auto head = file.read(file.parts().front());
  if (!head || !to.take_head(head.value(), what)) return false;
  for (const bool groups : {false, true}) {
    for (std::size_t i = 1; i < file.parts().size(); ++i) {
      const auto kind = static_cast<SnapshotPart>(file.parts()[i].kind);
      if ((kind == SnapshotPart::groups) != groups) continue;
      const auto bytes = file.read(file.parts()[i]);
      if (!bytes || !to.take(kind, bytes.value())) return false;
    }
  }
  return true;
}

// --- from then on ---

bool SnapshotKeeper::step(ClusterState& state) {
  if (!writer_) return false;
  if (waiting_ && !writer_->offer(*waiting_, std::chrono::milliseconds{0})) return true;
  waiting_.reset();
  Saving& saving = state.saving();
  const auto now = clock_.steady();
  if (!saving.under_way()) {
    if (now < next_ || !saving.possible() || !state.restoring().settled()) return false;
    saving.begin(clock_.now(), clock_.step());
    next_ = now + settings_.interval;
  }
  waiting_ = saving.next();
  if (!waiting_) {  // an upheaval
    next_ = std::min(next_, now + soonest_again);
    return false;
  }
  if (writer_->offer(*waiting_, std::chrono::milliseconds{0})) waiting_.reset();
  return waiting_ || saving.under_way();
}

void SnapshotKeeper::write_last(ClusterState& state) {
  if (!writer_) return;
  Saving& saving = state.saving();
  if (saving.possible() && state.restoring().settled()) {
    saving.begin(clock_.now(), clock_.step());
    while (auto part = saving.next()) {
      if (!writer_->offer(*part, last_part_within)) break;
    }
  }
  writer_.reset();
}

SnapshotHealth SnapshotKeeper::health(ClusterState& state) const {
  SnapshotHealth out;
  if (writer_) out = writer_->health();
  out.kept = writer_ != nullptr;
  const Restored& restored = state.restoring().outcome();
  if (restored.what == Restored::What::all) out.restored_from = restored.written;
  return out;
}

}  // namespace tidemark
