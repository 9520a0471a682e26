// What is written straight into a text is what the JSON library would dump.
#include "api/group_json.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/api/fixture.h"
#include "tests/api/plain_burrow_json.h"
#include "tests/api/plain_group_json.h"
#include "tests/api/random_group.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using test::Random;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TEST(GroupJson, IsWhatTheJsonLibraryWouldDump) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const auto group = test::random_group(random);
    const auto cluster =
        test::cluster(random.text(), {group}, {test::topic("orders", {100, std::nullopt, 7, 0})});
    const AskedWindows asked = test::random_windows(random);
    ASSERT_EQ(Json::parse(group_detail_json(*cluster, *group, asked)),
              Json::parse(test::plain_group_detail_json(*cluster, *group, asked)))
        << "seed " << seed;
    JsonWriter row;
    row.begin_object();
    write_group_fields(row, *cluster, *group);
    row.end_object();
    ASSERT_EQ(Json::parse(row.text()), Json::parse(test::plain_group_row_json(*cluster, *group)))
        << "seed " << seed;
  }
}

TEST(GroupJson, InBurrowsFormIsWhatTheJsonLibraryWouldDump) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    const auto group = test::random_group(random);
    group->name = GroupName{"payments"};
    group->reason = Reason::stopped;  // one that Burrow would know
    group->topics.front().partitions.front().committed = true;
    const auto cluster =
        test::cluster("PROD", {group}, {test::topic("orders", {100, std::nullopt, 7, 0})});
    test::FakeView view;
    view.shown = {cluster};
    const auto& windows = view.windows["payments"] = test::random_windows(random).windows;
    test::Handlers handlers(view);
    const auto ask = [&](const std::string& rest, const char* member) {
      const HttpReply reply = handlers.get("/v3/kafka/PROD/consumer/payments" + rest);
      return Json::parse(reply.body).at(member);
    };
    const auto status = [&](bool all) {
      return Json::parse(test::plain_burrow_status(*cluster, *group, windows, all));
    };
    ASSERT_EQ(ask("/status", "status"), status(false)) << "seed " << seed;
    ASSERT_EQ(ask("/lag", "status"), status(true)) << "seed " << seed;
    ASSERT_EQ(ask("", "topics"), Json::parse(test::plain_burrow_topics(*cluster, *group, windows)));
  }
}

TEST(JsonWriter, WritesNumbersAsTheLibraryDoesOrShorter) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const double real = random.real();
    const std::string text = JsonWriter().value(real).text();
    ASSERT_EQ(Json::parse(text), Json(real)) << text;
    ASSERT_LE(text.size(), dumped(real).size()) << text;
    const std::int64_t whole = random.number();
    ASSERT_EQ(JsonWriter().value(whole).text(), dumped(whole));
  }
  for (const std::int64_t whole :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(JsonWriter().value(whole).text(), dumped(whole));
  }
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<std::uint64_t>::max()).text(),
            dumped(std::numeric_limits<std::uint64_t>::max()));
  for (const double real : {0.0, -0.0, 1.0, 0.1, 1e-4, 1e-5, 9.9e-5, 1e14, 1e15, 123456789012345.0,
                            1e300, 5e-324, std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(JsonWriter().value(real).text(), dumped(real));
  }
}

TEST(JsonWriter, WritesTextAsTheLibraryDoes) {
  Random random(2);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random.text();
    ASSERT_EQ(JsonWriter().value(text).text(), dumped(text));
  }
}

TEST(JsonWriter, PutsCommasBetweenAndNowhereElse) {
  JsonWriter out;
  out.begin_object()
      .field("a", 1)
      .list("b", std::vector<int>{})
      .list("c", std::vector<std::string>{"x", "y"})
      .any_key("d \"e\"")
      .begin_object()
      .end_object()
      .field("f", std::optional<Duration>())
      .field_if_said("g", "")
      .key("h")
      .begin_array()
      .begin_object()
      .end_object()
      .value(true)
      .raw("[2]")
      .end_array()
      .end_object();
  EXPECT_EQ(out.text(),
            R"({"a":1,"b":[],"c":["x","y"],"d \"e\"":{},"f":null,"g":null,"h":[{},true,[2]]})");
}

}  // namespace
}  // namespace tidemark
