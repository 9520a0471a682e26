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

// Numbers one after the other without holes, lowest bits first. A column is a header (how wide its
// numbers are, and whether some are below zero, so that all are folded) and then its numbers.
constexpr unsigned width_bits = 7;
constexpr unsigned widest_at_once = 64 - 7;  // that begin in any bit of a byte
constexpr unsigned folded_bit = 7;
constexpr unsigned header_bits = 8;

// What begins a history: the flags, and how many there are of what.
constexpr unsigned gaps_at = 16;
constexpr unsigned lateness_at = gaps_at + 3;
constexpr unsigned window_at = lateness_at + 3;
constexpr unsigned head_bits = window_at + 8;
constexpr unsigned pending_bits = 16;

class Writer {
 public:
  // `most`: bytes that will be written at most.
  Writer(std::vector<char>& room, std::size_t most) {
    if (room.size() < most + sizeof held_) room.resize(most + sizeof held_);
    begin_ = at_ = room.data();
  }

  // At most 57 bits.
  void bits(std::uint64_t number, unsigned width) {
    held_ |= number << used_;
    used_ += width;
    std::memcpy(at_, &held_, sizeof held_);
    at_ += used_ / 8;
    held_ = used_ >= 64 ? 0 : held_ >> (used_ & ~7U);
    used_ %= 8;
  }

  // `number(i)` for each i below `count`, all as wide as the widest needs.
  template <class Number>
  void column(std::size_t count, Number number) {
    std::uint64_t any = 0;
    for (std::size_t i = 0; i < count; ++i) any |= static_cast<std::uint64_t>(number(i));
    if (static_cast<std::int64_t>(any) >= 0) {
      put(count, any, 0, [&](std::size_t i) { return static_cast<std::uint64_t>(number(i)); });
      return;
    }
    any = 0;
    for (std::size_t i = 0; i < count; ++i) any |= zigzag(number(i));
    put(count, any, 1U << folded_bit, [&](std::size_t i) { return zigzag(number(i)); });
  }

  std::string_view done() {
    if (used_ > 0) ++at_;
    return {begin_, static_cast<std::size_t>(at_ - begin_)};
  }

 private:
  template <class Number>
  void put(std::size_t count, std::uint64_t any, unsigned folded, Number number) {
    const auto width = static_cast<unsigned>(std::bit_width(any));
    bits(folded | width, header_bits);
    if (width <= widest_at_once) {
      for (std::size_t i = 0; i < count; ++i) bits(number(i), width);
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      bits(number(i) & 0xFFFF'FFFFU, 32);
      bits(number(i) >> 32U, width - 32);
    }
  }

  char* begin_ = nullptr;
  char* at_ = nullptr;
  std::uint64_t held_ = 0;  // bits that are not a whole byte yet, and what is above them 0
  unsigned used_ = 0;       // so many
};

class Reader {
 public:
  explicit Reader(const char* from) : from_(from) {}

  // At most 57 bits.
  std::uint64_t bits(unsigned width) {
    std::uint64_t word = 0;
    std::memcpy(&word, from_ + at_ / 8, sizeof word);
    word >>= at_ % 8;
    at_ += width;
    return word & ((std::uint64_t{1} << width) - 1);
  }

  // Calls `take(i, number)` for each i below `count` of the next column.
  template <class Take>
  void column(std::size_t count, Take take) {
    const auto header = static_cast<unsigned>(bits(header_bits));
    const unsigned width = header & ((1U << width_bits) - 1);
    if (width > widest_at_once) {
      const bool folded = header >> folded_bit != 0;
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t word = bits(32) | bits(width - 32) << 32U;
        take(i, folded ? unzigzag(word) : static_cast<std::int64_t>(word));
      }
    } else if (header >> folded_bit != 0) {
      for (std::size_t i = 0; i < count; ++i) take(i, unzigzag(bits(width)));
    } else {
      for (std::size_t i = 0; i < count; ++i) take(i, static_cast<std::int64_t>(bits(width)));
    }
  }

 private:
  const char* from_;
  std::size_t at_ = 0;  // bits
};

