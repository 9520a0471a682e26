#include "daemon/terminal/history_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "daemon/terminal/events_view.h"
#include "daemon/terminal/look_of_status.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

constexpr std::size_t plot_rows = 10;
constexpr std::size_t widest_plot = 120;
constexpr std::size_t least_columns = 20;
constexpr std::size_t usual_width = 80;
constexpr std::array<std::string_view, 9> eighths{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

// Some steps under each other in one column of the plot: the worst of them.
struct PlotColumn {
  std::optional<std::int64_t> lag;
  std::string status;  // empty: a gap
};

int badness(const std::string& status) {
  constexpr std::array<std::string_view, 4> order{"OK", "UNKNOWN", "WARNING", "ERROR"};
  const auto found = std::find(order.begin(), order.end(), status);
  return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

void add_to(PlotColumn& column, const HistoryStepAnswer& step) {
  if (step.lag) column.lag = std::max(column.lag.value_or(0), *step.lag);
  if (badness(step.status) > badness(column.status)) column.status = step.status;
}

// So many that they fill `most`, each with as many steps as the others, or some columns a step.
std::vector<PlotColumn> columns_of(const HistoryAnswer& history, std::size_t most) {
  const std::size_t steps = history.steps.size();
  std::vector<PlotColumn> out(steps < most ? most / steps * steps : most);
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::size_t step = i * steps / out.size();
    const std::size_t end = std::max(step + 1, (i + 1) * steps / out.size());
    for (; step < end; ++step) add_to(out[i], history.steps[step]);
  }
  return out;
}

std::int64_t most_lag(const std::vector<PlotColumn>& columns) {
  std::int64_t out = 0;
  for (const PlotColumn& column : columns) out = std::max(out, column.lag.value_or(0));
  return out;
}

// What of a column stands in one row, counted from the bottom.
std::string_view cell(const PlotColumn& column, std::size_t row, std::int64_t most,
                      const Look& look) {
  if (!column.lag || most == 0) return " ";
  const double height = static_cast<double>(*column.lag) / static_cast<double>(most) *
                        static_cast<double>(plot_rows * 8);
  const double above = std::ceil(height) - static_cast<double>(row * 8);
  const auto filled = static_cast<std::size_t>(std::clamp(above, 0.0, 8.0));
  if (look.shapes) return eighths.at(filled);
  return filled > 0 ? "#" : " ";
}

std::string plot_of(const std::vector<PlotColumn>& columns, const std::string& top,
                    std::size_t margin, const Look& look) {
  const std::int64_t most = most_lag(columns);
  std::string out;
  for (std::size_t row = plot_rows; row-- > 0;) {
    const std::string label = row + 1 == plot_rows ? top : row == 0 ? "0" : "";
    std::string line = padded(label, margin, true) + (look.shapes ? " │" : " |");
    for (const PlotColumn& column : columns) line += cell(column, row, most, look);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

// One sign a column: a letter by itself, or with colour.
std::string strip_of(const std::vector<PlotColumn>& columns, std::size_t margin, const Look& look) {
  std::string out = padded("status", margin, true) + "  ";
  for (const PlotColumn& column : columns) {
    if (column.status.empty()) {
      out += " ";
      continue;
    }
    const std::string letter = column.status == "OK" ? "." : column.status.substr(0, 1);
    out += toned(letter, status_cell(column.status, false, look).tone, look);
  }
  return out + "\n";
}

std::string axis_of(const HistoryAnswer& history, std::size_t width, std::size_t margin,
                    const Look& look) {
  const std::string first = local_time(history.steps.front().at_ms);
  const std::string last = local_time(history.steps.back().at_ms).substr(11);
  const std::string blanks(
      std::max<std::size_t>(first.size() + 2 + last.size(), width) - first.size() - last.size(),
      ' ');
  return std::string(margin + 2, ' ') + toned(first + blanks + last, Tone::dim, look) + "\n";
}

std::string rate(std::optional<double> per_second) {
  if (!per_second) return "-";
  return grouped(static_cast<std::int64_t>(std::llround(*per_second)));
}

bool is_empty(const HistoryAnswer& history) {
  return std::all_of(history.steps.begin(), history.steps.end(),
                     [](const HistoryStepAnswer& step) { return step.status.empty(); });
}

}  // namespace

std::string history_plot(const HistoryAnswer& history, const Look& look) {
  std::string out =
      toned(printable(history.cluster) + " / " + printable(history.group), Tone::strong, look) +
      ": lag, the most in " + span(history.step_seconds) + "\n";
  if (is_empty(history)) return out + "nothing was recorded in that time\n";
  const std::size_t width = look.width.value_or(usual_width);
  const std::string top = grouped(most_lag(columns_of(history, widest_plot)));
  const std::size_t margin = std::max<std::size_t>(top.size(), 6);
  const std::size_t room = std::max(least_columns, width - std::min(width, margin + 3));
  const auto columns = columns_of(history, std::min(widest_plot, room));
  out += plot_of(columns, top, margin, look) + strip_of(columns, margin, look) +
         axis_of(history, columns.size(), margin, look);
  out += toned(". OK  U UNKNOWN  W WARNING  E ERROR  blank: not recorded", Tone::dim, look) + "\n";
  if (history.damaged) out += "some of what was recorded could not be read\n";
  return out;
}

std::string history_table(const HistoryAnswer& history, const Look& look) {
  Table table;
  table.columns = {{"TIME"},           {"STATUS"},       {"LAG", true},
                   {"TIME LAG", true}, {"READ/S", true}, {"WRITTEN/S", true}};
  for (const HistoryStepAnswer& step : history.steps) {
    if (step.status.empty()) continue;
    table.rows.push_back({{local_time(step.at_ms)},
                          status_cell(step.status, false, look),
                          {grouped(step.lag)},
                          {span(step.time_lag)},
                          {rate(step.committed)},
                          {rate(step.produced)}});
  }
  return render(table, look);
}

}  // namespace tidemark::terminal
