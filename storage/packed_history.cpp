#include "storage/packed_history.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "storage/byte_columns.h"

namespace tidemark {

static_assert(ColumnReader::reads_beyond <= unpack_reads_beyond);

namespace {

// Differences wrap around, so that any two instants or offsets have one.
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// A word of which parts of some bits each are numbers.
class Head {
 public:
  struct Part {
    unsigned at = 0;
    unsigned bits = 0;
  };

  explicit Head(std::uint64_t word = 0) : word_(word) {}
  void put(Part part, std::uint64_t number) { word_ |= number << part.at; }
  [[nodiscard]] std::uint64_t get(Part part) const {
    return (word_ >> part.at) & ((std::uint64_t{1} << part.bits) - 1);
  }
  void write(char* to) const { std::memcpy(to, &word_, sizeof word_); }

 private:
  std::uint64_t word_;
};

// What a history begins with: its flags, how many there are of what, and the codes of its columns.
namespace part {

constexpr Head::Part run_open{0, 1};
constexpr Head::Part run_held_outage{1, 1};
constexpr Head::Part run_falling_behind{2, 1};
constexpr Head::Part run_any_lateness{3, 1};
constexpr Head::Part run_lateness_in_run{4, 1};
constexpr Head::Part beyond_log_end{5, 1};
constexpr Head::Part probed_to{6, 1};
constexpr Head::Part probe_record{7, 1};
constexpr Head::Part pending{8, 1};
constexpr Head::Part waiting_is_unread{9, 1};
constexpr Head::Part unread_source{10, 2};
constexpr Head::Part waiting_source{12, 2};
constexpr Head::Part gaps{14, 3};
constexpr Head::Part lateness{17, 3};
constexpr Head::Part window{20, 8};

// The columns behind `begin`, in their order.
constexpr Head::Part code(unsigned begin, unsigned column) {
  return {begin + column * column_code_bits, column_code_bits};
}
constexpr unsigned codes = 28;
constexpr Head::Part newest_offset = code(codes, 0);
constexpr Head::Part newest_ms = code(codes, 1);
constexpr Head::Part offset_steps = code(codes, 2);
constexpr Head::Part ms_steps = code(codes, 3);
constexpr Head::Part singles = code(codes, 4);
constexpr Head::Part gap_lengths = code(codes, 5);
constexpr Head::Part gap_ages = code(codes, 6);
constexpr Head::Part lateness_lengths = code(codes, 7);
constexpr Head::Part lateness_ages = code(codes, 8);

// And what pending moves begin with.
constexpr Head::Part moves{0, 16};
constexpr unsigned codes_of_moves = 16;

}  // namespace part

// What all other instants and offsets are told from: those of the newest commit.
struct Base {
  std::int64_t offset = 0;
  std::int64_t ms = 0;

