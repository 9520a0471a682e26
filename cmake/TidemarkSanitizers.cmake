# Tests under a sanitizer inside an ordinary build, so that one ctest run owns everything.
#
# tidemark_sanitized_test(NAME SANITIZER address,undefined|thread SOURCES a_test.cpp …
#                         ROOMS core collectors … [LIBRARIES …])
# Like tidemark_test, but the listed rooms, and the rooms that those use, are compiled once more with
# the sanitizer. Third-party libraries stay as they are.
#
# tidemark_sanitized_program(NAME SANITIZER … SOURCES main.cpp ROOMS …)
# A program of such rooms, beside the real one.

set(TIDEMARK_TSAN_SUPPRESSIONS ${PROJECT_SOURCE_DIR}/tests/support/tsan.supp)

# The room's own variant for a sanitizer, made at the first demand.
function(tidemark_sanitized_room room sanitizer variant_out)
  string(MAKE_C_IDENTIFIER ${sanitizer} suffix)
  set(variant tidemark_${room}_${suffix})
  set(${variant_out} ${variant} PARENT_SCOPE)
  if(TARGET ${variant})
    return()
  endif()
  get_target_property(folder tidemark_${room} SOURCE_DIR)
  get_target_property(sources tidemark_${room} SOURCES)
  list(TRANSFORM sources PREPEND ${folder}/ REGEX "^[^/]")
  add_library(${variant} STATIC EXCLUDE_FROM_ALL ${sources})
  target_include_directories(${variant} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${variant} PUBLIC -fsanitize=${sanitizer} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all -g1)
  target_link_options(${variant} PUBLIC -fsanitize=${sanitizer})
  get_target_property(links tidemark_${room} LINK_LIBRARIES)
  foreach(link ${links})
    if(link MATCHES "^tidemark::(.+)$")
      tidemark_sanitized_room(${CMAKE_MATCH_1} ${sanitizer} used)
      target_link_libraries(${variant} PUBLIC ${used})
    elseif(link STREQUAL tidemark_flags)
      target_link_libraries(${variant} PRIVATE ${link})
    else()
      target_link_libraries(${variant} PUBLIC ${link})
    endif()
  endforeach()
endfunction()

function(tidemark_sanitized_program name)
  cmake_parse_arguments(PROGRAM "" "SANITIZER" "SOURCES;ROOMS" ${ARGN})
  add_executable(${name} ${PROGRAM_SOURCES})
  target_link_libraries(${name} PRIVATE tidemark_flags)
  foreach(room ${PROGRAM_ROOMS})
    tidemark_sanitized_room(${room} ${PROGRAM_SANITIZER} variant)
    target_link_libraries(${name} PRIVATE ${variant})
  endforeach()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()

function(tidemark_sanitized_test name)
  cmake_parse_arguments(TEST "" "SANITIZER" "SOURCES;ROOMS;LIBRARIES;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE tidemark_flags ${TEST_LIBRARIES} GTest::gmock
                        GTest::gtest_main)
  foreach(room ${TEST_ROOMS})
    tidemark_sanitized_room(${room} ${TEST_SANITIZER} variant)
    target_link_libraries(${name} PRIVATE ${variant})
  endforeach()
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES
    TIMEOUT 300 LABELS "sanitizer;${TEST_LABELS}"
    ENVIRONMENT "TSAN_OPTIONS=halt_on_error=1 second_deadlock_stack=1 suppressions=${TIDEMARK_TSAN_SUPPRESSIONS};ASAN_OPTIONS=detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()
