#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/calendar.h"
#include "core/utf8.h"
#include "notifiers/mail.h"

namespace tidemark {
namespace {

constexpr std::size_t longest_line = 76;
constexpr std::string_view hex_digits = "0123456789ABCDEF";

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t size = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8U) | (i < size ? static_cast<std::uint8_t>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= size ? digits[(bits >> (18U - 6U * i)) & 63U] : '=';
    }
  }
  return out;
}

bool plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }) &&
         text.find("=?") == std::string_view::npos;
}

std::string escape_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return {'=', hex_digits[byte >> 4U], hex_digits[byte & 15U]};
}

// A blank at the end of a line would be lost on the way.
std::string one_quoted_line(std::string_view line) {
  std::string out;
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last_blank = i + 1 == line.size() && (c == ' ' || c == '\t');
    const bool plain = ((c >= 0x20 && c < 0x7F && c != '=') || c == '\t') && !last_blank;
    const std::string piece = plain ? std::string{c} : escape_of(c);
    if (width + piece.size() > longest_line - 1) {
      out += "=\r\n";
      width = 0;
    }
    out += piece;
    width += piece.size();
  }
  return out;
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string out;
  while (true) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    out += one_quoted_line(line);
    if (end == std::string_view::npos) return out;
    out += "\r\n";
    text.remove_prefix(end + 1);
  }
}

std::string base64_lines(std::string_view bytes) {
  const std::string all = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += longest_line) {
    out += all.substr(at, longest_line) + "\r\n";
  }
  return out;
}

std::string header_text(std::string_view value) {
  constexpr std::size_t bytes_of_a_word = 42;  // 56 in base64, 68 with what is around it
  if (plain_ascii(value)) return std::string{value};
  std::vector<std::string> words{""};
  while (!value.empty()) {
    std::string character;
    append_utf8(character, next_code_point(value));
    if (words.back().size() + character.size() > bytes_of_a_word) words.emplace_back();
    words.back() += character;
  }
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(word) + "?=";
  }
  return out;
}

std::string mail_date(Instant at) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::tm date = calendar(at);
  const char* day = days.at(static_cast<std::size_t>(date.tm_wday));
  const char* month = months.at(static_cast<std::size_t>(date.tm_mon));
  return fmt::format("{}, {:02} {} {:%Y %H:%M:%S} +0000", day, date.tm_mday, month, date);
}

}  // namespace tidemark
