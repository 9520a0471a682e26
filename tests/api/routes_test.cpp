// docs/rest-api.md and the table of routes are the same.
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "api/router.h"

namespace tidemark {
namespace {

// The first cell of each row of a table of routes: "| `GET /readyz` | …".
std::set<std::string> documented_routes() {
  std::set<std::string> out;
  std::ifstream file(TIDEMARK_SOURCE_DIR "/docs/rest-api.md");
  const std::string begin = "| `GET ";
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(begin)) {
      out.insert(line.substr(begin.size(), line.find('`', begin.size()) - begin.size()));
    }
  }
  return out;
}

TEST(Routes, EachIsDocumentedAndEachDocumentedOneExists) {
  std::set<std::string> served;
  for (const Route& route : routes()) served.emplace(route.pattern);
  EXPECT_GT(served.size(), 20U);
  EXPECT_EQ(documented_routes(), served);
}

}  // namespace
}  // namespace tidemark