// What all other instants and offsets are told from: those of the newest commit.
struct Base {
  std::int64_t offset = 0;
  std::int64_t ms = 0;
};

void put_window(Writer& out, const std::vector<CommitSample>& window, const Base& base) {
  const std::size_t count = window.size();
  if (count == 0) return;
  out.column(1, [&](std::size_t) { return base.offset; });
  out.column(1, [&](std::size_t) { return base.ms; });
  out.column(count - 1, [newest = &window.back()](std::size_t i) {
    const CommitSample* at = newest - i;
    return minus(at->offset.get(), (at - 1)->offset.get());
  });
  out.column(count - 1, [newest = &window.back()](std::size_t i) {
    const CommitSample* at = newest - i;
    return minus(to_ms(at->at), to_ms((at - 1)->at));
  });
}

Base take_base(Reader& in) {
  Base base;
  in.column(1, [&](std::size_t, std::int64_t offset) { base.offset = offset; });
  in.column(1, [&](std::size_t, std::int64_t ms) { base.ms = ms; });
  return base;
}

Base take_window(Reader& in, std::size_t count, std::vector<CommitSample>& window) {
  window.resize(count);
  if (count == 0) return {};
  const Base base = take_base(in);
  CommitSample* newest = &window.back();
  *newest = {Offset{base.offset}, from_ms(base.ms)};
  std::int64_t offset = base.offset;
  in.column(count - 1, [&](std::size_t i, std::int64_t step) {
    offset = minus(offset, step);
    (newest - i - 1)->offset = Offset{offset};
  });
  std::int64_t ms = base.ms;
  in.column(count - 1, [&](std::size_t i, std::int64_t step) {
    ms = minus(ms, step);
    (newest - i - 1)->at = from_ms(ms);
  });
  return base;
}

void put_four(Writer& out, const RememberedFour& four, const Base& base) {
  if (four.count == 0) return;
  const Remembered* held = four.held.data();
  out.column(four.count, [&](std::size_t i) { return held[i].length.count(); });
  out.column(four.count, [&](std::size_t i) { return minus(base.ms, to_ms(held[i].from)); });
}

void take_four(Reader& in, std::size_t count, const Base& base, RememberedFour& four) {
  four.count = static_cast<std::uint8_t>(count);
  if (count == 0) return;
  Remembered* held = four.held.data();
  in.column(count, [&](std::size_t i, std::int64_t length) { held[i].length = Duration{length}; });
  in.column(count, [&](std::size_t i, std::int64_t back) {
    held[i].from = from_ms(minus(base.ms, back));
  });
}

