// The files of the page, as they were put into the binary when it was built
// (cmake/TidemarkPage.cmake): compressed, and named by a hash of all of them.
#pragma once

#include <string_view>
#include <vector>

namespace tidemark {

// Everything lives as long as the process.
struct PageFile {
  std::string_view name;          // "main.js"
  std::string_view content_type;  // "text/javascript; charset=utf-8"
  std::string_view etag;          // with its quotes
  std::string_view gzip;          // the file, compressed
};

// The same for the same files: the folder under /ui/ that they are served from.
std::string_view page_version();
const PageFile& page_index();
const std::vector<PageFile>& page_files();  // all others

}  // namespace tidemark
