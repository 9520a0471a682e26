#include "notifiers/lag_picture.h"

#include <cairo.h>

#include <algorithm>
#include <memory>

#include "evaluator/words.h"

namespace tidemark {
namespace {

constexpr double scale = 2;
constexpr double margin = 6;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

struct Spot {
  double x = 0;
  double y = 0;
};
using Line = std::vector<Spot>;  // without a gap

struct Extent {
  Instant from = Instant::max();
  Instant to = Instant::min();
  std::int64_t most = 1;
  std::size_t known = 0;
};

Extent extent_of(const std::vector<LagPoint>& points) {
  Extent out;
  for (const LagPoint& point : points) {
    out.from = std::min(out.from, point.at);
    out.to = std::max(out.to, point.at);
    if (!point.lag) continue;
    ++out.known;
    out.most = std::max(out.most, *point.lag);
  }
  return out;
}

Spot spot_of(const LagPoint& point, const Extent& extent) {
  const double width = to_seconds(extent.to - extent.from);
  const double part = to_seconds(point.at - extent.from) / width;
  const double high = static_cast<double>(*point.lag) / static_cast<double>(extent.most);
  return {margin + part * (picture_width - 2 * margin),
          picture_height - margin - std::max(high, 0.0) * (picture_height - 2 * margin)};
}

std::vector<Line> lines_of(const std::vector<LagPoint>& points, const Extent& extent) {
  std::vector<Line> out{{}};
  for (const LagPoint& point : points) {
    if (point.lag) {
      out.back().push_back(spot_of(point, extent));
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  return out;
}

void trace(cairo_t* context, const Line& line) {
  cairo_move_to(context, line.front().x, line.front().y);
  for (const Spot& spot : line) cairo_line_to(context, spot.x, spot.y);
}

void draw_line(cairo_t* context, const Line& line) {
  if (line.empty()) return;
  const double bottom = picture_height - margin;
  trace(context, line);
  cairo_line_to(context, line.back().x, bottom);
  cairo_line_to(context, line.front().x, bottom);
  cairo_close_path(context);
  cairo_set_source_rgba(context, 0.77, 0.19, 0.19, 0.18);
  cairo_fill(context);
  trace(context, line);
  cairo_set_source_rgb(context, 0.77, 0.19, 0.19);
  cairo_set_line_width(context, 2);
  cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND);
  cairo_stroke(context);
}

// A line for each quarter of the highest lag.
void draw_ground(cairo_t* context) {
  cairo_set_source_rgb(context, 1, 1, 1);
  cairo_paint(context);
  cairo_set_source_rgb(context, 0.88, 0.90, 0.93);
  cairo_set_line_width(context, 1);
  for (int i = 0; i <= 4; ++i) {
    const double y = margin + i * (picture_height - 2 * margin) / 4;
    cairo_move_to(context, margin, y);
    cairo_line_to(context, picture_width - margin, y);
  }
  cairo_stroke(context);
}

cairo_status_t append(void* text, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string picture_words(const std::vector<LagPoint>& points, Instant now) {
  const Extent extent = extent_of(points);
  if (extent.known == 0) return "";
  const bool seconds = extent.to - extent.from < std::chrono::minutes{1};
  return "Lag from " + words::clock(extent.from, now, seconds) + " to " +
         words::clock(extent.to, now, seconds) + "; " + words::records(extent.most) + " at most";
}

std::string lag_picture(const std::vector<LagPoint>& points) {
  const Extent extent = extent_of(points);
  if (extent.known < 2 || extent.to <= extent.from) return {};
  const Surface surface{
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(picture_width * scale),
                                 static_cast<int>(picture_height * scale)),
      cairo_surface_destroy};
  const Context context{cairo_create(surface.get()), cairo_destroy};
  cairo_scale(context.get(), scale, scale);
  draw_ground(context.get());
  for (const Line& line : lines_of(points, extent)) draw_line(context.get(), line);
  std::string out;
  const auto status = cairo_surface_write_to_png_stream(surface.get(), append, &out);
  return status == CAIRO_STATUS_SUCCESS ? out : std::string{};
}

}  // namespace tidemark
