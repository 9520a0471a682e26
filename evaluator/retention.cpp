#include "evaluator/retention.h"

#include <algorithm>
#include <cmath>

#include "evaluator/words.h"

namespace tidemark {
namespace {

using By = ExpectedLoss::By;

constexpr Duration todays_production = std::chrono::hours{1};
// Beyond it nothing is told: years ahead nobody's speed is known.
constexpr double longest_seconds = 10.0 * 365 * 86400;

// When something that moves at `speed` has gone `records` further.
std::optional<Instant> reached(std::int64_t records, std::optional<double> speed, Instant now) {
  if (records <= 0) return now;
  if (!speed || *speed <= 0) return std::nullopt;
  const double seconds = static_cast<double>(records) / *speed;
  if (seconds > longest_seconds) return std::nullopt;
  return now + Duration{std::llround(seconds * 1000)};
}

std::optional<ExpectedLoss> by_time(const OldestUnread& record, const TopicSettings& settings) {
  if (!settings.retention || !record.since) return std::nullopt;
  return ExpectedLoss{By::time, *record.since + *settings.retention};
}

std::optional<ExpectedLoss> by_size(const OldestUnread& record, const RetentionEvidence& evidence,
                                    Instant now) {
  if (!evidence.settings->retention_bytes || !evidence.fits) return std::nullopt;
  const std::int64_t room = record.offset - evidence.log_end + *evidence.fits;
  const auto at = reached(room, evidence.produced, now);
  if (!at) return std::nullopt;
  return ExpectedLoss{By::size, *at};
}

std::optional<ExpectedLoss> by_log_start(const OldestUnread& record,
                                         const RetentionEvidence& evidence, Instant now) {
  if (!evidence.start_moving) return std::nullopt;
  const std::int64_t behind = record.offset - evidence.log_start + 1;
  const auto at = reached(behind, evidence.start_moving, now);
  if (!at) return std::nullopt;
  return ExpectedLoss{By::log_start, *at};
}

std::string when(Duration left) {
  if (left > Duration{0}) return "in " + words::span(left);
  return "and may go at any time";
}

}  // namespace

std::optional<ExpectedLoss> expected_loss(const OldestUnread& record,
                                          const RetentionEvidence& evidence, Instant now) {
  // Log start moves in whole segments: it serves only where nothing better is known.
  if (!evidence.settings) return by_log_start(record, evidence, now);
  if (!evidence.settings->deletes) return std::nullopt;
  const auto time = by_time(record, *evidence.settings);
  const auto size = by_size(record, evidence, now);
  if (!time || !size) return time ? time : size;
  return time->at <= size->at ? time : size;
}

RetentionRisk retention_risk(const OldestUnread& record, const ExpectedLoss& loss,
                             const Policy& policy, Instant now) {
  constexpr Duration tick{1};
  Instant from = loss.at - policy.retention_risk_within;
  if (record.since) {
    const Instant no_longer_fresh = *record.since + policy.allowed_time_lag + tick;
    from = std::max(from, std::min(no_longer_fresh, loss.at - policy.allowed_time_lag));
  }
  if (from <= now) return {true, std::nullopt};
  return {false, from};
}

OldestUnread oldest_unread(const PartitionHistory& history, const LogEndHistory& log_ends,
                           std::optional<Offset> log_start) {
  const Offset position = history.position();
  OldestUnread out{position, std::nullopt};
  if (log_start && *log_start > position) {
    out.offset = *log_start;
    const Crossing written = log_ends.crossing(*log_start);
    if (written.kind != Crossing::Kind::not_passed) out.since = written.at;
    return out;
  }
  if (history.unread_since.source != Since::Source::none) out.since = history.unread_since.at;
  // The record's own timestamp is what retention goes by; the earlier of both is the safe one.
  if (history.probe_record) {
    out.since = std::min(out.since.value_or(*history.probe_record), *history.probe_record);
  }
  return out;
}

RetentionEvidence retention_evidence(const std::optional<TopicSettings>& settings,
                                     const LogEndHistory& log_ends, const LogStartLog& starts,
                                     Offset start, Instant now) {
  RetentionEvidence out;
  out.settings = settings;
  out.log_start = start;
  out.log_end = log_ends.newest().end;
  if (!settings) {
    out.start_moving = starts.speed(now);
  } else if (settings->deletes && settings->retention_bytes) {
    out.fits = starts.fits(settings->retention);
    if (out.fits) out.produced = log_ends.produced_per_second(todays_production);
  }
  return out;
}

std::string loss_sentence(std::string_view partition, const ExpectedLoss& loss,
                          const std::optional<TopicSettings>& settings, Instant now) {
  const std::string record = "the oldest unread record of " + std::string(partition);
  const Duration left = loss.at - now;
  const bool over = left <= Duration{0};
  switch (loss.by) {
    case By::time: {
      const std::string limit =
          "retention.ms (" + words::span(settings ? settings->retention : std::nullopt) + ") ";
      return record + (over ? " is past " : " reaches ") + limit + when(left);
    }
    case By::size:
      return record +
             (over ? " no longer fits into retention.bytes "
                   : ", at today's production, is pushed out of retention.bytes ") +
             when(left);
    case By::log_start:
      return record + (over ? " is at log start " : " is reached by log start, as it moves, ") +
             when(left);
  }
  return record;
}

}  // namespace tidemark