void put_pending(Writer& out, const std::vector<PendingMove>& all, const Base& base) {
  const auto column = [&](auto number) {
    out.column(all.size(), [&](std::size_t i) { return number(all[i]); });
  };
  out.bits(all.size(), pending_bits);
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

void take_pending(Reader& in, std::vector<PendingMove>& all, const Base& base) {
  const auto offset = [&](std::int64_t back) { return Offset{minus(base.offset, back)}; };
  const auto instant = [&](std::int64_t back) { return from_ms(minus(base.ms, back)); };
  all.resize(in.bits(pending_bits));
  const auto column = [&](auto take) {
    in.column(all.size(), [&](std::size_t i, std::int64_t number) { take(all[i], number); });
  };
  column([&](PendingMove& move, std::int64_t back) { move.left = offset(back); });
  column([&](PendingMove& move, std::int64_t back) { move.reached = offset(back); });
  column([&](PendingMove& move, std::int64_t by) {
    move.position = Offset{plus(move.left.get(), by)};
  });
  column([&](PendingMove& move, std::int64_t back) { move.at = instant(back); });
  column([&](PendingMove& move, std::int64_t back) { move.standing_since = instant(back); });
  column([&](PendingMove& move, std::int64_t source) {
    move.waiting_since = {static_cast<Since::Source>(source), {}};
  });
  column([&](PendingMove& move, std::int64_t back) {
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
constexpr std::size_t most_singles = 8;
using Singles = std::array<std::int64_t, most_singles>;

void put_singles(Writer& out, const PartitionHistory& history, Flags flags, const Base& base) {
  Singles singles{};
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

std::size_t count_singles(Flags flags) {
  std::size_t count = 4;
  if (flags.source(unread_source) != Since::Source::none) ++count;
  if (!flags.has(waiting_is_unread) && flags.source(waiting_source) != Since::Source::none) ++count;
  if (flags.has(probed_to)) ++count;
  if (flags.has(probe_record)) ++count;
  return count;
}

void take_singles(Reader& in, Flags flags, const Base& base, PartitionHistory& into) {
  Singles singles{};
  in.column(count_singles(flags), [&](std::size_t i, std::int64_t number) { singles[i] = number; });
  const std::int64_t* next = singles.data();
  const auto instant = [&] { return from_ms(minus(base.ms, *next++)); };
  const auto since = [&](unsigned source) {
    Since out{flags.source(source), {}};
    if (out.source != Since::Source::none) out.at = instant();
    return out;
  };
  into.standing_since = instant();
  into.run.worst = Duration{*next++};
  into.run.least = Duration{*next++};
  into.run.newest = Duration{*next++};
  into.unread_since = since(unread_source);
  into.waiting_since = flags.has(waiting_is_unread) ? into.unread_since : since(waiting_source);
  into.probed_to.reset();
  if (flags.has(probed_to)) into.probed_to = Offset{plus(base.offset, *next++)};
  into.probe_record.reset();
  if (flags.has(probe_record)) into.probe_record = instant();
}

std::size_t most_bytes(const PartitionHistory& history) {
  constexpr std::size_t columns = 16;  // and fewer bytes for all headers and counts
  const std::size_t numbers = 2 * history.window.size() + most_singles +
                              2 * std::size_t{history.gaps.count} +
                              2 * std::size_t{history.lateness.count} + 7 * history.pending.size();
  return 2 * columns + numbers * sizeof(std::int64_t);
}

}  // namespace

std::string_view pack(const PartitionHistory& history, std::vector<char>& room) {
  Writer writer(room, most_bytes(history));
  const Flags flags = flags_of(history);
  writer.bits(flags.bits | std::uint64_t{history.gaps.count} << gaps_at |
                  std::uint64_t{history.lateness.count} << lateness_at |
                  std::uint64_t{history.window.size()} << window_at,
              head_bits);
  Base base;
  if (history.committed()) base = {history.newest().offset.get(), to_ms(history.newest().at)};
  put_window(writer, history.window, base);
  put_singles(writer, history, flags, base);
  put_four(writer, history.gaps, base);
  put_four(writer, history.lateness, base);
  if (flags.has(pending_moves)) put_pending(writer, history.pending, base);
  return writer.done();
}

void unpack(const char* bytes, PartitionHistory& into) {
  Reader reader(bytes);
  const std::uint64_t head = reader.bits(head_bits);
  const Flags flags{static_cast<std::uint16_t>(head)};
  const Base base = take_window(reader, head >> window_at & 0xFFU, into.window);
  into.run.open = flags.has(run_open);
  into.run.held_outage = flags.has(run_held_outage);
  into.run.falling_behind = flags.has(run_falling_behind);
  into.run.any_lateness = flags.has(run_any_lateness);
  into.run.lateness_in_run = flags.has(run_lateness_in_run);
  into.beyond_log_end = flags.has(beyond_log_end);
  take_singles(reader, flags, base, into);
  take_four(reader, head >> gaps_at & 7U, base, into.gaps);
  take_four(reader, head >> lateness_at & 7U, base, into.lateness);
  into.pending.clear();
  if (flags.has(pending_moves)) take_pending(reader, into.pending, base);
}

std::optional<CommitSample> unpack_newest(const char* bytes) {
  Reader reader(bytes);
  if ((reader.bits(head_bits) >> window_at & 0xFFU) == 0) return std::nullopt;
  const Base base = take_base(reader);
  return CommitSample{Offset{base.offset}, from_ms(base.ms)};
}

}  // namespace tidemark
