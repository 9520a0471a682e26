#include "storage/window_store.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <functional>
#include <limits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

// Durations of more than 49 days count as 49 days: no rule tells them apart.
std::uint32_t to_ms32(Duration span) {
  constexpr auto most = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(span.count(), 0, most));
}

struct __attribute__((packed)) PackedRemembered {
  std::int64_t from_ms;
  std::uint32_t length_ms;
};

struct PackedFour {
  std::array<PackedRemembered, 4> held;

  void pack(const RememberedFour& four) {
    for (std::size_t i = 0; i < four.count; ++i) {
      held.at(i) = {to_ms(four.held.at(i).from), to_ms32(four.held.at(i).length)};
    }
  }
  [[nodiscard]] RememberedFour unpack(std::uint8_t count) const {
    RememberedFour four;
    four.count = count;
    for (std::size_t i = 0; i < count; ++i) {
      four.held.at(i) = {Duration{held.at(i).length_ms}, from_ms(held.at(i).from_ms)};
    }
    return four;
  }
};

// The samples of a window, as steps from the oldest one where they fit into 32 bits.
class PackedWindow {
 public:
  void pack(const std::vector<CommitSample>& window) {
    const bool narrow = fits_narrow(window);
    const std::size_t size = window.size() * (narrow ? sizeof(Step) : sizeof(CommitSample));
    if (window.size() != count_ || narrow != narrow_) {
      bytes_ = std::make_unique<std::byte[]>(size);
      count_ = static_cast<std::uint8_t>(window.size());
      narrow_ = narrow;
    }
    if (window.empty()) return;
    if (!narrow) {
      std::memcpy(bytes_.get(), window.data(), size);
      return;
    }
    base_ = window.front();
    for (std::size_t i = 0; i < window.size(); ++i) {
      const Step step{static_cast<std::int32_t>(window[i].offset - base_.offset),
                      static_cast<std::int32_t>((window[i].at - base_.at).count())};
      std::memcpy(bytes_.get() + i * sizeof(Step), &step, sizeof(Step));
    }
  }

  void unpack(std::vector<CommitSample>& window) const {
    window.resize(count_);
    if (!narrow_) {
      if (count_ > 0) std::memcpy(window.data(), bytes_.get(), count_ * sizeof(CommitSample));
      return;
    }
    for (std::size_t i = 0; i < count_; ++i) {
      Step step{};
      std::memcpy(&step, bytes_.get() + i * sizeof(Step), sizeof(Step));
      window[i] = {Offset{base_.offset.get() + step.offset}, base_.at + Duration{step.ms}};
    }
  }

  [[nodiscard]] std::size_t heap_bytes() const {
    return count_ * (narrow_ ? sizeof(Step) : sizeof(CommitSample));
  }

 private:
  struct Step {
    std::int32_t offset;
    std::int32_t ms;
  };

  static bool fits_narrow(const std::vector<CommitSample>& window) {
    const auto fits = [](std::int64_t step) {
      return step >= std::numeric_limits<std::int32_t>::min() &&
             step <= std::numeric_limits<std::int32_t>::max();
    };
    return std::all_of(window.begin(), window.end(), [&](const CommitSample& sample) {
      return fits(sample.offset - window.front().offset) &&
             fits((sample.at - window.front().at).count());
    });
  }

  std::unique_ptr<std::byte[]> bytes_;
  CommitSample base_{};
  std::uint8_t count_ = 0;
  bool narrow_ = false;
};

struct PackedSince {
  std::int64_t at_ms = 0;

  static PackedSince pack(const Since& since) { return {to_ms(since.at)}; }
  [[nodiscard]] Since unpack(Since::Source source) const { return {source, from_ms(at_ms)}; }
};

}  // namespace

struct WindowStore::Impl {
  // What few partitions have at a time, kept beside the rows.
  struct Rare {
    std::vector<PendingMove> pending;
    std::optional<Offset> probed_to;
    std::optional<Instant> probe_record;
  };

  struct Row {
    std::unique_ptr<char[]> key;
    PackedWindow window;
    std::int64_t standing_since_ms = 0;
    PackedSince unread_since;
    PackedSince waiting_since;
    PackedFour gaps;
    PackedFour lateness;
    std::uint32_t worst_ms = 0;
    std::uint32_t least_ms = 0;
    std::uint32_t newest_ms = 0;
    std::uint32_t key_size = 0;
    std::uint8_t gap_count : 3 = 0;
    std::uint8_t lateness_count : 3 = 0;
    std::uint8_t run_open : 1 = 0;
    std::uint8_t run_held_outage : 1 = 0;
    std::uint8_t run_falling_behind : 1 = 0;
    std::uint8_t run_any_lateness : 1 = 0;
    std::uint8_t run_lateness_in_run : 1 = 0;
    std::uint8_t beyond_log_end : 1 = 0;
    std::uint8_t unread_source : 2 = 0;
    std::uint8_t waiting_source : 2 = 0;
    std::uint8_t has_rare : 1 = 0;

    [[nodiscard]] std::string_view key_view() const { return {key.get(), key_size}; }
  };

