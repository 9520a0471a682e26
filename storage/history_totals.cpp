#include "storage/history_totals.h"

#include <algorithm>
#include <array>

#include "storage/varint.h"

namespace tidemark {
namespace {

constexpr unsigned status_bits = 2;

std::array<Maybe<std::int64_t> TotalsStep::*, 6> numbers() {
  return {&TotalsStep::lag_least,     &TotalsStep::lag_most,  &TotalsStep::lag_last,
          &TotalsStep::time_lag_most, &TotalsStep::committed, &TotalsStep::produced};
}

void add_up(Maybe<std::int64_t>& to, Maybe<std::int64_t> more) {
  if (more) to = to.value_or(0) + *more;
}

}  // namespace

GroupStatus worse(GroupStatus a, GroupStatus b) {
  constexpr std::array order{GroupStatus::ok, GroupStatus::unknown, GroupStatus::warning,
                             GroupStatus::error};
  return *std::max(std::find(order.begin(), order.end(), a),
                   std::find(order.begin(), order.end(), b));
}

void TotalsStep::add(const GroupTotals& sample) {
  worst = worse(worst, sample.status);
  if (sample.lag) {
    lag_least = std::min(lag_least.value_or(*sample.lag), *sample.lag);
    lag_most = std::max(lag_most.value_or(*sample.lag), *sample.lag);
    lag_last = sample.lag;
  }
  if (sample.time_lag) {
    time_lag_most = std::max(time_lag_most.value_or(*sample.time_lag), *sample.time_lag);
  }
  add_up(committed, sample.committed);
  add_up(produced, sample.produced);
}

void append(std::string& row_bytes, const TotalsStep& step, Instant row, Duration length) {
  put_varint(row_bytes, static_cast<std::uint64_t>((step.at - row) / length));
  auto first = static_cast<unsigned>(step.worst);
  unsigned bit = status_bits;
  for (const auto number : numbers()) first |= ((step.*number) ? 1U : 0U) << bit++;
  put_varint(row_bytes, first);
  for (const auto number : numbers()) {
    if (step.*number) put_signed(row_bytes, *(step.*number));
  }
}

std::vector<TotalsStep> steps_of(std::string_view row_bytes, Instant row, Duration length) {
  std::vector<TotalsStep> out;
  ByteReader from(row_bytes);
  while (!from.rest().empty()) {
    TotalsStep step;
    step.at = row + length * static_cast<std::int64_t>(from.varint_up_to(100'000));
    const auto first = static_cast<unsigned>(from.varint_up_to(0xff));
    step.worst = static_cast<GroupStatus>(first & 3U);
    unsigned bit = status_bits;
    for (const auto number : numbers()) {
      if (((first >> bit++) & 1U) != 0) step.*number = from.signed_varint();
    }
    if (!from.ok()) break;
    out.push_back(step);
  }
  return out;
}

}  // namespace tidemark
