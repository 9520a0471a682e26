# How every room and every test of the project is built: one place for flags and layout.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(tidemark_flags INTERFACE)
target_include_directories(tidemark_flags INTERFACE ${PROJECT_SOURCE_DIR})
# Whoever only builds a release is not bothered with what a newer compiler newly warns of.
option(TIDEMARK_WARNINGS "Warn about the project's own code, and fail on it" ON)
if(TIDEMARK_WARNINGS)
  target_compile_options(tidemark_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    target_compile_options(tidemark_flags INTERFACE -Wthread-safety)
  elseif(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms about "literal" + std::string at -O2 (GCC bug 105651).
    target_compile_options(tidemark_flags INTERFACE -Wno-restrict)
  endif()
endif()
if(TIDEMARK_SANITIZE)
  add_compile_options(-fsanitize=${TIDEMARK_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TIDEMARK_SANITIZE})
endif()

# tidemark_room(NAME SOURCES a.cpp … USES tidemark::core … HIDES third::party …)
# One static library a folder. USES are the rooms that its headers and sources may include; HIDES
# are libraries that only its .cpp files see.
function(tidemark_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;HIDES" ${ARGN})
  add_library(tidemark_${name} STATIC ${ROOM_SOURCES})
  add_library(tidemark::${name} ALIAS tidemark_${name})
  target_link_libraries(tidemark_${name} PUBLIC ${ROOM_USES} PRIVATE tidemark_flags ${ROOM_HIDES})
  target_include_directories(tidemark_${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# tidemark_test(NAME SOURCES a_test.cpp … USES tidemark::core … [LABELS …])
# One GoogleTest executable, one ctest entry per test case.
function(tidemark_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;USES;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE tidemark_flags ${TEST_USES} GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300 LABELS "unit;${TEST_LABELS}")
endfunction()
