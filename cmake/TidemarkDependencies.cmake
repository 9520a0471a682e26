# What the project stands on: Debian 12's packages or newer. A floor for each, and nothing vendored.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(fmt 9.1 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core>=1.0.1)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka>=2.0.2)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib>=0.11.4)  # with its feature flags
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3>=3.40)
find_package(ZLIB 1.2.13 REQUIRED)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus>=3.3.0)
find_path(TIDEMARK_DYGRAPHS dygraph.min.js PATHS /usr/share/javascript/dygraphs)  # the page's charts
if(NOT TIDEMARK_DYGRAPHS)
  message(FATAL_ERROR "Dygraphs is missing: run deploy/dependencies build")
endif()
if(TIDEMARK_TESTS)
  find_package(GTest 1.12 REQUIRED)
endif()
