#include "daemon/rest_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

std::string whole(const std::string& text) {
  const auto url = parse_rest_url(text);
  return url ? url.value().origin() + url.value().prefix : "refused: " + url.error().message;
}

TEST(RestUrl, MayLeaveOutWhatIsObvious) {
  EXPECT_EQ(whole("http://127.0.0.1:8000"), "http://127.0.0.1:8000");
  EXPECT_EQ(whole("http://tidemark"), "http://tidemark:8000");
  EXPECT_EQ(whole("tidemark:81"), "http://tidemark:81");
  EXPECT_EQ(whole("https://tidemark.example.com/"), "https://tidemark.example.com:443");
  EXPECT_EQ(whole("http://[::1]"), "http://[::1]:8000");
  EXPECT_EQ(whole("http://[::1]:9"), "http://[::1]:9");
  EXPECT_EQ(whole("http://proxy:80/tidemark/"), "http://proxy:80/tidemark");
}

TEST(RestUrl, SaysWhatIsWrong) {
  const auto refused = [](const std::string& text, const std::string& why) {
    EXPECT_THAT(whole(text),
                testing::AllOf(testing::StartsWith("refused: "), testing::HasSubstr(why)))
        << text;
  };
  refused("ftp://host", "neither http nor https");
  refused("http://", "has no host");
  refused("http://host:0", "has a port that is not a number");
  refused("http://host:http", "has a port that is not a number");
  refused("http://user:secret@host", "more than a host, a port and a path");
  refused("http://host/?q", "more than a host, a port and a path");
  refused("http://a b", "more than a host, a port and a path");
}

TEST(UrlEncoded, LeavesNothingThatAUrlWouldObey) {
  EXPECT_EQ(url_encoded("a-b.c_d~9"), "a-b.c_d~9");
  EXPECT_EQ(url_encoded("a/b c%&=?#+"), "a%2Fb%20c%25%26%3D%3F%23%2B");
  EXPECT_EQ(url_encoded("🚀"), "%F0%9F%9A%80");
}

}  // namespace
}  // namespace tidemark
