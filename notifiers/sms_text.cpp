#include "notifiers/sms_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/utf8.h"
#include "notifiers/template_data.h"
#include "notifiers/text.h"

namespace tidemark {
namespace {

constexpr std::string_view default_text =
    "{{#test}}TEST {{/test}}{{state}} {{cluster}}{{#group}} {{group}}{{/group}}"
    "{{#more}} and {{more}} more{{/more}}, {{when}}{{#reason}}: {{reason}}{{/reason}}";
constexpr std::size_t shortest_name = 8;  // "pay..-v2" is still somebody
constexpr std::string_view gap = "..";

// GSM 03.38: the basic alphabet, and what takes two septets.
constexpr std::u32string_view basic =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    U"ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view extended = U"^{}\\[~]|€\f";

std::size_t septets(char32_t code) {
  if (basic.find(code) != std::u32string_view::npos) return 1;
  return extended.find(code) != std::u32string_view::npos ? 2 : 0;
}

// What our own sentences have and the alphabet has not.
std::string_view plainer(char32_t code) {
  constexpr std::array<std::pair<char32_t, std::string_view>, 14> known{{{U'…', "..."},
                                                                         {U'–', "-"},
                                                                         {U'—', "-"},
                                                                         {U'−', "-"},
                                                                         {U'≤', "<="},
                                                                         {U'≥', ">="},
                                                                         {U'’', "'"},
                                                                         {U'‘', "'"},
                                                                         {U'“', "\""},
                                                                         {U'”', "\""},
                                                                         {U'\u00A0', " "},
                                                                         {U'\u202F', " "},
                                                                         {U'`', "'"},
                                                                         {U'\t', " "}}};
  for (const auto& [from, to] : known) {
    if (from == code) return to;
  }
  return "?";
}

std::string in_gsm(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char32_t code = next_code_point(text);
    if (septets(code) > 0) {
      append_utf8(out, code);
    } else {
      out += plainer(code);
    }
  }
  return out;
}

std::string cut_to_fit(std::string_view text) {
  const bool ucs2 = sms_size(text).ucs2;
  std::string out;
  while (!text.empty()) {
    std::string longer = out;
    append_utf8(longer, next_code_point(text));
    const SmsSize size = sms_size(longer);
    if (size.units > (ucs2 ? 70U : 160U)) break;
    out = std::move(longer);
  }
  return out;
}

// The texts that give way, and how.
class Fitting {
 public:
  Fitting(const Message& message, std::string text)
      : data_(template_data(message)), text_(std::move(text)) {
    data_.lists.clear();  // there is no room for lists
    const bool gsm = !sms_size(get("cluster") + get("group")).ucs2;
    for (auto& [name, value] : data_.texts) {
      if (gsm) value = in_gsm(value);
    }
  }

  Result<std::string> fit() {
    for (;;) {
      // {{#reason}} is false once there is none.
      std::erase_if(data_.texts, [](const auto& entry) { return entry.second.empty(); });
      auto out = render(text_, data_, Escape::none);
      if (!out) return out;
      std::string line = one_line(out.value());
      while (!line.empty() && line.back() == ' ') line.pop_back();
      const SmsSize size = sms_size(line);
      if (size.fits()) return line;
      if (!give_way(size.units - size.room())) return cut_to_fit(line);
    }
  }

 private:
  std::string& get(const std::string& name) { return data_.texts[name]; }

  // False if there is nothing left to take from.
  bool give_way(std::size_t units) {
    for (const char* sentence : {"outlook", "next_step", "cause", "reason"}) {
      if (cut_end(get(sentence), units)) return true;
    }
    std::string& longer =
        characters(get("group")) >= characters(get("cluster")) ? get("group") : get("cluster");
    const std::size_t length = characters(longer);
    if (length <= shortest_name) return false;
    const std::size_t wanted = length - std::min(length, std::max<std::size_t>(units / 2, 1));
    longer = shortened(longer, std::max(wanted, shortest_name), gap);
    return true;
  }

  // A sentence of a few letters says nothing: then it goes altogether.
  bool cut_end(std::string& sentence, std::size_t units) {
    if (sentence.empty()) return false;
    const std::size_t length = characters(sentence);
    const std::size_t kept = length - std::min(length, units + gap.size());
    if (kept < 12) {
      sentence.clear();
    } else {
      sentence = shortened_end(sentence, kept);
    }
    return true;
  }

  static std::string shortened_end(std::string_view text, std::size_t kept) {
    std::string out;
    for (std::size_t i = 0; i < kept; ++i) append_utf8(out, next_code_point(text));
    while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
    return out + std::string{gap};
  }

  TemplateData data_;
  const std::string text_;
};

}  // namespace

SmsSize sms_size(std::string_view text) {
  SmsSize out;
  std::size_t utf16 = 0;
  while (!text.empty()) {
    const char32_t code = next_code_point(text);
    const std::size_t size = septets(code);
    out.ucs2 = out.ucs2 || size == 0;
    out.units += size;
    utf16 += code >= 0x10000 ? 2 : 1;
  }
  if (out.ucs2) out.units = utf16;
  return out;
}

Result<std::string> sms_text(const Message& message, const std::string& text) {
  return Fitting(message, text.empty() ? std::string{default_text} : text).fit();
}

}  // namespace tidemark
