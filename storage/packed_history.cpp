#include "storage/packed_history.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are cut from machine words");

// Differences wrap around, so that any two instants or offsets have one.
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// Small numbers of either sign become small numbers without one.
std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// The bits of the first two bytes.
constexpr unsigned source_bits = 3;
struct Flags {
  std::uint16_t bits = 0;

  void put(unsigned at, unsigned value) { bits = static_cast<std::uint16_t>(bits | (value << at)); }
  [[nodiscard]] bool has(unsigned at) const { return ((bits >> at) & 1U) != 0; }
  [[nodiscard]] Since::Source source(unsigned at) const {
    return static_cast<Since::Source>((bits >> at) & source_bits);
  }
};
enum Bit : unsigned {
  run_open,
  run_held_outage,
  run_falling_behind,
  run_any_lateness,
  run_lateness_in_run,
  beyond_log_end,
  probed_to,
  probe_record,
  pending_moves,
  waiting_is_unread,
  unread_source,
  waiting_source = unread_source + 2,
};

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) { out_.clear(); }

  void byte(std::size_t value) { out_.push_back(static_cast<char>(value)); }
  void flags(Flags flags) {
    byte(flags.bits & 0xFFU);
    byte(flags.bits >> 8U);
  }

  // `number(i)` for each i below `count`, all as wide as the widest needs.
  template <class Number>
  void column(std::size_t count, Number number) {
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < count; ++i) any |= zigzag(number(i));
    const auto width = static_cast<std::size_t>((std::bit_width(any) + 7) / 8);
    const std::size_t begin = out_.size() + 1;
    out_.resize(begin + width * count + sizeof any);
    out_[begin - 1] = static_cast<char>(width);
    char* to = out_.data() + begin;
    for (std::size_t i = 0; i < count; ++i, to += width) {
      const std::uint64_t folded = zigzag(number(i));
      std::memcpy(to, &folded, sizeof folded);
    }
    out_.resize(begin + width * count);
  }

 private:
  std::string& out_;
};

class Reader {
 public:
  explicit Reader(const char* at) : at_(at) {}

  std::size_t byte() { return static_cast<unsigned char>(*at_++); }
  Flags flags() {
    const std::size_t low = byte();
    return {static_cast<std::uint16_t>(low | (byte() << 8U))};
  }

  void begin_column() {
    width_ = byte();
    mask_ = width_ == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * width_);
  }
  std::int64_t number() {
    std::uint64_t word = 0;
    std::memcpy(&word, at_, sizeof word);
    at_ += width_;
    return unzigzag(word & mask_);
  }

 private:
  const char* at_;
  std::size_t width_ = 0;
  std::uint64_t mask_ = 0;
};

// What all other instants and offsets are told from: those of the newest commit.
struct Base {
  std::int64_t offset = 0;
  std::int64_t ms = 0;
};

void put_window(Writer& out, const std::vector<CommitSample>& window, const Base& base) {
  const std::size_t count = window.size();
  out.byte(count);
  if (count == 0) return;
  out.column(2, [&](std::size_t i) { return i == 0 ? base.offset : base.ms; });
  out.column(count - 1, [newest = &window.back()](std::size_t i) {
    const CommitSample* at = newest - i;
    return minus(at->offset.get(), (at - 1)->offset.get());
  });
  out.column(count - 1, [newest = &window.back()](std::size_t i) {
    const CommitSample* at = newest - i;
    return minus(to_ms(at->at), to_ms((at - 1)->at));
  });
}

Base take_window(Reader& in, std::vector<CommitSample>& window) {
  window.resize(in.byte());
  if (window.empty()) return {};
  in.begin_column();
  const std::int64_t offset = in.number();
  const Base base{offset, in.number()};
  window.back() = {Offset{base.offset}, from_ms(base.ms)};
  in.begin_column();
  for (std::size_t i = window.size() - 1; i > 0; --i) {
    window[i - 1].offset = Offset{minus(window[i].offset.get(), in.number())};
  }
  in.begin_column();
  for (std::size_t i = window.size() - 1; i > 0; --i) {
    window[i - 1].at = from_ms(minus(to_ms(window[i].at), in.number()));
  }
  return base;
}

