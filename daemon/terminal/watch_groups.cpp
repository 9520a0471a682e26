#include "daemon/terminal/watch_groups.h"

#include <chrono>
#include <ctime>

#include "daemon/terminal/groups_view.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/screen.h"
#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

constexpr std::chrono::seconds redraw_every{2};
constexpr std::size_t most_notices = 5;

std::string time_of_day() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[16];
  return {text, std::strftime(text, sizeof(text), "%H:%M:%S", &parts)};
}

// The newest picture; where there is no news, the old one with the problem.
WatchPicture look_again(RestClient& daemon, const GroupsFilter& filter, const Reader& reader,
                        WatchPicture picture) {
  picture.time = time_of_day();
  picture.problem.clear();
  auto groups = first_groups(daemon, filter, static_cast<int>(reader.rows));
  auto seen = groups ? clusters(daemon, filter.cluster)
                     : Result<std::vector<ClusterAnswer>>(groups.error());
  if (seen) {
    picture.groups = std::move(groups.value());
    picture.clusters = std::move(seen.value());
  } else {
    picture.problem = seen.error().message;
  }
  return picture;
}

// In colour where it fits, else cut without.
std::string summary_line(const WatchPicture& picture, const Look& look) {
  const std::string time = "  at " + picture.time;
  const std::string plain = groups_summary(picture.clusters, {}) + time;
  if (width_of(plain) > *look.width) return cut(plain, *look.width);
  return groups_summary(picture.clusters, look) + toned(time, Tone::dim, look);
}

std::vector<std::string> top_lines(const WatchPicture& picture, const Look& look) {
  std::vector<std::string> out{summary_line(picture, look)};
  if (!picture.problem.empty()) {
    const std::string line = "out of date: " + printable(picture.problem);
    out.push_back(toned(cut(line, *look.width), Tone::bad, look));
  }
  auto notices = cluster_notices(picture.clusters, look);
  if (notices.size() > most_notices) {
    const auto more = notices.size() - most_notices + 1;
    notices.resize(most_notices - 1);
    notices.push_back(cut("… and " + std::to_string(more) + " more clusters", *look.width));
  }
  out.insert(out.end(), notices.begin(), notices.end());
  out.emplace_back();
  return out;
}

std::string first_lines(const std::string& text, std::size_t count) {
  std::size_t end = 0;
  while (count-- > 0 && end < text.size()) end = text.find('\n', end) + 1;
  return text.substr(0, end);
}

}  // namespace

std::string watch_text(const WatchPicture& picture, const Reader& reader) {
  Look look = reader.look();
  look.no_wrapping = true;
  look.width = reader.columns;
  std::string out;
  const auto top = top_lines(picture, look);
  for (const std::string& line : top) out += line + "\n";
  const std::size_t around = top.size() + 2;  // titles, and the line that says what is left out
  const std::size_t fits = reader.rows > around ? reader.rows - around : 0;
  std::vector<GroupAnswer> groups = picture.groups.groups;
  if (groups.size() > fits) groups.resize(fits);
  out += groups_table(groups, look);
  const std::int64_t more = picture.groups.total - static_cast<std::int64_t>(groups.size());
  const std::string left_out = cut("… " + grouped(more) + " more", reader.columns);
  if (more > 0) out += toned(left_out, Tone::dim, look) + "\n";
  return first_lines(out, reader.rows);
}

int watch_groups(RestClient& daemon, const GroupsFilter& filter, const Console& console) {
  hold_signals();
  WatchPicture picture = look_again(daemon, filter, reader_of_stdout(), {});
  if (!picture.problem.empty()) {
    console.err << "tidemark groups: " << picture.problem << "\n";
    return exit_not_so;
  }
  Screen screen;
  while (true) {
    screen.show(watch_text(picture, reader_of_stdout()));
    const Wake wake = wait_for_signal(redraw_every, &screen);
    if (wake == Wake::end) return exit_fine;
    picture = look_again(daemon, filter, reader_of_stdout(), std::move(picture));
  }
}

int print_again_and_again(const std::function<int()>& print, bool json, const Console& console) {
  hold_signals();
  int code = print();
  while (code == exit_fine && console.out) {
    if (wait_for_signal(redraw_every, nullptr) == Wake::end) return exit_fine;
    if (!json) console.out << "\n";
    code = print();
  }
  return code;
}

}  // namespace tidemark::terminal
