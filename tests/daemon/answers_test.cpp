#include "daemon/terminal/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark::terminal {
namespace {

TEST(Answers, KeepTheUnknownUnknown) {
  const auto answer = parse_groups(
      R"({"data":[{"cluster":"A","group":"g","status":"OK","lag":null,"time_lag_seconds":null}],
          "page":{"limit":1,"next_cursor":null,"total":1},"as_of_ms":5})");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_FALSE(answer.value().groups.at(0).lag);
  EXPECT_FALSE(answer.value().groups.at(0).time_lag);
}

TEST(Answers, ShowAnAddressWithoutJavasSlash) {
  const auto answer = parse_group_detail(
      R"({"data":{"cluster":"A","group":"g","status":"OK",
                  "members":[{"client_id":"c","client_host":"/10.0.0.1"}],
                  "partitions":[{"topic":"t","partition":0,"status":"OK",
                                 "owner":{"client_id":"c","client_host":"/10.0.0.1"}}]},
          "as_of_ms":5})");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer.value().members.at(0).client_host, "10.0.0.1");
  EXPECT_EQ(answer.value().partitions.at(0).owner, "c@10.0.0.1");
}

TEST(Answers, AreRefusedWhenTheyAreNotAsPromised) {
  for (const char* body : {"", "no JSON", "[]", "{}", "null", R"({"data":3})",
                           R"({"data":[{}],"page":{"total":0},"as_of_ms":0})",
                           R"({"data":[{"cluster":1,"group":"g","status":"OK"}]})"}) {
    EXPECT_FALSE(parse_groups(body)) << body;
    EXPECT_FALSE(parse_group_detail(body)) << body;
  }
  for (const char* body : {"", "[]", R"({"data":[{"cluster":"A"}]})"}) {
    const auto answer = parse_clusters(body);
    ASSERT_FALSE(answer) << body;
    EXPECT_THAT(answer.error().message, testing::HasSubstr("not as Tidemark's API promises"));
  }
}

}  // namespace
}  // namespace tidemark::terminal
