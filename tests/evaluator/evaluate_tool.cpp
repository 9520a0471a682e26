// `tidemark evaluate` alone, for tests that replay many stories: standard input to standard output.
#include <iostream>

#include "daemon/evaluate_command.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return tidemark::evaluate_command(std::cin, std::cout, argc > 1 ? argv[1] : "");
}
