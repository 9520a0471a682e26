// The command line of a tool: `name=value` words after a first one that says where.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tidemark::bench {

// Prints to standard error and ends the tool with 1.
[[noreturn]] void fail(const std::string& what);

class Settings {
 public:
  using Place = std::variant<int*, std::string*>;

  // What a word of this name sets; the values in place are the defaults.
  void take(const std::string& name, Place place) { places_.emplace_back(name, place); }
  // A word that sets nothing or no number where one is wanted ends the tool, naming the word.
  void read(int count, char** words, int first) const;

 private:
  void set(const std::string& word) const;

  std::vector<std::pair<std::string, Place>> places_;
};

}  // namespace tidemark::bench
