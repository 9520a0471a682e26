#include "config/receiver_values.h"

#include <algorithm>
#include <cctype>

#include "config/address.h"
#include "config/fields.h"
#include "config/read_file.h"

namespace tidemark {
namespace {

constexpr std::size_t largest_secret = 65'536;
constexpr std::size_t largest_template = 1'000'000;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_control);
}
bool is_blank(char c) { return c == ' '; }

// An empty path.
bool not_given(const ConfigValue& value) {
  return value.node().kind == ConfigNode::Kind::text && value.node().text.empty();
}

std::optional<std::string> content_of(const ConfigValue& value, std::size_t most) {
  const auto path = value.text();
  if (!path) return std::nullopt;
  auto content = read_file(*path, most);
  if (content) return std::move(content.value());
  value.wrong("the file " + value.cite(*path) + " " + content.error().message);
  return std::nullopt;
}

bool is_url(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.substr(0, scheme.size()) != scheme || text.size() == scheme.size()) continue;
    return !has_control(text) && std::none_of(text.begin(), text.end(), is_blank);
  }
  return false;
}

// As it stands in an envelope: nothing that could end its line or its brackets.
bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  if (text.find('@', at + 1) != std::string_view::npos || text.size() > 254) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c > 0x20 && c < 0x7F && std::string_view{"<>()[],;:\\\""}.find(c) == std::string::npos;
  });
}

bool is_phone_number(std::string_view text) {
  return !text.empty() && text.size() <= 40 && !has_control(text) &&
         std::none_of(text.begin(), text.end(), is_blank);
}

bool is_header_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  });
}

// Each text of a list, or the one text; only those that are fine.
template <class Fine>
void read_each(const ConfigValue& value, std::vector<std::string>& target, Fine fine,
               const std::string& wanted) {
  std::vector<ConfigValue> items;
  if (value.node().kind == ConfigNode::Kind::text) {
    items.push_back(value);
  } else {
    if (!value.expect(ConfigNode::Kind::list, "text, or a list of texts")) return;
    for (std::size_t i = 0; i < value.node().items.size(); ++i) {
      items.push_back(value.item(i, value.node().items[i]));
    }
    if (items.empty()) value.wrong("is empty; write " + wanted);
  }
  for (const ConfigValue& item : items) {
    const auto text = item.text();
    if (!text) continue;
    if (fine(*text)) {
      target.push_back(*text);
    } else {
      item.wrong(item.cite(*text) + " is not " + wanted);
    }
  }
}

// Each entry of a table of texts.
template <class Take>
void read_table(const ConfigValue& value, Take take) {
  if (!value.expect(ConfigNode::Kind::table, "a table: { NAME = \"value\" }")) return;
  for (const auto& [key, node] : value.node().entries) {
    const ConfigValue entry = value.entry(key, node);
    if (auto text = entry.text()) take(entry, key, std::move(*text));
  }
}

void say_no_url(const ConfigValue& value) {
  value.wrong("is not an address; write \"https://host/path\", without blanks");
}

void take_secret_url(const ConfigValue& value, std::optional<std::string> text, Secret& target) {
  if (!text) return;
  if (is_url(*text)) {
    target = Secret{std::move(*text)};
  } else {
    say_no_url(value);
  }
}

}  // namespace

std::optional<std::string> read_secret_file(const ConfigValue& value) {
  auto content = content_of(value, largest_secret);
  if (!content) return std::nullopt;
  if (!content->empty() && content->back() == '\n') content->pop_back();
  if (!content->empty() && content->back() == '\r') content->pop_back();
  if (!content->empty()) return content;
  value.wrong("the file " + value.cite(*value.text()) + " is empty");
  return std::nullopt;
}

void read_secret(const ConfigValue& value, Secret& target) {
  auto text = value.text();
  if (!text) return;
  if (has_control(*text)) {
    value.wrong("has a control character");
  } else {
    target = Secret{std::move(*text)};
  }
}

