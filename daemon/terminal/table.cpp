#include "daemon/terminal/table.h"

#include <algorithm>
#include <numeric>

#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t comfortable = 40;

std::string_view code_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::dim:
      return "\x1b[2m";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::warning:
      return "\x1b[33m";
    case Tone::bad:
      return "\x1b[1;31m";
  }
  return "";
}

Table made_printable(Table table) {
  for (auto& row : table.rows) {
    for (Cell& cell : row) cell.text = printable(cell.text);
  }
  return table;
}

std::vector<std::size_t> natural_widths(const Table& table) {
  std::vector<std::size_t> out;
  for (const Column& column : table.columns) out.push_back(width_of(column.title));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out[i] = std::max(out[i], width_of(row[i].text));
  }
  return out;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  const auto gaps = widths.empty() ? 0 : gap * (widths.size() - 1);
  return std::accumulate(widths.begin(), widths.end(), gaps);
}

// The last column gives first, as long as it stays comfortable to read; then the others that may be
// cut, the widest first; then the last one again.
void fit(std::vector<std::size_t>& widths, const std::vector<Column>& columns, std::size_t width) {
  if (widths.empty()) return;
  const auto shrink = [&](std::size_t i, std::size_t least) {
    const std::size_t now = total(widths);
    if (now <= width || columns[i].least == 0 || widths[i] <= least) return;
    widths[i] -= std::min(now - width, widths[i] - least);
  };
  const std::size_t last = widths.size() - 1;
  std::vector<std::size_t> others(last);
  std::iota(others.begin(), others.end(), 0);
  std::stable_sort(others.begin(), others.end(),
                   [&](std::size_t a, std::size_t b) { return widths[a] > widths[b]; });
  shrink(last, comfortable);
  for (const std::size_t i : others) shrink(i, columns[i].least);
  shrink(last, columns[last].least);
}

// One line, cell by cell.
class Line {
 public:
  Line(const std::vector<Column>& columns, const std::vector<std::size_t>& widths, const Look& look)
      : columns_(columns), widths_(widths), look_(look) {}

  void add(std::size_t i, std::string_view text, Tone tone) {
    const bool last = i + 1 == columns_.size();
    std::string shown = cut(text, std::min(widths_[i], room()));
    if (columns_[i].right || !last) shown = padded(shown, widths_[i], columns_[i].right);
    if (room() < width_of(shown)) shown = cut(shown, room());
    pending_ += shown;
    used_ += width_of(shown);
    const auto end = pending_.find_last_not_of(' ');
    if (end == std::string::npos) {
      lead(last);
      return;
    }
    const auto begin = pending_.find_first_not_of(' ');
    line_ += pending_.substr(0, begin);
    line_ += toned(pending_.substr(begin, end + 1 - begin), tone, look_);
    pending_.erase(0, end + 1);
    lead(last);
  }

  [[nodiscard]] std::string text() const { return line_ + "\n"; }

 private:
  [[nodiscard]] std::size_t room() const {
    if (!look_.width || !look_.no_wrapping) return static_cast<std::size_t>(-1);
    return *look_.width > used_ ? *look_.width - used_ : 0;
  }
  void lead(bool last) {
    if (last) return;
    const std::size_t blanks = std::min(gap, room());
    pending_.append(blanks, ' ');
    used_ += blanks;
  }

  const std::vector<Column>& columns_;
  const std::vector<std::size_t>& widths_;
  const Look& look_;
  std::string line_;
  std::string pending_;  // blanks that count only if something follows
  std::size_t used_ = 0;
};

}  // namespace

std::string toned(std::string_view text, Tone tone, const Look& look) {
  const std::string_view code = code_of(tone);
  if (!look.colour || code.empty()) return std::string{text};
  return std::string{code} + std::string{text} + "\x1b[0m";
}

std::string render(const Table& given, const Look& look) {
  const Table table = made_printable(given);
  std::vector<std::size_t> widths = natural_widths(table);
  if (look.width) fit(widths, table.columns, *look.width);
  Line head(table.columns, widths, look);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    head.add(i, table.columns[i].title, Tone::dim);
  }
  std::string out = head.text();
  for (const auto& row : table.rows) {
    Line line(table.columns, widths, look);
    for (std::size_t i = 0; i < row.size(); ++i) line.add(i, row[i].text, row[i].tone);
    out += line.text();
  }
  return out;
}

}  // namespace tidemark::terminal
