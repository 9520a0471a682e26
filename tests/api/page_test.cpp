// The page is served whole, to browsers, under a strict policy, and kept as long as it is the same.
#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "api/gzip.h"
#include "api/page/assets.h"
#include "tests/api/fixture.h"

namespace tidemark::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string header(const HttpReply& reply, const std::string& name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) return value;
  }
  return "";
}

class Page : public ::testing::Test {
 protected:
  HttpReply get(const std::string& target, const std::string& accept = "",
                const std::string& etag = "") {
    return handlers_.ask({"GET", target, accept, etag});
  }
  static std::string text(const HttpReply& reply) { return gunzipped(reply.body); }

 private:
  FakeView view_;
  Handlers handlers_{view_};
};

TEST_F(Page, ABrowserIsSentToItAndEverybodyElseGetsTheRoutes) {
  const HttpReply browser = get("/", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
  EXPECT_EQ(browser.status, 302);
  EXPECT_EQ(header(browser, "Location"), "ui/");
  EXPECT_EQ(header(get("/ui"), "Location"), "ui/");
  for (const char* accept : {"", "*/*", "text/plain"}) {
    const HttpReply plain = get("/", accept);
    EXPECT_EQ(plain.status, 200);
    EXPECT_THAT(plain.body, HasSubstr("/api/v1/groups"));
  }
}

TEST_F(Page, NothingButItsOwnFilesMayRun) {
  const HttpReply page = get("/ui/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.content_type, StartsWith("text/html"));
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_EQ(header(page, "X-Content-Type-Options"), "nosniff");
}

TEST_F(Page, WhatDidNotChangeIsNotSentAgain) {
  const std::string etag = header(get("/ui/"), "ETag");
  ASSERT_NE(etag, "");
  const HttpReply again = get("/ui/", "", "W/\"other\", " + etag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(get("/ui/", "", "\"other\"").status, 200);
}

TEST_F(Page, EveryFileThatItNamesIsThereAndIsKeptForEver) {
  const std::string html = text(get("/ui/"));
  const std::regex named("(?:src|href)=\"([0-9a-f]{12}/[^\"]+)\"");
  std::set<std::string> files;
  for (std::sregex_iterator it(html.begin(), html.end(), named), end; it != end; ++it) {
    files.insert((*it)[1]);
  }
  EXPECT_GT(files.size(), 20U);
  for (const std::string& file : files) {
    const HttpReply reply = get("/ui/" + file);
    EXPECT_EQ(reply.status, 200) << file;
    EXPECT_THAT(header(reply, "Cache-Control"), HasSubstr("immutable")) << file;
    EXPECT_NE(text(reply), "") << file;
  }
}

TEST_F(Page, EveryModuleFindsWhatItImports) {
  std::set<std::string> names;
  for (const PageFile& file : page_files()) names.emplace(file.name);
  const std::regex import("from '\\./([^']+)'");
  for (const PageFile& file : page_files()) {
    if (!file.name.ends_with(".js") || file.name.starts_with("dygraph")) continue;
    const std::string code = gunzipped(file.gzip);
    for (std::sregex_iterator it(code.begin(), code.end(), import), end; it != end; ++it) {
      EXPECT_TRUE(names.contains((*it)[1])) << file.name << " imports " << (*it)[1];
    }
  }
}

TEST_F(Page, AFileOfAnotherVersionIsNotThere) {
  const std::string version(page_version());
  EXPECT_EQ(get("/ui/" + version + "/main.js").status, 200);
  EXPECT_EQ(get("/ui/0123456789ab/main.js").status, 404);
  EXPECT_EQ(get("/ui/" + version + "/..%2Fserver.cpp").status, 404);
  EXPECT_EQ(get("/ui/" + version + "/").status, 404);
}

// innerHTML and its kin would read a group's name as HTML.
TEST_F(Page, NoModuleMakesHtmlOfText) {
  for (const PageFile& file : page_files()) {
    if (!file.name.ends_with(".js") || file.name.starts_with("dygraph")) continue;
    const std::string code = gunzipped(file.gzip);
    for (const char* way : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
                            "eval(", "new Function", "DOMParser"}) {
      EXPECT_THAT(code, Not(HasSubstr(way))) << file.name;
    }
  }
}

}  // namespace
}  // namespace tidemark::test
