#include "tests/storage/random_history.h"

#include <algorithm>

namespace tidemark {
namespace {

bool same(const Since& a, const Since& b) {
  return a.source == b.source && (a.source == Since::Source::none || a.at == b.at);
}
bool same(const CommitSample& a, const CommitSample& b) {
  return a.offset == b.offset && a.at == b.at;
}
bool same(const PendingMove& a, const PendingMove& b) {
  return a.left == b.left && a.reached == b.reached && a.at == b.at &&
         a.standing_since == b.standing_since && same(a.waiting_since, b.waiting_since) &&
         a.position == b.position;
}
bool same(const RememberedFour& a, const RememberedFour& b) {
  return a.count == b.count && std::equal(a.held.begin(), a.held.begin() + a.count, b.held.begin(),
                                          [](const Remembered& x, const Remembered& y) {
                                            return x.length == y.length && x.from == y.from;
                                          });
}
bool same(const Run& a, const Run& b) {
  return a.open == b.open && a.held_outage == b.held_outage &&
         a.falling_behind == b.falling_behind && a.any_lateness == b.any_lateness &&
         a.lateness_in_run == b.lateness_in_run && a.worst == b.worst && a.least == b.least &&
         a.newest == b.newest;
}
template <class T>
bool all_same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

}  // namespace

bool operator==(const PartitionHistory& a, const PartitionHistory& b) {
  return all_same(a.window, b.window) && a.standing_since == b.standing_since &&
         all_same(a.pending, b.pending) && same(a.gaps, b.gaps) && same(a.lateness, b.lateness) &&
         same(a.run, b.run) && same(a.unread_since, b.unread_since) &&
         same(a.waiting_since, b.waiting_since) && a.probed_to == b.probed_to &&
         a.probe_record == b.probe_record && a.beyond_log_end == b.beyond_log_end;
}

std::ostream& operator<<(std::ostream& out, const PartitionHistory& history) {
  out << history.window.size() << " samples";
  for (const CommitSample& sample : history.window) {
    out << " (" << sample.offset.get() << " @" << to_ms(sample.at) << ")";
  }
  return out << ", standing since " << to_ms(history.standing_since) << ", "
             << history.pending.size() << " moves pending, " << int{history.gaps.count} << " gaps, "
             << int{history.lateness.count} << " latenesses, run worst "
             << history.run.worst.count() << ", unread since " << to_ms(history.unread_since.at)
             << " by source " << int(history.unread_since.source);
}

}  // namespace tidemark

namespace tidemark::test {

std::int64_t RandomHistory::wild() {
  const auto word = static_cast<std::int64_t>((std::uint64_t{random_()} << 32U) | random_());
  const unsigned width = number(10) == 0 ? 63 : static_cast<unsigned>(number(32));
  return word >> (63U - width);
}

Since RandomHistory::since() {
  Since out;
  out.source = static_cast<Since::Source>(number(4));
  if (out.source != Since::Source::none) out.at = instant();
  return out;
}

RememberedFour RandomHistory::four() {
  RememberedFour out;
  out.count = static_cast<std::uint8_t>(number(5));
  for (std::size_t i = 0; i < out.count; ++i) out.held.at(i) = {length(), instant()};
  return out;
}

PartitionHistory RandomHistory::next() {
  PartitionHistory out;
  const std::size_t samples = number(20) == 0 ? number(256) : number(11);
  for (std::size_t i = 0; i < samples; ++i) out.window.push_back({offset(), instant()});
  out.standing_since = instant();
  const std::size_t pending = coin() ? 0 : (number(50) == 0 ? number(4096) : number(9));
  for (std::size_t i = 0; i < pending; ++i) {
    out.pending.push_back({offset(), offset(), instant(), instant(), since(), offset()});
  }
  out.gaps = four();
  out.lateness = four();
  out.run = {coin(), coin(), coin(), coin(), coin(), length(), length(), length()};
  out.unread_since = since();
  out.waiting_since = coin() ? out.unread_since : since();
  if (coin()) out.probed_to = offset();
  if (coin()) out.probe_record = instant();
  out.beyond_log_end = coin();
  return out;
}

}  // namespace tidemark::test
