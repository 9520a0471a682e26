// [[http.token]]: who may change something.
#include <algorithm>
#include <array>
#include <set>

#include "config/fields.h"
#include "config/receiver_values.h"

namespace tidemark {
namespace {

constexpr std::size_t shortest_token = 16;

// What a header can carry, and nobody guesses. Never cited.
void take_token(const ConfigValue& value, const Secret& secret, AccessToken& to) {
  const std::string& text = secret.get();
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (text.empty()) return;  // said already
  if (!plain) {
    value.wrong("has characters that a header can't carry; write letters, digits and -._~+/= only");
  } else if (text.size() < shortest_token) {
    value.wrong("is shorter than 16 characters; make one with: openssl rand -hex 32");
  } else {
    to.text = TokenText{text};
  }
}

void read_token(const ConfigValue& value, AccessToken& to) {
  Secret secret;
  read_secret(value, secret);
  take_token(value, secret, to);
}

void read_token_file(const ConfigValue& value, AccessToken& to) {
  Secret secret;
  read_secret_file(value, secret);
  take_token(value, secret, to);
}

void read_right(const ConfigValue& value, AccessToken& to) {
  const auto word = value.text();
  if (!word) return;
  std::vector<std::string_view> known;
  for (const auto& [name, right] : all_rights) {
    known.push_back(name);
    if (name != *word) continue;
    if (!to.has(right)) to.rights.push_back(right);
    return;
  }
  say_no_word(value, *word, known);
}

void read_rights(const ConfigValue& value, AccessToken& to) {
  if (!value.expect(ConfigNode::Kind::list, R"(a list: ["silence", "acknowledge"])")) return;
  for (std::size_t i = 0; i < value.node().items.size(); ++i) {
    read_right(value.item(i, value.node().items[i]), to);
  }
}

}  // namespace

const Fields<AccessToken>& token_fields() {
  static const Fields<AccessToken> fields{
      {"name", R"("ops")", [](const ConfigValue& v, AccessToken& to) { read_plain(v, to.name); },
       true},
      {"token", R"("${OPS_TOKEN}")", read_token, true, "token_file"},
      {"token_file", R"("")", read_token_file, false, "token"},
      {"rights", R"(["silence", "acknowledge"])", read_rights, true},
  };
  return fields;
}

void read_tokens(const ConfigValue& value, HttpConfig& target) {
  if (!value.expect(ConfigNode::Kind::list,
                    "a list of tables: [[http.token]] with double brackets")) {
    return;
  }
  std::set<std::string> names;
  std::set<std::string> texts;
  for (std::size_t i = 0; i < value.node().items.size(); ++i) {
    const ConfigValue table = value.item(i, value.node().items[i]);
    if (!table.expect(ConfigNode::Kind::table, "a table")) continue;
    AccessToken& token = target.tokens.emplace_back();
    read_fields(table, token_fields(), token);
    if (!token.name.empty() && !names.insert(token.name).second) {
      table.wrong_at("name", "is the name of another token");
    }
    if (!token.text.get().empty() && !texts.insert(token.text.get()).second) {
      table.wrong_at("token", "is the same as that of another one; nobody could tell who came");
    }
  }
}

}  // namespace tidemark