  struct KeyHash {
    using is_transparent = void;
    const std::deque<Row>* rows;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>{}(key);
    }
    std::size_t operator()(std::uint32_t slot) const { return (*this)((*rows)[slot].key_view()); }
  };
  struct KeyEqual {
    using is_transparent = void;
    const std::deque<Row>* rows;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t a, std::string_view b) const {
      return (*rows)[a].key_view() == b;
    }
    bool operator()(std::string_view a, std::uint32_t b) const { return (*this)(b, a); }
  };

  std::deque<Row> rows;  // grows in chunks: no doubling, nothing moves
  std::vector<std::uint32_t> free;
  absl::flat_hash_set<std::uint32_t, KeyHash, KeyEqual> index{0, KeyHash{&rows}, KeyEqual{&rows}};
  std::unordered_map<std::uint32_t, Rare> rare;

  Row& row(Slot slot) { return rows[static_cast<std::uint32_t>(slot)]; }
  [[nodiscard]] const Row& row(Slot slot) const { return rows[static_cast<std::uint32_t>(slot)]; }

  void save_rare(Slot slot, const PartitionHistory& history) {
    const bool has = !history.pending.empty() || history.probed_to || history.probe_record;
    Row& into = row(slot);
    if (has) {
      Rare& kept = rare[static_cast<std::uint32_t>(slot)];
      kept.pending = history.pending;
      kept.probed_to = history.probed_to;
      kept.probe_record = history.probe_record;
    } else if (into.has_rare != 0) {
      rare.erase(static_cast<std::uint32_t>(slot));
    }
    into.has_rare = has ? 1 : 0;
  }
};

WindowStore::WindowStore() : impl_(std::make_unique<Impl>()) {}
WindowStore::~WindowStore() = default;

std::optional<Slot> WindowStore::find(std::string_view key) const {
  const auto found = impl_->index.find(key);
  if (found == impl_->index.end()) return std::nullopt;
  return Slot{*found};
}

Slot WindowStore::add(std::string_view key) {
  std::uint32_t at = 0;
  if (impl_->free.empty()) {
    at = static_cast<std::uint32_t>(impl_->rows.size());
    impl_->rows.emplace_back();
  } else {
    at = impl_->free.back();
    impl_->free.pop_back();
  }
  Impl::Row& row = impl_->rows[at];
  row.key = std::make_unique<char[]>(key.size());
  std::copy(key.begin(), key.end(), row.key.get());
  row.key_size = static_cast<std::uint32_t>(key.size());
  impl_->index.insert(at);
  return Slot{at};
}

void WindowStore::erase(Slot slot) {
  const auto at = static_cast<std::uint32_t>(slot);
  impl_->index.erase(at);
  impl_->rare.erase(at);
  impl_->rows[at] = Impl::Row{};
  impl_->free.push_back(at);
}

void WindowStore::load(Slot slot, PartitionHistory& into) const {
  const Impl::Row& row = impl_->row(slot);
  row.window.unpack(into.window);
  into.standing_since = from_ms(row.standing_since_ms);
  into.gaps = row.gaps.unpack(row.gap_count);
  into.lateness = row.lateness.unpack(row.lateness_count);
  into.run.open = row.run_open != 0;
  into.run.held_outage = row.run_held_outage != 0;
  into.run.falling_behind = row.run_falling_behind != 0;
  into.run.any_lateness = row.run_any_lateness != 0;
  into.run.lateness_in_run = row.run_lateness_in_run != 0;
  into.run.worst = Duration{row.worst_ms};
  into.run.least = Duration{row.least_ms};
  into.run.newest = Duration{row.newest_ms};
  into.unread_since = row.unread_since.unpack(static_cast<Since::Source>(row.unread_source));
  into.waiting_since = row.waiting_since.unpack(static_cast<Since::Source>(row.waiting_source));
  into.beyond_log_end = row.beyond_log_end != 0;
  if (row.has_rare == 0) {
    into.pending.clear();
    into.probed_to.reset();
    into.probe_record.reset();
    return;
  }
  const Impl::Rare& rare = impl_->rare.at(static_cast<std::uint32_t>(slot));
  into.pending = rare.pending;
  into.probed_to = rare.probed_to;
  into.probe_record = rare.probe_record;
}

void WindowStore::save(Slot slot, const PartitionHistory& history) {
  Impl::Row& row = impl_->row(slot);
  row.window.pack(history.window);
  row.standing_since_ms = to_ms(history.standing_since);
  row.gaps.pack(history.gaps);
  row.gap_count = history.gaps.count & 7U;
  row.lateness.pack(history.lateness);
  row.lateness_count = history.lateness.count & 7U;
  row.run_open = history.run.open ? 1 : 0;
  row.run_held_outage = history.run.held_outage ? 1 : 0;
  row.run_falling_behind = history.run.falling_behind ? 1 : 0;
  row.run_any_lateness = history.run.any_lateness ? 1 : 0;
  row.run_lateness_in_run = history.run.lateness_in_run ? 1 : 0;
  row.worst_ms = to_ms32(history.run.worst);
  row.least_ms = to_ms32(history.run.least);
  row.newest_ms = to_ms32(history.run.newest);
  row.unread_since = PackedSince::pack(history.unread_since);
  row.unread_source = static_cast<std::uint8_t>(history.unread_since.source) & 3U;
  row.waiting_since = PackedSince::pack(history.waiting_since);
  row.waiting_source = static_cast<std::uint8_t>(history.waiting_since.source) & 3U;
  row.beyond_log_end = history.beyond_log_end ? 1 : 0;
  impl_->save_rare(slot, history);
}

std::size_t WindowStore::size() const { return impl_->rows.size() - impl_->free.size(); }

std::size_t WindowStore::bytes() const {
  std::size_t total = impl_->rows.size() * sizeof(Impl::Row) +
                      impl_->index.capacity() * (sizeof(std::uint32_t) + 1) +
                      impl_->free.capacity() * sizeof(std::uint32_t);
  for (const Impl::Row& row : impl_->rows) total += row.key_size + row.window.heap_bytes();
  for (const auto& [slot, rare] : impl_->rare) {
    total += sizeof(slot) + sizeof(rare) + rare.pending.capacity() * sizeof(PendingMove);
  }
  return total;
}

}  // namespace tidemark
