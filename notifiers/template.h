// Mustache templates: what people write to word messages their own way. Stateless, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark {

// What a template can name. A name that is missing is empty, and false as a section.
struct TemplateData {
  std::map<std::string, std::string> texts;
  std::set<std::string> flags;  // those that are true
  std::map<std::string, std::vector<TemplateData>> lists;
};

// How {{name}} is made safe; {{{name}}} is always as it is.
enum class Escape : std::uint8_t { none, html, json, url, slack };

// The error is that of the template's syntax.
Result<std::string> render(const std::string& text, const TemplateData& data, Escape escape);

// What is wrong with a template that may name these, in one sentence; Done if nothing is. Partials
// and changes of delimiters are not taken.
Status check_template(const std::string& text, const std::set<std::string>& names);

}  // namespace tidemark
