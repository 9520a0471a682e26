#include "daemon/alerts/silence_keeper.h"

#include <fmt/format.h>

#include <random>
#include <utility>

#include "core/log.h"
#include "daemon/alerts/silence_matchers.h"

namespace tidemark {
namespace {

constexpr std::size_t most_at_once = 50;  // ends that are told; a pipeline takes 100 such errands

std::string new_id() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

std::optional<Silence> silence_of(const SilenceRow& row, Duration step) {
  auto match = matchers_of(row);
  if (!match) return std::nullopt;
  return Silence{row.id,      std::move(*match), row.author,
                 row.comment, row.begin - step,  row.end - step};
}

Refusal not_written(const std::string& why) {
  return {503, "not_written", "it can't be written down, so it is not done: " + why, ""};
}

}  // namespace

void SilenceKeeper::restore(const std::vector<SilenceRow>& rows) {
  for (const SilenceRow& row : rows) rows_.emplace(row.id, row);
  changed_ = true;
}

Changed<SilenceRow> SilenceKeeper::add(const WantedSilence& wanted) {
  SilenceRow row = wanted.row;
  row.created = shown_now();
  row.begin = wanted.begin.value_or(row.created);
  if (wanted.span) row.end = row.begin + *wanted.span;
  if (row.end <= row.created) return Refusal{400, "bad_parameter", "it ends in the past", "end_ms"};
  if (row.end <= row.begin) {
    return Refusal{400, "bad_parameter", "it ends before it begins", "end_ms"};
  }
  if (rows_.size() >= most) {
    return Refusal{409, "too_many", fmt::format("there are {} silences already; end some", most),
                   ""};
  }
  row.id = new_id();
  if (const auto error = store_.write(row); !error.ok()) return not_written(error.message);
  rows_.emplace(row.id, row);
  changed_ = true;
  return row;
}

Changed<EndedSilence> SilenceKeeper::end(const std::string& id) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) {
    if (auto over = store_.silence(id)) return EndedSilence{std::move(*over), false};
    return Refusal{404, "silence_not_found", "no silence \"" + id + "\" is known", "id"};
  }
  SilenceRow row = found->second;
  const Instant now = shown_now();
  row.end = std::min(row.end, now);
  row.begin = std::min(row.begin, row.end);
  row.end_told = true;  // by whoever asked for it
  if (const auto error = store_.write(row); !error.ok()) return not_written(error.message);
  rows_.erase(found);
  changed_ = true;
  return EndedSilence{std::move(row)};
}

std::vector<SilenceRow> SilenceKeeper::take_ended() {
  std::vector<SilenceRow> out;
  const Instant now = shown_now();
  for (auto at = rows_.begin(); at != rows_.end() && out.size() < most_at_once;) {
    if (at->second.end > now) {
      ++at;
      continue;
    }
    out.push_back(std::move(at->second));
    at = rows_.erase(at);
    changed_ = true;
  }
  return out;
}

// If that can't be written, the next start tells it once more: rather twice than never.
void SilenceKeeper::told(SilenceRow ended) {
  ended.end_told = true;
  if (const auto error = store_.write(ended); !error.ok()) {
    log::warn("that silence {} has ended will be told again after a restart: {}", ended.id,
              error.message);
  }
}

std::optional<std::vector<Silence>> SilenceKeeper::take_changed() {
  const Duration step = clock_.step();
  if (!std::exchange(changed_, false) && step == step_) return std::nullopt;
  step_ = step;
  std::vector<Silence> out;
  for (const auto& [id, row] : rows_) {
    if (auto silence = silence_of(row, step)) {
      out.push_back(std::move(*silence));
    } else {
      log::error("silence {} is not in force: its patterns can't be read", id);
    }
  }
  return out;
}

}  // namespace tidemark