void read_secret_file(const ConfigValue& value, Secret& target) {
  if (not_given(value)) return;
  auto text = read_secret_file(value);
  if (!text) return;
  if (has_control(*text)) {
    value.wrong("what stands in the file has a line break or another control character");
  } else {
    target = Secret{std::move(*text)};
  }
}

void read_template_file(const ConfigValue& value, std::string& target) {
  if (not_given(value)) return;
  if (auto content = content_of(value, largest_template)) target = std::move(*content);
}

void read_plain(const ConfigValue& value, std::string& target) {
  const auto text = value.text();
  if (!text) return;
  if (text->empty() || has_control(*text)) {
    value.wrong(value.cite(*text) + " is empty or has a control character");
  } else {
    target = *text;
  }
}

void read_url(const ConfigValue& value, std::string& target) {
  const auto text = value.text();
  if (!text) return;
  if (is_url(*text)) {
    target = *text;
  } else {
    say_no_url(value);
  }
}

void read_secret_url(const ConfigValue& value, Secret& target) {
  take_secret_url(value, value.text(), target);
}

void read_secret_url_file(const ConfigValue& value, Secret& target) {
  if (!not_given(value)) take_secret_url(value, read_secret_file(value), target);
}

void read_smtp_server(const ConfigValue& value, std::string& target) {
  const auto text = value.text();
  if (!text) return;
  const auto address = parse_address(*text, 1);
  if (address) {
    target = *text;
  } else {
    value.wrong(value.cite(*text) + " " + address.error().message +
                ", for example \"smtp.example.com:587\"");
  }
}

void read_mail_address(const ConfigValue& value, std::string& target) {
  const auto text = value.text();
  if (!text) return;
  if (is_mail_address(*text)) {
    target = *text;
  } else {
    value.wrong(value.cite(*text) + " is not a mail address; write \"name@example.com\"");
  }
}

void read_mail_addresses(const ConfigValue& value, std::vector<std::string>& target) {
  read_each(value, target, is_mail_address, "a mail address, \"name@example.com\"");
}

void read_phone_numbers(const ConfigValue& value, std::vector<std::string>& target) {
  read_each(value, target, is_phone_number, "a number, \"+491701234567\"");
}

void read_urls(const ConfigValue& value, std::vector<std::string>& target) {
  read_each(value, target, is_url, "an address, \"http://host:9093\"");
}

void read_words(const ConfigValue& value, std::vector<std::string>& target) {
  if (!value.expect(ConfigNode::Kind::list, R"(a list of texts: ["/usr/bin/program", "argument"])"))
    return;
  const auto fine = [](const std::string& word) { return word.find('\0') == std::string::npos; };
  read_each(value, target, fine, "a program and its arguments, without NUL");
  if (!target.empty() && target.front().empty()) value.wrong("the program's name is empty");
}

void read_headers(const ConfigValue& value, Headers& target) {
  read_table(value, [&](const ConfigValue& entry, const std::string& name, std::string text) {
    if (!is_header_name(name)) {
      entry.wrong("is not the name of a header");
    } else if (has_control(text)) {
      entry.wrong("has a control character, which no header may have");
    } else {
      target.insert_or_assign(name, Secret{std::move(text)});
    }
  });
}

void read_labels(const ConfigValue& value, std::map<std::string, std::string>& target) {
  read_table(value, [&](const ConfigValue&, const std::string& name, std::string text) {
    target.insert_or_assign(name, std::move(text));
  });
}

void read_method(const ConfigValue& value, std::string& target) {
  using Word = std::pair<std::string_view, std::string>;
  static const std::array<Word, 4> methods{
      {{"POST", "POST"}, {"PUT", "PUT"}, {"PATCH", "PATCH"}, {"GET", "GET"}}};
  read_word(value, methods, target);
}

}  // namespace tidemark
