#include "storage/history_codec.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "storage/varint.h"

namespace tidemark {
namespace {

// A damaged count must not make us ask for all memory.
constexpr std::uint64_t most_topics = 1'000'000;
constexpr std::uint64_t most_partitions = 1'000'000;  // of all topics

// What a piece begins with.
constexpr std::uint64_t whole = 1, is_gone = 2, totals_differ = 4, grows = 8;

// How a partition's numbers are told from those before: the first two bits of its first number.
constexpr std::uint64_t end_moved_otherwise = 1, told_in_full = 2;
constexpr unsigned bits = 2;

// The first byte of a partition that is told in full.
constexpr unsigned is_shown = 1, has_committed = 2, has_log_end = 4, has_lag = 8;
constexpr unsigned full_bits = 4;

std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::uint64_t fold(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unfold(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// All three numbers are there, and the lag is what lies between the offsets.
bool plain(const PartitionSample& of) {
  return of.shown && of.committed && of.log_end && of.lag &&
         *of.lag == minus(*of.log_end, *of.committed);
}

void put_full(std::string& to, const PartitionSample& now) {
  const unsigned flags = (now.shown ? is_shown : 0U) | (now.committed ? has_committed : 0U) |
                         (now.log_end ? has_log_end : 0U) | (now.lag ? has_lag : 0U);
  to.push_back(static_cast<char>(flags | (static_cast<unsigned>(now.status) << full_bits)));
  if (now.committed) put_signed(to, *now.committed);
  if (now.log_end) put_signed(to, minus(*now.log_end, now.committed.value_or(0)));
  if (now.lag)
    put_signed(to, minus(*now.lag, minus(now.log_end.value_or(0), now.committed.value_or(0))));
}

void get_full(ByteReader& from, PartitionSample& into) {
  const auto first = static_cast<unsigned>(from.varint_up_to(0x7f));
  into = {};
  into.shown = (first & is_shown) != 0;
  into.status =
      std::min(static_cast<PartitionStatus>(first >> full_bits), PartitionStatus::not_found);
  if ((first & has_committed) != 0) into.committed = from.signed_varint();
  if ((first & has_log_end) != 0) {
    into.log_end = plus(from.signed_varint(), into.committed.value_or(0));
  }
  if ((first & has_lag) != 0) {
    into.lag =
        plus(from.signed_varint(), minus(into.log_end.value_or(0), into.committed.value_or(0)));
  }
}

// The step must leave room for the bits.
bool short_step(std::int64_t step) { return fold(step) < (std::uint64_t{1} << (64 - bits)); }

void put_partition(std::string& to, const PartitionSample& before, const PartitionSample& now) {
  if (plain(before) && plain(now) && before.status == now.status &&
      short_step(minus(*now.committed, *before.committed))) {
    const std::int64_t step = minus(*now.committed, *before.committed);
    const std::int64_t more = minus(minus(*now.log_end, *before.log_end), step);
    put_varint(to, (fold(step) << bits) | (more != 0 ? end_moved_otherwise : 0U));
    if (more != 0) put_signed(to, more);
    return;
  }
  put_varint(to, told_in_full);
  put_full(to, now);
}

void get_partition(ByteReader& from, PartitionSample& into) {
  const std::uint64_t first = from.varint();
  if ((first & told_in_full) != 0) {
    get_full(from, into);
    return;
  }
  const std::int64_t step = unfold(first >> bits);
  const std::int64_t more = (first & end_moved_otherwise) != 0 ? from.signed_varint() : 0;
  into.committed = plus(into.committed.value_or(0), step);
  into.log_end = plus(plus(into.log_end.value_or(0), step), more);
  into.lag = minus(*into.log_end, *into.committed);
}

// Which of the four numbers are there, and the status, in one byte.
constexpr unsigned status_bits = 2;

std::array<Maybe<std::int64_t> GroupTotals::*, 4> numbers_of_totals() {
  return {&GroupTotals::lag, &GroupTotals::time_lag, &GroupTotals::committed,
          &GroupTotals::produced};
}

void put_totals(std::string& to, const GroupTotals& before, const GroupTotals& now) {
  auto first = static_cast<unsigned>(now.status);
  unsigned bit = status_bits;
  for (const auto number : numbers_of_totals()) first |= ((now.*number) ? 1U : 0U) << bit++;
  to.push_back(static_cast<char>(first));
  for (const auto number : numbers_of_totals()) {
    if (now.*number) put_signed(to, minus(*(now.*number), (before.*number).value_or(0)));
  }
}

void get_totals(ByteReader& from, GroupTotals& into) {
  const auto first = static_cast<unsigned>(from.varint_up_to(0x7f));
  into.status = static_cast<GroupStatus>(first & 3U);
  unsigned bit = status_bits;
  for (const auto number : numbers_of_totals()) {
    const std::int64_t before = (into.*number).value_or(0);
    (into.*number).reset();
    if (((first >> bit++) & 1U) != 0) into.*number = plus(before, from.signed_varint());
  }
}

// Topics of `now` that `known` lacks or has smaller: both lists are by name.
std::vector<const TopicSample*> grown(const std::vector<TopicSample>& known,
                                      const std::vector<TopicSample>& now) {
  std::vector<const TopicSample*> out;
  auto at = known.begin();
  for (const TopicSample& topic : now) {
    while (at != known.end() && at->topic < topic.topic) ++at;
    const bool there = at != known.end() && at->topic == topic.topic;
    if (!there || at->partitions.size() < topic.partitions.size()) out.push_back(&topic);
  }
  return out;
}

TopicSample& add_topic(std::vector<TopicSample>& topics, std::string_view name) {
  auto at = std::lower_bound(
      topics.begin(), topics.end(), name,
      [](const TopicSample& topic, std::string_view wanted) { return topic.topic < wanted; });
  if (at == topics.end() || at->topic != name) at = topics.insert(at, {std::string(name), {}});
  return *at;
}

void grow(std::vector<TopicSample>& topics, std::string_view name, std::size_t size) {
  auto& partitions = add_topic(topics, name).partitions;
  partitions.resize(std::max(partitions.size(), size));
}

// As `known`, whose topics and partitions never leave within a block: what is not there is not
// shown.
std::vector<TopicSample> laid_out(const std::vector<TopicSample>& known,
                                  const std::vector<TopicSample>& now) {
  std::vector<TopicSample> out;
  out.reserve(known.size());
  auto at = now.begin();
  for (const TopicSample& topic : known) {
    while (at != now.end() && at->topic < topic.topic) ++at;
    const bool there = at != now.end() && at->topic == topic.topic;
    out.push_back(there ? *at : TopicSample{topic.topic, {}});
    out.back().partitions.resize(topic.partitions.size());
  }
  return out;
}

// Runs of partitions as before and of others, in turns, through all topics. The last run of
// partitions as before is left out: a zero ends it.
class RunWriter {
 public:
  explicit RunWriter(std::string& to) : to_(to) {}

  void add(const PartitionSample& before, const PartitionSample& now) {
    if (before == now) {
      if (!told_.empty()) flush();
      ++same_;
      return;
    }
    ++others_;
    put_partition(told_, before, now);
  }
  void end() {
    if (!told_.empty()) flush();
    put_varint(to_, 0);
  }

 private:
  void flush() {
    put_varint(to_, others_);
    put_varint(to_, same_);
    to_ += told_;
    told_.clear();
    same_ = others_ = 0;
  }

  std::string& to_;
  std::string told_;
  std::uint64_t same_ = 0;
  std::uint64_t others_ = 0;
};

void put_partitions(std::string& to, const std::vector<TopicSample>& before,
                    const std::vector<TopicSample>& now) {
  RunWriter runs(to);
  for (std::size_t i = 0; i < now.size(); ++i) {
    for (std::size_t p = 0; p < now[i].partitions.size(); ++p) {
      runs.add(before[i].partitions[p], now[i].partitions[p]);
    }
  }
  runs.end();
}

// Walks through all partitions of all topics.
class Walk {
 public:
  explicit Walk(std::vector<TopicSample>& topics) : topics_(topics) {}

  bool skip(std::uint64_t count) {
    while (settle()) {
      const std::uint64_t left = topics_[topic_].partitions.size() - partition_;
      const std::uint64_t taken = std::min(count, left);
      partition_ += taken;
      count -= taken;
      if (count == 0) return true;
    }
    return count == 0;
  }
  // Null: there are no more.
  PartitionSample* next() { return settle() ? &topics_[topic_].partitions[partition_++] : nullptr; }

 private:
  bool settle() {
    while (topic_ < topics_.size() && partition_ == topics_[topic_].partitions.size()) {
      ++topic_;
      partition_ = 0;
    }
    return topic_ < topics_.size();
  }

  std::vector<TopicSample>& topics_;
  std::size_t topic_ = 0;
  std::size_t partition_ = 0;
};

bool get_partitions(ByteReader& from, std::vector<TopicSample>& into) {
  Walk walk(into);
  while (const std::uint64_t others = from.varint()) {
    if (!walk.skip(from.varint())) return false;
    for (std::uint64_t i = 0; i < others; ++i) {
      PartitionSample* const partition = walk.next();
      if (partition == nullptr || !from.ok()) return false;
      get_partition(from, *partition);
    }
  }
  return from.ok();
}

bool get_growth(ByteReader& from, std::vector<TopicSample>& into) {
  std::uint64_t held = 0;
  for (const TopicSample& topic : into) held += topic.partitions.size();
  const std::uint64_t topics = from.varint_up_to(most_topics);
  for (std::uint64_t i = 0; i < topics && from.ok(); ++i) {
    auto& partitions = add_topic(into, from.text()).partitions;
    const std::uint64_t size = from.varint_up_to(most_partitions);
    if (size <= partitions.size()) continue;
    held += size - partitions.size();
    if (held > most_partitions) return false;
    partitions.resize(size);
  }
  return from.ok();
}

constexpr std::uint64_t last_second = 3599;

std::int64_t seconds_into_block(Instant at) { return (at - block_of(at)).count() / 1000; }

// Makes room for what `sample` has more; says what that is.
std::vector<const TopicSample*> grow_for(const GroupSample& sample, GroupSample& before) {
  auto more = grown(before.topics, sample.topics);
  for (const TopicSample* topic : more) grow(before.topics, topic->topic, topic->partitions.size());
  return more;
}

// What leads from one sample to the next, which has the same topics and partitions; of these `more`
// are new.
std::string told(const GroupSample& before, const GroupSample& next,
                 const std::vector<const TopicSample*>& more, bool first) {
  const bool totals = next.totals != before.totals;
  std::string out;
  put_varint(out, (first ? whole : 0U) | (next.gone ? is_gone : 0U) |
                      (totals ? totals_differ : 0U) | (more.empty() ? 0U : grows));
  put_varint(out, static_cast<std::uint64_t>(seconds_into_block(next.at)));
  if (totals) put_totals(out, before.totals, next.totals);
  if (!more.empty()) {
    put_varint(out, more.size());
    for (const TopicSample* topic : more) {
      put_text(out, topic->topic);
      put_varint(out, topic->partitions.size());
    }
  }
  put_partitions(out, before.topics, next.topics);
  return out;
}

std::string told_whole(const GroupSample& sample) {
  GroupSample nothing;
  const auto all = grow_for(sample, nothing);
  return told(nothing, sample, all, true);
}

}  // namespace

GroupSample HistoryEncoder::last() const {
  HistoryDecoder decoder(block_);
  std::string_view bytes = last_;
  static_cast<void>(decoder.next(bytes));  // they are its own
  return decoder.sample();
}

std::string HistoryEncoder::piece(const GroupSample& sample) {
  const bool first = last_.empty() || block_ != block_of(sample.at);
  GroupSample before = first ? GroupSample{} : last();
  const auto more = grow_for(sample, before);
  const GroupSample next{sample.at, sample.gone, sample.totals,
                         laid_out(before.topics, sample.topics)};
  before.at = next.at;
  if (!first && next == before) return {};
  std::string out = told(before, next, more, first);
  block_ = block_of(next.at);
  last_ = first ? out : told_whole(next);
  last_.shrink_to_fit();
  return out;
}

Status HistoryDecoder::next(std::string_view& bytes) {
  ByteReader from(bytes);
  const std::uint64_t head = from.varint();
  if ((head & whole) != 0) sample_ = {};
  sample_.gone = (head & is_gone) != 0;
  sample_.at = block_ + std::chrono::seconds(from.varint_up_to(last_second));
  if ((head & totals_differ) != 0) get_totals(from, sample_.totals);
  const bool fits = (head & grows) == 0 || get_growth(from, sample_.topics);
  if (!fits || !from.ok() || !get_partitions(from, sample_.topics)) {
    return Error{"a piece of history is damaged"};
  }
  bytes = from.rest();
  return Done{};
}

}  // namespace tidemark