void put_four(Writer& out, const RememberedFour& four, const Base& base) {
  if (four.count == 0) return;
  out.column(four.count, [&](std::size_t i) { return four.held[i].length.count(); });
  out.column(four.count, [&](std::size_t i) { return minus(base.ms, to_ms(four.held[i].from)); });
}

void take_four(Reader& in, std::size_t count, const Base& base, RememberedFour& four) {
  four.count = static_cast<std::uint8_t>(count);
  if (count == 0) return;
  in.begin_column();
  for (std::size_t i = 0; i < count; ++i) four.held.at(i).length = Duration{in.number()};
  in.begin_column();
  for (std::size_t i = 0; i < count; ++i) {
    four.held.at(i).from = from_ms(minus(base.ms, in.number()));
  }
}

void put_pending(Writer& out, const std::vector<PendingMove>& all, const Base& base) {
  const auto column = [&](auto number) {
    out.column(all.size(), [&](std::size_t i) { return number(all[i]); });
  };
  out.column(1, [&](std::size_t) { return static_cast<std::int64_t>(all.size()); });
  column([&](const PendingMove& move) { return minus(base.offset, move.left.get()); });
  column([&](const PendingMove& move) { return minus(base.offset, move.reached.get()); });
  column([&](const PendingMove& move) { return minus(move.position.get(), move.left.get()); });
  column([&](const PendingMove& move) { return minus(base.ms, to_ms(move.at)); });
  column([&](const PendingMove& move) { return minus(base.ms, to_ms(move.standing_since)); });
  column([&](const PendingMove& move) { return std::int64_t(move.waiting_since.source); });
  column([&](const PendingMove& move) {
    const Since& since = move.waiting_since;
    return since.source == Since::Source::none ? 0 : minus(base.ms, to_ms(since.at));
  });
}

template <class Each, class Take>
void take_column(Reader& in, Each& items, Take take) {
  in.begin_column();
  for (auto& item : items) take(item, in.number());
}

void take_pending(Reader& in, std::vector<PendingMove>& all, const Base& base) {
  const auto offset = [&](std::int64_t back) { return Offset{minus(base.offset, back)}; };
  const auto instant = [&](std::int64_t back) { return from_ms(minus(base.ms, back)); };
  in.begin_column();
  all.resize(static_cast<std::size_t>(in.number()));
  take_column(in, all, [&](auto& move, auto back) { move.left = offset(back); });
  take_column(in, all, [&](auto& move, auto back) { move.reached = offset(back); });
  take_column(in, all,
              [](auto& move, auto by) { move.position = Offset{plus(move.left.get(), by)}; });
  take_column(in, all, [&](auto& move, auto back) { move.at = instant(back); });
  take_column(in, all, [&](auto& move, auto back) { move.standing_since = instant(back); });
  take_column(in, all, [](auto& move, auto source) {
    move.waiting_since = {static_cast<Since::Source>(source), {}};
  });
  take_column(in, all, [&](auto& move, auto back) {
    if (move.waiting_since.source != Since::Source::none) move.waiting_since.at = instant(back);
  });
}

bool same(const Since& a, const Since& b) { return a.source == b.source && a.at == b.at; }

Flags flags_of(const PartitionHistory& history) {
  Flags out;
  out.put(run_open, history.run.open);
  out.put(run_held_outage, history.run.held_outage);
  out.put(run_falling_behind, history.run.falling_behind);
  out.put(run_any_lateness, history.run.any_lateness);
  out.put(run_lateness_in_run, history.run.lateness_in_run);
  out.put(beyond_log_end, history.beyond_log_end);
  out.put(probed_to, history.probed_to.has_value());
  out.put(probe_record, history.probe_record.has_value());
  out.put(pending_moves, !history.pending.empty());
  out.put(waiting_is_unread, same(history.unread_since, history.waiting_since));
  out.put(unread_source, static_cast<unsigned>(history.unread_since.source));
  out.put(waiting_source, static_cast<unsigned>(history.waiting_since.source));
  return out;
}

