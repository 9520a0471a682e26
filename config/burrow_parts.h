// The parts of an import from Burrow, one function each. Internal to the import.
#pragma once

#include <string>
#include <vector>

#include "config/burrow_import.h"
#include "config/burrow_section.h"
#include "config/toml_text.h"

namespace tidemark {

// What is written while it is translated.
struct BurrowTranslation {
  TomlText out;
  std::vector<std::string> notes;
  std::vector<std::string> variables;

  void note(const BurrowSection& of, const std::string& words) {
    notes.push_back(of.path() + ": " + words);
  }
  // A secret: by the name that Burrow takes it by. Its value is not looked at.
  void secret(std::string_view key, BurrowSection& of, std::string_view burrow_key);
  // A reference to it, as a value.
  std::string variable(const std::string& name);
  // Keys of `of` that nobody asked for.
  void note_left(const BurrowSection& of);
};

// Go's regular expressions match anywhere in a name, Tidemark's the whole of it.
std::string whole_pattern(const std::string& go);

void translate_clusters(BurrowSection& root, BurrowTranslation& to);
void translate_policies(BurrowSection& root, BurrowTranslation& to);
void translate_notifiers(BurrowSection& root, BurrowTranslation& to);

}  // namespace tidemark
