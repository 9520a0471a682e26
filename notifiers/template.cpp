#include "notifiers/template.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "core/percent.h"
#include "notifiers/text.h"

namespace tidemark {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

data converted(const TemplateData& from) {
  data out;
  for (const auto& [name, text] : from.texts) out.set(name, text);
  for (const std::string& name : from.flags) out.set(name, true);
  for (const auto& [name, items] : from.lists) {
    data list{data::type::list};
    for (const TemplateData& item : items) list.push_back(converted(item));
    out.set(name, list);
  }
  return out;
}

std::string escaped(const std::string& text, Escape escape) {
  switch (escape) {
    case Escape::html:
      return html_escaped(text);
    case Escape::json:
      return json_escaped(text);
    case Escape::url:
      return percent_encode(text);
    case Escape::slack:
      return slack_escaped(text);
    case Escape::none:
      break;
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

Error at_line(std::string_view text, std::size_t at, const std::string& what) {
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
  return Error{"line " + std::to_string(line) + " of the template: " + what};
}

// What is wrong with the tag between the braces; empty if nothing is.
std::string complaint(std::string_view tag, const std::set<std::string>& names) {
  const std::string whole = "{{" + one_line(tag, 60) + "}}";
  if (tag.empty()) return whole + " names nothing";
  if (tag.front() == '!') return "";
  if (tag.front() == '=') return whole + ": the delimiters can't be changed";
  if (tag.front() == '>') return whole + ": there are no partials";
  if (std::string_view{"#^/&"}.find(tag.front()) != std::string_view::npos) tag.remove_prefix(1);
  const std::string name{trimmed(tag)};
  if (names.count(name) > 0) return "";
  return whole + ": there is nothing with that name; docs/receivers.md lists what there is";
}

}  // namespace

Result<std::string> render(const std::string& text, const TemplateData& values, Escape escape) {
  mustache compiled{text};
  if (!compiled.is_valid()) return Error{one_line(compiled.error_message())};
  compiled.set_custom_escape([escape](const std::string& raw) { return escaped(raw, escape); });
  std::string out = compiled.render(converted(values));
  if (!compiled.is_valid()) return Error{one_line(compiled.error_message())};
  return out;
}

Status check_template(const std::string& text, const std::set<std::string>& names) {
  const std::string_view all = text;
  for (auto at = all.find("{{"); at != std::string_view::npos; at = all.find("{{", at)) {
    const bool raw = all.substr(at + 2, 1) == "{";
    const std::string_view close = raw ? "}}}" : "}}";
    const auto begin = at + (raw ? 3 : 2);
    const auto end = all.find(close, begin);
    if (end == std::string_view::npos) {
      return at_line(all, at, "\"{{\" is not closed by \"" + std::string{close} + "\"");
    }
    const std::string wrong = complaint(trimmed(all.substr(begin, end - begin)), names);
    if (!wrong.empty()) return at_line(all, at, wrong);
    at = end + close.size();
  }
  const mustache compiled{text};
  if (!compiled.is_valid()) return Error{one_line(compiled.error_message())};
  return Done{};
}

}  // namespace tidemark