// The instants and lengths that stand alone, in one column.
void put_singles(Writer& out, const PartitionHistory& history, Flags flags, const Base& base) {
  std::array<std::int64_t, 8> singles{};
  std::size_t count = 0;
  const auto add = [&](std::int64_t number) { singles[count++] = number; };
  const auto add_instant = [&](Instant at) { add(minus(base.ms, to_ms(at))); };
  add_instant(history.standing_since);
  add(history.run.worst.count());
  add(history.run.least.count());
  add(history.run.newest.count());
  if (flags.source(unread_source) != Since::Source::none) add_instant(history.unread_since.at);
  if (!flags.has(waiting_is_unread) && flags.source(waiting_source) != Since::Source::none) {
    add_instant(history.waiting_since.at);
  }
  if (history.probed_to) add(minus(history.probed_to->get(), base.offset));
  if (history.probe_record) add_instant(*history.probe_record);
  out.column(count, [&](std::size_t i) { return singles[i]; });
}

void take_since(Reader& in, Flags flags, unsigned source, const Base& base, Since& into) {
  into = {flags.source(source), {}};
  if (into.source != Since::Source::none) into.at = from_ms(minus(base.ms, in.number()));
}

void take_singles(Reader& in, Flags flags, const Base& base, PartitionHistory& into) {
  const auto instant = [&] { return from_ms(minus(base.ms, in.number())); };
  in.begin_column();
  into.standing_since = instant();
  into.run.worst = Duration{in.number()};
  into.run.least = Duration{in.number()};
  into.run.newest = Duration{in.number()};
  take_since(in, flags, unread_source, base, into.unread_since);
  if (flags.has(waiting_is_unread)) {
    into.waiting_since = into.unread_since;
  } else {
    take_since(in, flags, waiting_source, base, into.waiting_since);
  }
  into.probed_to.reset();
  if (flags.has(probed_to)) into.probed_to = Offset{plus(base.offset, in.number())};
  into.probe_record.reset();
  if (flags.has(probe_record)) into.probe_record = instant();
}

}  // namespace

void pack(const PartitionHistory& history, std::string& out) {
  Writer writer(out);
  const Flags flags = flags_of(history);
  writer.flags(flags);
  writer.byte(std::size_t{history.gaps.count} | std::size_t{history.lateness.count} << 4U);
  Base base;
  if (history.committed()) base = {history.newest().offset.get(), to_ms(history.newest().at)};
  put_window(writer, history.window, base);
  put_singles(writer, history, flags, base);
  put_four(writer, history.gaps, base);
  put_four(writer, history.lateness, base);
  if (flags.has(pending_moves)) put_pending(writer, history.pending, base);
}

void unpack(const char* bytes, PartitionHistory& into) {
  Reader reader(bytes);
  const Flags flags = reader.flags();
  const std::size_t counts = reader.byte();
  const Base base = take_window(reader, into.window);
  into.run.open = flags.has(run_open);
  into.run.held_outage = flags.has(run_held_outage);
  into.run.falling_behind = flags.has(run_falling_behind);
  into.run.any_lateness = flags.has(run_any_lateness);
  into.run.lateness_in_run = flags.has(run_lateness_in_run);
  into.beyond_log_end = flags.has(beyond_log_end);
  take_singles(reader, flags, base, into);
  take_four(reader, counts & 15U, base, into.gaps);
  take_four(reader, counts >> 4U, base, into.lateness);
  into.pending.clear();
  if (flags.has(pending_moves)) take_pending(reader, into.pending, base);
}

}  // namespace tidemark
