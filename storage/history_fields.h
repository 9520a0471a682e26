// What a PartitionHistory and its parts are made of, for FieldWriter and FieldReader: what they
// mean, however they are packed in memory. An instant of a Since without source is not kept.
#pragma once

#include <cstddef>

#include "evaluator/partition_history.h"
#include "evaluator/rules.h"
#include "storage/field_writer.h"

namespace tidemark {

constexpr Since::Source last_of(Since::Source) { return Since::Source::at_latest; }

template <class Visit, Fields<CommitSample> T>
void fields(Visit& visit, T& value) {
  visit(value.offset, value.at);
}

template <class Visit, Fields<LogEnd> T>
void fields(Visit& visit, T& value) {
  visit(value.end, value.at);
}

template <class Visit, Fields<Remembered> T>
void fields(Visit& visit, T& value) {
  visit(value.length, value.from);
}

template <class Visit, Fields<RememberedFour> T>
void fields(Visit& visit, T& value) {
  visit(value.count);
  if constexpr (Visit::reads) {
    if (value.count > value.held.size()) {
      value.count = 0;
      visit.refuse();
    }
  }
  for (std::size_t i = 0; i < value.count; ++i) visit(value.held[i]);
}

template <class Visit, Fields<Since> T>
void fields(Visit& visit, T& value) {
  visit(value.source);
  if (value.source != Since::Source::none) visit(value.at);
}

template <class Visit, Fields<PendingMove> T>
void fields(Visit& visit, T& value) {
  visit(value.left, value.reached, value.at, value.standing_since, value.waiting_since,
        value.position);
}

template <class Visit, Fields<PartitionHistory> T>
void fields(Visit& visit, T& value) {
  if constexpr (Visit::reads) value = PartitionHistory{};  // of what is read into again and again
  auto& run = value.run;
  bool pending = !value.pending.empty();
  bool lengths = run.worst != Duration{0} || run.least != Duration{0} || run.newest != Duration{0};
  bool remembered = value.gaps.count > 0 || value.lateness.count > 0;
  bool probed = value.probed_to || value.probe_record;
  bool alike = value.waiting_since.source == value.unread_since.source &&
               value.waiting_since.at == value.unread_since.at;
  visit.flags(run.open, run.held_outage, run.falling_behind, run.any_lateness, run.lateness_in_run,
              value.beyond_log_end, alike, pending, lengths, remembered, probed);
  visit(value.window, value.standing_since, value.unread_since);
  if (!alike) visit(value.waiting_since);
  if (pending) visit(value.pending);
  if (lengths) visit(run.worst, run.least, run.newest);
  if (remembered) visit(value.gaps, value.lateness);
  if (probed) visit(value.probed_to, value.probe_record);
  if constexpr (Visit::reads) {
    if (alike) value.waiting_since = value.unread_since;
  }
}

template <class Visit, Fields<BurrowSample> T>
void fields(Visit& visit, T& value) {
  visit(value.offset, value.at, value.lag);
}

template <class Visit, Fields<BurrowHistory> T>
void fields(Visit& visit, T& value) {
  visit(value.window, value.newest_commit);
}

}  // namespace tidemark
