# Puts the files of the page into a C++ source, compressed, so that the binary serves them by itself.
#
# tidemark_page(OUT INDEX index.html STYLES a.css … MODULES b.js … FILES c.svg …)
# Appends the source to the list OUT. It is made while configuring, and again when a file changes.
# All styles become one, style.css. In INDEX, @VERSION@ is the hash of everything, and @MODULES@ the
# links that let the browser fetch all modules at once. FILES come when somebody asks for them.

find_program(GZIP gzip REQUIRED)

# The bytes of `file`, compressed, as a C++ literal, and how many there are.
function(_tidemark_page_literal file work literal_out size_out)
  execute_process(COMMAND ${GZIP} -9 -n -c ${file} OUTPUT_FILE ${work} COMMAND_ERROR_IS_FATAL ANY)
  file(SIZE ${work} size)
  file(READ ${work} hex HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" literal "${hex}")
  set(${literal_out} "${literal}" PARENT_SCOPE)
  set(${size_out} ${size} PARENT_SCOPE)
endfunction()

function(_tidemark_page_entry file work entry_out)
  get_filename_component(name ${file} NAME)
  set(.html text/html)
  set(.js text/javascript)
  set(.css text/css)
  set(.md text/markdown)
  set(.svg image/svg+xml)
  get_filename_component(kind ${file} LAST_EXT)
  if(NOT ${kind})
    message(FATAL_ERROR "${file}: a page has no files of the kind ${kind}")
  endif()
  file(SHA256 ${file} sum)
  string(SUBSTRING ${sum} 0 16 sum)
  _tidemark_page_literal(${file} ${work} literal size)
  set(${entry_out} "{\"${name}\", \"${${kind}}; charset=utf-8\", \"\\\"${sum}\\\"\",\n    {\"${literal}\", ${size}}}" PARENT_SCOPE)
endfunction()

function(_tidemark_page_html index files version made)
  set(modules "")
  foreach(file ${files})
    get_filename_component(name ${file} NAME)
    string(APPEND modules "  <link rel=\"modulepreload\" href=\"${version}/${name}\">\n")
  endforeach()
  set(VERSION ${version})
  set(MODULES "${modules}")
  configure_file(${index} ${made} @ONLY)
endfunction()

function(_tidemark_page_style sheets made)
  set(all "")
  foreach(sheet ${sheets})
    file(READ ${sheet} text)
    string(APPEND all "${text}")
  endforeach()
  file(WRITE ${made} "${all}")
endfunction()

function(tidemark_page out)
  cmake_parse_arguments(PAGE "" "INDEX" "STYLES;MODULES;FILES" ${ARGN})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/page)
  file(MAKE_DIRECTORY ${folder})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PAGE_INDEX} ${PAGE_STYLES}
               ${PAGE_MODULES} ${PAGE_FILES})
  _tidemark_page_style("${PAGE_STYLES}" ${folder}/style.css)
  set(files ${folder}/style.css ${PAGE_MODULES} ${PAGE_FILES})
  set(sums "")
  foreach(file ${PAGE_INDEX} ${files})
    file(SHA256 ${file} sum)
    string(APPEND sums ${sum})
  endforeach()
  string(SHA256 version "${sums}")
  string(SUBSTRING ${version} 0 12 version)
  _tidemark_page_html(${PAGE_INDEX} "${PAGE_MODULES}" ${version} ${folder}/index.html)

  _tidemark_page_entry(${folder}/index.html ${folder}/work.gz index)
  set(entries "")
  foreach(file ${files})
    _tidemark_page_entry(${file} ${folder}/work.gz entry)
    string(APPEND entries "      ${entry},\n")
  endforeach()
  set(PAGE_SOURCE "// Made by cmake/TidemarkPage.cmake.
#include \"api/page/assets.h\"

namespace tidemark {
std::string_view page_version() { return \"${version}\"; }
const PageFile& page_index() {
  static const PageFile index = ${index};
  return index;
}
const std::vector<PageFile>& page_files() {
  static const std::vector<PageFile> files = {
${entries}  };
  return files;
}
}  // namespace tidemark
")
  file(CONFIGURE OUTPUT ${folder}/assets.cpp CONTENT "@PAGE_SOURCE@" @ONLY)
  set(${out} ${${out}} ${folder}/assets.cpp PARENT_SCOPE)
endfunction()
