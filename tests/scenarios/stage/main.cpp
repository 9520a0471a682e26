// scenario_stage CONFIGURATION: orders in on stdin, a line of JSON each, and one line out for each.
#include <exception>
#include <iostream>
#include <string>

#include "config/config.h"
#include "tests/scenarios/stage/one_cluster.h"
#include "tests/scenarios/stage/orders.h"

namespace {

// Nothing from outside: a story's configuration stands for itself.
tidemark::Surround nothing() {
  return {[](const std::string&) { return std::nullopt; },
          [](const std::string&, const std::string&) { return std::string(); }};
}

int serve(const tidemark::Config& config) {
  tidemark::scenario::OneCluster cluster(config);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << tidemark::scenario::obey(cluster, line) << std::endl;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: scenario_stage CONFIGURATION\n";
    return 2;
  }
  const tidemark::Loaded loaded = tidemark::load_config(argv[1], nothing());
  for (const auto& problem : loaded.problems) std::cerr << problem.text() << "\n";
  if (!loaded.config) return 2;
  try {
    return serve(*loaded.config);
  } catch (const std::exception& error) {
    std::cerr << "scenario_stage: " << error.what() << "\n";
    return 1;
  }
}
