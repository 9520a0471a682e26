#include <iostream>
#include <string>
#include <vector>

#include "daemon/cli.h"
#include "daemon/pipeline/spare_memory.h"

int main(int argc, char** argv) {
  tidemark::set_up_allocator();
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return tidemark::run_cli(arguments, {std::cin, std::cout, std::cerr}, TIDEMARK_VERSION);
}
