// An aligned table for people: pure text in, text out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::terminal {

enum class Tone { plain, dim, strong, good, warning, bad };

// How the reader looks at it.
struct Look {
  bool colour = false;
  bool shapes = false;               // a sign before a status, so that colour is not needed
  std::optional<std::size_t> width;  // of the terminal; null: as wide as it gets (a pipe)
  bool no_wrapping = false;          // cut what would be wider than `width`, names too
};

struct Cell {
  std::string text;  // anything: it is made printable
  Tone tone = Tone::plain;
};

struct Column {
  std::string title;
  bool right = false;
  // May be cut to this width when the terminal is too narrow; 0: never.
  std::size_t least = 0;
};

struct Table {
  std::vector<Column> columns;  // the last one should be the longest text: it is cut first
  std::vector<std::vector<Cell>> rows;
};

// Title line and rows, each with its newline, no blanks at the ends of lines.
std::string render(const Table& table, const Look& look);

// In its colour, if the reader wants any.
std::string toned(std::string_view text, Tone tone, const Look& look);

}  // namespace tidemark::terminal
