// What was: a group's history, or one partition's.
#include <algorithm>
#include <charconv>

#include "api/history_json.h"
#include "api/history_steps.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"
#include "storage/history_query.h"

namespace tidemark {
namespace {

using std::chrono::hours;

constexpr std::size_t usual_steps = 500;
constexpr std::size_t most_steps = 5000;
constexpr Duration usual_span = hours{1};
constexpr Duration longest_of_samples = hours{48};           // beyond, totals answer
constexpr Duration longest_of_fine_totals = hours{24 * 45};  // beyond, those of hours
constexpr int highest_partition = 999'999;

struct Wanted {
  std::string cluster;
  std::string group;
  std::optional<std::string> topic;
  std::int32_t partition = 0;
  Instant from;
  Instant to;
  std::optional<Duration> step;
  bool offsets = true;
  bool partitions = false;
  bool csv = false;
};

void read_fields(QueryReader& reader, Wanted& into) {
  const auto given = reader.text("fields");
  if (!given) return;
  into.offsets = into.partitions = false;
  std::string words = *given;
  while (!words.empty()) {
    const std::size_t comma = std::min(words.find(','), words.size());
    const std::string word = words.substr(0, comma);
    words.erase(0, comma + 1);
    if (word == "offsets") {
      into.offsets = true;
    } else if (word == "partitions") {
      into.partitions = true;
    } else if (word != "totals") {
      reader.refuse("fields", "\"" + word + "\" is none of totals, offsets, partitions");
    }
  }
}

void read_range(QueryReader& reader, Instant now, Wanted& into) {
  const auto since = reader.span("since");
  into.to = reader.instant("to_ms").value_or(now);
  const auto from = reader.instant("from_ms");
  if (from && since) reader.refuse("since", "give from_ms or since, not both");
  into.from = from.value_or(into.to - since.value_or(usual_span));
  if (into.from >= into.to) reader.refuse("from_ms", "it is not before to_ms");
  into.step = reader.span("step");
  if (into.step && grid_of(into.from, into.to, *into.step).count > most_steps) {
    reader.refuse("step", "that makes more than " + std::to_string(most_steps) +
                              " steps; take a longer one, or a shorter time");
  }
}

void read_format(QueryReader& reader, Wanted& into) {
  const std::string format = reader.text("format").value_or("json");
  into.csv = format == "csv";
  if (!into.csv && format != "json") {
    reader.refuse("format", "\"" + format + "\" is neither json nor csv");
  }
}

void read_common(QueryReader& reader, Instant now, Wanted& into) {
  read_fields(reader, into);
  read_range(reader, now, into);
  read_format(reader, into);
}

Refusal no_history(const HistoryStatus& status) {
  return {503, "history_off",
          "no history is recorded" + (status.reason.empty() ? std::string() : ": " + status.reason),
          ""};
}

HistoryAnswer answer_for(const Wanted& wanted, Duration interval) {
  HistoryAnswer out;
  out.cluster = wanted.cluster;
  out.group = wanted.group;
  out.topic = wanted.topic;
  out.partition = wanted.partition;
  out.with_offsets = wanted.offsets || wanted.topic;
  out.grid = wanted.step ? grid_of(wanted.from, wanted.to, *wanted.step)
                         : grid_for(wanted.from, wanted.to, interval, usual_steps);
  return out;
}

HistoryRange range_of(const Wanted& wanted, const HistoryGrid& grid) {
  return {wanted.cluster, wanted.group, grid.from, grid.at(grid.count)};
}

Status answer_by_samples(const HistoryStatus& status, const Wanted& wanted, HistoryAnswer& into) {
  const auto found = samples_of(status.path, range_of(wanted, into.grid));
  if (!found) return found.error();
  const auto& samples = found.value().samples;
  into.source = "samples";
  into.damaged = found.value().damaged;
  if (wanted.topic) {
    into.steps = steps_of_partition(into.grid, samples, *wanted.topic, wanted.partition);
    return Done{};
  }
  HistorySteps steps(into.grid, status.interval);
  for (const GroupSample& sample : samples) steps.add(sample);
  into.steps = steps.steps();
  if (wanted.partitions) into.partitions = steps.partitions(samples);
  return Done{};
}

// Totals as far as there are some, and samples for what is too new to be in them.
Status answer_by_totals(const HistoryStatus& status, const Wanted& wanted, TotalsLength length,
                        HistoryAnswer& into) {
  const bool fine = length == TotalsLength::five_minutes;
  const Duration span = fine ? Duration{std::chrono::minutes{5}} : Duration{hours{1}};
  if (into.grid.step < span) into.grid = grid_for(wanted.from, wanted.to, span, most_steps);
  HistoryRange range = range_of(wanted, into.grid);
  const auto totals = totals_of(status.path, range, length);
  if (!totals) return totals.error();
  HistorySteps steps(into.grid, status.interval);
  for (const TotalsStep& step : totals.value()) steps.add(step, span);
  range.from = std::max(range.from, range.to - hours{3});
  if (!totals.value().empty()) range.from = std::max(range.from, totals.value().back().at + span);
  const auto newest = samples_of(status.path, range);
  if (!newest) return newest.error();
  for (const GroupSample& sample : newest.value().samples) steps.add(sample);
  into.source = fine ? "totals_5m" : "totals_1h";
  into.steps = steps.steps();
  return Done{};
}

bool knows_something(const HistoryAnswer& answer) {
  return std::any_of(answer.steps.begin(), answer.steps.end(),
                     [](const HistoryStep& step) { return step.recorded; });
}

// By the finest record that reaches so far back.
Status fill(const HistoryStatus& status, const Wanted& wanted, HistoryAnswer& into) {
  const Duration span = wanted.to - wanted.from;
  if (span <= longest_of_samples || wanted.topic) {
    const Status done = answer_by_samples(status, wanted, into);
    if (!done || wanted.topic || knows_something(into)) return done;
  }
  if (span <= longest_of_fine_totals) {
    HistoryAnswer fine = into;
    const Status done = answer_by_totals(status, wanted, TotalsLength::five_minutes, fine);
    if (!done) return done;
    if (knows_something(fine)) {
      into = std::move(fine);
      return done;
    }
  }
  HistoryAnswer coarse = into;
  const Status done = answer_by_totals(status, wanted, TotalsLength::one_hour, coarse);
  if (done && (knows_something(coarse) || into.steps.empty())) into = std::move(coarse);
  return done;
}

HttpReply answer(const Call& call, const Wanted& wanted) {
  const auto report = find_cluster(call.site.view, wanted.cluster);
  if (!report) return refusal_reply(no_cluster(wanted.cluster));
  const auto status = call.site.view.history();
  if (status->path.empty()) return refusal_reply(no_history(*status));
  HistoryAnswer out = answer_for(wanted, std::max(status->interval, Duration{1000}));
  const Status done = fill(*status, wanted, out);
  if (!done) return refusal_reply({503, "history_unavailable", done.error().message, ""});
  if (!knows_something(out) && report->find_group(wanted.group) == nullptr) {
    return refusal_reply(no_group(wanted.cluster, wanted.group));
  }
  if (wanted.csv) {
    HttpReply reply;
    reply.content_type = "text/csv; charset=utf-8";
    reply.body = history_csv(out);
    return reply;
  }
  return data_reply(history_json(out), std::nullopt, report->shown(report->as_of));
}

Instant now_of(const Call& call) {
  const Reports reports = call.site.view.reports();
  Instant out;
  for (const auto& report : reports) out = std::max(out, report->shown(report->as_of));
  return out + Duration{1};
}

}  // namespace

HttpReply get_history(const Call& call) {
  QueryReader reader(call.target, {"from_ms", "to_ms", "since", "step", "fields", "format"});
  Wanted wanted;
  wanted.cluster = call.names.at(0);
  wanted.group = call.names.at(1);
  read_common(reader, now_of(call), wanted);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  return answer(call, wanted);
}

HttpReply get_history_by_query(const Call& call) {
  QueryReader reader(call.target,
                     {"name", "from_ms", "to_ms", "since", "step", "fields", "format"});
  const auto name = reader.text("name");
  if (!name) reader.refuse("name", "the group's name is missing: ?name=…", "missing_parameter");
  Wanted wanted;
  wanted.cluster = call.names.at(0);
  wanted.group = name.value_or("");
  read_common(reader, now_of(call), wanted);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  return answer(call, wanted);
}

HttpReply get_partition_history(const Call& call) {
  QueryReader reader(call.target, {"from_ms", "to_ms", "since", "step", "format"});
  Wanted wanted;
  wanted.cluster = call.names.at(0);
  wanted.group = call.names.at(1);
  wanted.topic = call.names.at(2);
  const std::string& number = call.names.at(3);
  const char* const end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, wanted.partition);
  const bool fine = error == std::errc() && stop == end && wanted.partition >= 0 &&
                    wanted.partition <= highest_partition;
  if (!fine)
    return refusal_reply({400, "bad_parameter", "\"" + number + "\" is no partition", "p"});
  read_common(reader, now_of(call), wanted);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  return answer(call, wanted);
}

}  // namespace tidemark
