#include "daemon/page_address.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace tidemark {
namespace {

TEST(PageAddress, IsWhatTheConfigurationSaysElseWhereItListens) {
  HttpConfig http;
  EXPECT_EQ(page_address(http), "http://127.0.0.1:8000");
  http.listen = "[::1]:8001";
  EXPECT_EQ(page_address(http), "http://[::1]:8001");
  http.listen = "127.0.0.1:0";
  EXPECT_EQ(page_address(http, 43210), "http://127.0.0.1:43210") << "the one that it got";
  http.page_url = "https://tidemark.example.com/x";
  EXPECT_EQ(page_address(http), "https://tidemark.example.com/x");
  EXPECT_EQ(page_address(http, 43210), "https://tidemark.example.com/x");
}

TEST(PageAddress, OfEveryInterfaceIsThisMachinesName) {
  std::string name(256, '\0');
  ASSERT_EQ(gethostname(name.data(), name.size() - 1), 0);
  HttpConfig http;
  http.listen = "0.0.0.0:8000";
  EXPECT_EQ(page_address(http), "http://" + std::string{name.c_str()} + ":8000");
}

}  // namespace
}  // namespace tidemark