  [[nodiscard]] Offset offset_at(std::int64_t back) const { return Offset{minus(offset, back)}; }
  [[nodiscard]] Instant instant_at(std::int64_t back) const { return from_ms(minus(ms, back)); }
  [[nodiscard]] std::int64_t back_to(Offset at) const { return minus(offset, at.get()); }
  [[nodiscard]] std::int64_t back_to(Instant at) const { return minus(ms, to_ms(at)); }
};

// Calls `work(count)`, with a constant if it is the usual one: then loops are unrolled.
template <std::size_t usual, class Work>
void with_count(std::size_t count, Work work) {
  if (count == usual) {
    work(std::integral_constant<std::size_t, usual>{});
  } else {
    work(count);
  }
}
constexpr std::size_t usual_steps = 9;  // in a full window
constexpr std::size_t usual_held = std::tuple_size_v<decltype(RememberedFour::held)>;
constexpr std::integral_constant<std::size_t, 1> one;

void put_window(ColumnWriter& out, Head& head, const std::vector<CommitSample>& window,
                const Base& base) {
  const std::size_t count = window.size();
  if (count == 0) return;
  const CommitSample* newest = &window.back();
  head.put(part::newest_offset, out.column(one, [&](std::size_t) { return base.offset; }));
  head.put(part::newest_ms, out.column(one, [&](std::size_t) { return base.ms; }));
  const auto offset_step = [newest](std::size_t i) {
    const CommitSample* at = newest - i;
    return minus(at->offset.get(), (at - 1)->offset.get());
  };
  const auto ms_step = [newest](std::size_t i) {
    const CommitSample* at = newest - i;
    return minus(to_ms(at->at), to_ms((at - 1)->at));
  };
  with_count<usual_steps>(count - 1, [&](auto steps) {
    head.put(part::offset_steps, out.column(steps, offset_step));
    head.put(part::ms_steps, out.column(steps, ms_step));
  });
}

Base take_base(ColumnReader& in, Head head) {
  Base base;
  base.offset = in.number(head.get(part::newest_offset));
  base.ms = in.number(head.get(part::newest_ms));
  return base;
}

Base take_window(ColumnReader& in, Head head, std::vector<CommitSample>& window) {
  const std::size_t count = head.get(part::window);
  window.resize(count);
  if (count == 0) return {};
  const Base base = take_base(in, head);
  CommitSample* newest = &window.back();
  *newest = {Offset{base.offset}, from_ms(base.ms)};
  const auto offset_step = [newest, offset = base.offset](std::size_t i,
                                                          std::int64_t step) mutable {
    offset = minus(offset, step);
    (newest - i - 1)->offset = Offset{offset};
  };
  const auto ms_step = [newest, ms = base.ms](std::size_t i, std::int64_t step) mutable {
    ms = minus(ms, step);
    (newest - i - 1)->at = from_ms(ms);
  };
  with_count<usual_steps>(count - 1, [&](auto steps) {
    in.column(head.get(part::offset_steps), steps, offset_step);
    in.column(head.get(part::ms_steps), steps, ms_step);
  });
  return base;
}

void put_four(ColumnWriter& out, Head& head, Head::Part lengths, Head::Part ages,
              const RememberedFour& four, Base base) {
  const Remembered* held = four.held.data();
  with_count<usual_held>(four.count, [&](auto count) {
    const auto length = [held](std::size_t i) { return held[i].length.count(); };
    const auto age = [held, base](std::size_t i) { return base.back_to(held[i].from); };
    head.put(lengths, out.column(count, length));
    head.put(ages, out.column(count, age));
  });
}

void take_four(ColumnReader& in, ColumnCode lengths, ColumnCode ages, Base base,
               RememberedFour& four) {
  Remembered* held = four.held.data();
  with_count<usual_held>(four.count, [&](auto count) {
    in.column(lengths, count,
              [held](std::size_t i, std::int64_t length) { held[i].length = Duration{length}; });
    in.column(ages, count, [held, base](std::size_t i, std::int64_t back) {
      held[i].from = base.instant_at(back);
    });
  });
}

void put_pending(ColumnWriter& out, const std::vector<PendingMove>& all, const Base& base) {
  char* place = out.word();
  Head head;
  head.put(part::moves, all.size());
  unsigned next = 0;
  const auto column = [&](auto number) {
    head.put(part::code(part::codes_of_moves, next++),
             out.column(all.size(), [&](std::size_t i) { return number(all[i]); }));
  };
  column([&](const PendingMove& move) { return base.back_to(move.left); });
  column([&](const PendingMove& move) { return base.back_to(move.reached); });
  column([&](const PendingMove& move) { return minus(move.position.get(), move.left.get()); });
  column([&](const PendingMove& move) { return base.back_to(move.at); });
  column([&](const PendingMove& move) { return base.back_to(move.standing_since); });
  column([&](const PendingMove& move) { return std::int64_t(move.waiting_since.source); });
  column([&](const PendingMove& move) {
    const Since& since = move.waiting_since;
    return since.source == Since::Source::none ? 0 : base.back_to(since.at);
  });
  head.write(place);
}

void take_pending(ColumnReader& in, std::vector<PendingMove>& all, const Base& base) {
  const Head head(in.word());
  all.resize(head.get(part::moves));
  unsigned next = 0;
  const auto column = [&](auto take) {
    in.column(head.get(part::code(part::codes_of_moves, next++)), all.size(),
              [&](std::size_t i, std::int64_t number) { take(all[i], number); });
  };
  column([&](PendingMove& move, std::int64_t back) { move.left = base.offset_at(back); });
  column([&](PendingMove& move, std::int64_t back) { move.reached = base.offset_at(back); });
  column([&](PendingMove& move, std::int64_t by) {
    move.position = Offset{plus(move.left.get(), by)};
  });
  column([&](PendingMove& move, std::int64_t back) { move.at = base.instant_at(back); });
  column(
      [&](PendingMove& move, std::int64_t back) { move.standing_since = base.instant_at(back); });
  column([&](PendingMove& move, std::int64_t source) {
    move.waiting_since = {static_cast<Since::Source>(source), {}};
  });
  column([&](PendingMove& move, std::int64_t back) {
    if (move.waiting_since.source != Since::Source::none) {
      move.waiting_since.at = base.instant_at(back);
    }
  });
}

bool same(const Since& a, const Since& b) { return a.source == b.source && a.at == b.at; }

Head head_of(const PartitionHistory& history) {
  Head out;
  out.put(part::run_open, history.run.open);
  out.put(part::run_held_outage, history.run.held_outage);
  out.put(part::run_falling_behind, history.run.falling_behind);
  out.put(part::run_any_lateness, history.run.any_lateness);
  out.put(part::run_lateness_in_run, history.run.lateness_in_run);
  out.put(part::beyond_log_end, history.beyond_log_end);
  out.put(part::probed_to, history.probed_to.has_value());
  out.put(part::probe_record, history.probe_record.has_value());
  out.put(part::pending, !history.pending.empty());
  out.put(part::waiting_is_unread, same(history.unread_since, history.waiting_since));
  out.put(part::unread_source, static_cast<std::uint64_t>(history.unread_since.source));
  out.put(part::waiting_source, static_cast<std::uint64_t>(history.waiting_since.source));
  out.put(part::gaps, history.gaps.count);
  out.put(part::lateness, history.lateness.count);
  out.put(part::window, history.window.size());
  return out;
}

void take_flags(Head head, PartitionHistory& into) {
  into.run.open = head.get(part::run_open) != 0;
  into.run.held_outage = head.get(part::run_held_outage) != 0;
  into.run.falling_behind = head.get(part::run_falling_behind) != 0;
  into.run.any_lateness = head.get(part::run_any_lateness) != 0;
  into.run.lateness_in_run = head.get(part::run_lateness_in_run) != 0;
  into.beyond_log_end = head.get(part::beyond_log_end) != 0;
  into.gaps.count = static_cast<std::uint8_t>(head.get(part::gaps));
  into.lateness.count = static_cast<std::uint8_t>(head.get(part::lateness));
}

// The instants and lengths that stand alone, in one column.
constexpr std::size_t most_singles = 8;
using Singles = std::array<std::int64_t, most_singles>;

void put_singles(ColumnWriter& out, Head& head, const PartitionHistory& history, const Base& base) {
  Singles singles{};
  std::size_t count = 0;
  const auto add = [&](std::int64_t number) { singles[count++] = number; };
  add(base.back_to(history.standing_since));
  add(history.run.worst.count());
  add(history.run.least.count());
  add(history.run.newest.count());
  if (history.unread_since.source != Since::Source::none) {
    add(base.back_to(history.unread_since.at));
  }
  const bool alone = head.get(part::waiting_is_unread) == 0;
  if (alone && history.waiting_since.source != Since::Source::none) {
    add(base.back_to(history.waiting_since.at));
  }
  if (history.probed_to) add(minus(history.probed_to->get(), base.offset));
  if (history.probe_record) add(base.back_to(*history.probe_record));
  head.put(part::singles, out.column(count, [&](std::size_t i) { return singles[i]; }));
}

void take_singles(ColumnReader& in, Head head, const Base& base, PartitionHistory& into) {
  const ColumnCode code = head.get(part::singles);
  const auto instant = [&] { return base.instant_at(in.number(code)); };
  const auto since = [&](Head::Part source) {
    Since out{static_cast<Since::Source>(head.get(source)), {}};
    if (out.source != Since::Source::none) out.at = instant();
    return out;
  };
  into.standing_since = instant();
  into.run.worst = Duration{in.number(code)};
  into.run.least = Duration{in.number(code)};
  into.run.newest = Duration{in.number(code)};
  const Since unread = since(part::unread_source);
  const bool alone = head.get(part::waiting_is_unread) == 0;
  into.unread_since = unread;
  into.waiting_since = alone ? since(part::waiting_source) : unread;
  into.probed_to.reset();
  if (head.get(part::probed_to) != 0) into.probed_to = Offset{plus(base.offset, in.number(code))};
  into.probe_record.reset();
  if (head.get(part::probe_record) != 0) into.probe_record = instant();
}

std::size_t most_bytes(const PartitionHistory& history) {
  const std::size_t words = 4 + 2 * history.window.size() + most_singles +
                            2 * std::size_t{history.gaps.count} +
                            2 * std::size_t{history.lateness.count} + 7 * history.pending.size();
  return words * sizeof(std::int64_t);
}

}  // namespace

std::string_view pack(const PartitionHistory& history, std::vector<char>& room) {
  ColumnWriter out(room, most_bytes(history));
  char* place = out.word();
  Head head = head_of(history);
  Base base;
  if (history.committed()) base = {history.newest().offset.get(), to_ms(history.newest().at)};
  put_window(out, head, history.window, base);
  put_singles(out, head, history, base);
  put_four(out, head, part::gap_lengths, part::gap_ages, history.gaps, base);
  put_four(out, head, part::lateness_lengths, part::lateness_ages, history.lateness, base);
  head.write(place);
  if (!history.pending.empty()) put_pending(out, history.pending, base);
  return out.done();
}

void unpack(const char* bytes, PartitionHistory& into) {
  ColumnReader in(bytes);
  const Head head(in.word());
  take_flags(head, into);
  const Base base = take_window(in, head, into.window);
  take_singles(in, head, base, into);
  take_four(in, head.get(part::gap_lengths), head.get(part::gap_ages), base, into.gaps);
  take_four(in, head.get(part::lateness_lengths), head.get(part::lateness_ages), base,
            into.lateness);
  into.pending.clear();
  if (head.get(part::pending) != 0) take_pending(in, into.pending, base);
}

std::optional<CommitSample> unpack_newest(const char* bytes) {
  ColumnReader in(bytes);
  const Head head(in.word());
  if (head.get(part::window) == 0) return std::nullopt;
  const Base base = take_base(in, head);
  return CommitSample{Offset{base.offset}, from_ms(base.ms)};
}

}  // namespace tidemark
