// What a load asks for: kinds of requests, each with a weight and a target in which numbers are
// drawn.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace tidemark::bench {

struct RequestKind {
  std::string name;
  int weight = 1;
  std::string target;  // {00000-09999} is a number of that range, as wide as its first bound
};

// "name=weight:target". Anything else ends the tool, naming it.
RequestKind request_kind(const std::string& word);

// A target with its numbers drawn.
std::string drawn(const std::string& target, std::mt19937_64& random);

class RequestMix {
 public:
  explicit RequestMix(std::vector<RequestKind> kinds);
  [[nodiscard]] const std::vector<RequestKind>& kinds() const { return kinds_; }
  // The index of a kind, as often as its weight says.
  [[nodiscard]] std::size_t draw(std::mt19937_64& random) const;

 private:
  std::vector<RequestKind> kinds_;
  int weights_ = 0;
};

}  // namespace tidemark::bench
