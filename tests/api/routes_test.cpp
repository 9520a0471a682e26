// docs/rest-api.md and the table of routes are the same.
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "api/router.h"

namespace tidemark {
namespace {

// The first cell of each row of a table of routes: "| `GET /readyz` | …", "| `POST /…".
std::set<std::string> documented_routes() {
  std::set<std::string> out;
  std::ifstream file(TIDEMARK_SOURCE_DIR "/docs/rest-api.md");
  for (std::string line; std::getline(file, line);) {
    for (const std::string method : {"GET", "POST", "DELETE"}) {
      if (!line.starts_with("| `" + method + " ")) continue;
      out.insert(line.substr(3, line.find('`', 3) - 3));
    }
  }
  return out;
}

TEST(Routes, EachIsDocumentedAndEachDocumentedOneExists) {
  std::set<std::string> served;
  for (const Route& route : routes()) {
    const std::string pattern{route.pattern};
    if (route.handler != nullptr) served.insert("GET " + pattern);
    for (const ChangeBy& change : route.changes) {
      served.insert(std::string(change.method) + " " + pattern);
    }
  }
  EXPECT_GT(served.size(), 20U);
  EXPECT_EQ(documented_routes(), served);
}

}  // namespace
}  // namespace tidemark
