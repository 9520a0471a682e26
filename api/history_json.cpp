#include "api/history_json.h"

#include <functional>

#include "api/json_writer.h"

namespace tidemark {
namespace {

// Writes one value of a step as JSON; in CSV a null is an empty field.
struct Column {
  std::string_view name;
  std::function<void(JsonWriter&, const HistoryStep&)> write;
};

std::optional<double> rate(const HistoryStep& step, Maybe<std::int64_t> records) {
  if (!records || step.counted == Duration{0}) return std::nullopt;
  return static_cast<double>(*records) / to_seconds(step.counted);
}

std::optional<double> seconds_of(Maybe<std::int64_t> ms) {
  return ms ? std::optional(to_seconds(Duration{*ms})) : std::nullopt;
}

template <class Status>
void write_status(JsonWriter& to, const std::optional<Status>& status) {
  if (status) {
    to.value(to_string(*status));
  } else {
    to.value(nullptr);
  }
}

std::vector<Column> columns_of(const HistoryAnswer& answer) {
  std::vector<Column> out;
  if (answer.topic) {
    out.push_back({"status", [](JsonWriter& to, const HistoryStep& step) {
                     write_status(to, step.partition_status);
                   }});
  } else {
    out.push_back(
        {"status", [](JsonWriter& to, const HistoryStep& step) { write_status(to, step.status); }});
  }
  const auto number = [&](std::string_view name, Maybe<std::int64_t> HistoryStep::*member) {
    out.push_back(
        {name, [member](JsonWriter& to, const HistoryStep& step) { to.value(step.*member); }});
  };
  number("lag_min", &HistoryStep::lag_least);
  number("lag_max", &HistoryStep::lag_most);
  number("lag_last", &HistoryStep::lag_last);
  if (!answer.topic) {
    out.push_back({"time_lag_max_seconds", [](JsonWriter& to, const HistoryStep& step) {
                     to.value(seconds_of(step.time_lag_most));
                   }});
    out.push_back({"committed_per_second", [](JsonWriter& to, const HistoryStep& step) {
                     to.value(rate(step, step.committed));
                   }});
    out.push_back({"produced_per_second", [](JsonWriter& to, const HistoryStep& step) {
                     to.value(rate(step, step.produced));
                   }});
  }
  if (answer.with_offsets) {
    number("committed_offset", &HistoryStep::committed_offset);
    number("log_end", &HistoryStep::log_end);
  }
  return out;
}

void write_partition(JsonWriter& to, const PartitionSteps& partition) {
  to.begin_object().field("topic", partition.topic).field("partition", partition.partition);
  to.key("status").begin_array();
  for (const auto& status : partition.status) write_status(to, status);
  to.end_array().list("lag", partition.lag).end_object();
}

}  // namespace

std::string history_json(const HistoryAnswer& answer) {
  JsonWriter to(answer.steps.size() * 64);
  to.begin_object().field("cluster", answer.cluster).field("group", answer.group);
  if (answer.topic) to.field("topic", *answer.topic).field("partition", answer.partition);
  to.field("from_ms", answer.grid.from)
      .field("to_ms", answer.grid.at(answer.grid.count))
      .field("step_seconds", answer.grid.step)
      .field("source", answer.source)
      .field("damaged", answer.damaged);
  to.key("at_ms").begin_array();
  for (std::size_t i = 0; i < answer.grid.count; ++i) to.value(answer.grid.at(i));
  to.end_array();
  for (const Column& column : columns_of(answer)) {
    to.key(column.name).begin_array();
    for (const HistoryStep& step : answer.steps) column.write(to, step);
    to.end_array();
  }
  if (!answer.partitions.empty()) {
    to.key("partitions").begin_array();
    for (const PartitionSteps& partition : answer.partitions) write_partition(to, partition);
    to.end_array();
  }
  return to.end_object().take();
}

std::string history_csv(const HistoryAnswer& answer) {
  const auto columns = columns_of(answer);
  std::string out = "at_ms";
  for (const Column& column : columns) out.append(",").append(column.name);
  out += "\r\n";
  for (std::size_t i = 0; i < answer.grid.count; ++i) {
    out += std::to_string(to_ms(answer.grid.at(i)));
    for (const Column& column : columns) {
      JsonWriter field;
      column.write(field, answer.steps[i]);
      const std::string text = field.take();
      out += ",";
      if (text.front() == '"') {  // a status: a plain word
        out += text.substr(1, text.size() - 2);
      } else if (text != "null") {
        out += text;
      }
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace tidemark
