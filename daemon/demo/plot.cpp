#include "daemon/demo/plot.h"

#include <algorithm>
#include <cmath>

namespace tidemark::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration reading_takes = milliseconds{500};
constexpr Duration commit_every = seconds{2};
constexpr Duration recent_past = -seconds{70};
constexpr Duration trouble_begins = seconds{6};

Plot make_plot(Part part) {
  const Plot well{recent_past, commit_every, trouble_begins, {}};
  Plot plot = well;
  switch (part) {
    case Part::healthy:
      break;
    case Part::slow:
      plot.scenes = {{minutes{14}, 0.3, Commits::moves, true},
                     {minutes{7}, 5, Commits::moves, true}};
      break;
    case Part::stuck:
      plot.scenes = {{minutes{6}, 0, Commits::repeating, true},
                     {seconds{130}, 10, Commits::moves, true}};
      break;
    case Part::dead:
      plot.scenes = {{minutes{5}, 0, Commits::none, false},
                     {seconds{140}, 10, Commits::moves, true}};
      break;
    case Part::idle:
      plot.since = -minutes{60};
      break;
    case Part::batch:
      plot.scenes = {{seconds{170}, 0, Commits::none, false},
                     {seconds{12}, 20, Commits::moves, true}};
      // Five runs in the past, the next one after 45 s.
      plot.first = seconds{45} - 5 * seconds{182} - seconds{170};
      plot.since = plot.first - seconds{10};
      break;
  }
  return plot;
}

Duration circle_of(const Plot& plot) {
  Duration out{0};
  for (const Scene& scene : plot.scenes) out += scene.length;
  return out;
}

int changes_a_circle(const Plot& plot) {
  int out = 0;
  bool before = plot.scenes.back().members;
  for (const Scene& scene : plot.scenes) {
    out += scene.members != before ? 1 : 0;
    before = scene.members;
  }
  return out;
}

Duration read_in(const Scene& scene, Duration span) {
  return Duration{std::llround(scene.speed * static_cast<double>(span.count()))};
}

}  // namespace

const Plot& plot_of(Part part) {
  static const std::vector<Plot> plots{make_plot(Part::healthy), make_plot(Part::slow),
                                       make_plot(Part::stuck),   make_plot(Part::dead),
                                       make_plot(Part::idle),    make_plot(Part::batch)};
  return plots.at(static_cast<std::size_t>(part));
}

Moment moment_of(const Plot& plot, Duration late, Duration at) {
  Moment out;
  out.read_until = at - reading_takes;
  const Duration since_first = at - plot.first - late;
  if (plot.scenes.empty() || since_first < Duration{0}) return out;
  const Duration circle = circle_of(plot);
  Duration left = since_first % circle;
  Duration read = at - left - reading_takes;  // at the start of this circle: all
  out.changes = static_cast<int>(since_first / circle) * changes_a_circle(plot);
  bool before = plot.scenes.back().members;
  for (const Scene& scene : plot.scenes) {
    out.commits = scene.commits;
    out.members = scene.members;
    out.changes += scene.members != before ? 1 : 0;
    before = scene.members;
    const Duration span = std::min(left, scene.length);
    read += read_in(scene, span);
    read = std::min(read, at - left + span - reading_takes);
    left -= span;
    if (span < scene.length) break;
  }
  out.read_until = read;
  return out;
}

std::vector<Duration> member_changes(const Plot& plot, Duration late, Duration from, Duration to) {
  std::vector<Duration> out;
  if (plot.scenes.empty()) return out;
  const Duration circle = circle_of(plot);
  const Duration first = plot.first + late;
  const auto circles_before = std::max<Duration::rep>(0, (from - first) / circle);
  for (Duration start = first + circles_before * circle; start <= to; start += circle) {
    Duration at = start;
    bool before = plot.scenes.back().members;
    for (const Scene& scene : plot.scenes) {
      if (scene.members != before && at > from && at <= to) out.push_back(at);
      before = scene.members;
      at += scene.length;
    }
  }
  return out;
}

}  // namespace tidemark::demo
