// What goes to machines is JSON whatever people have called their groups, and holds no secret.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "notifiers/message_json.h"
#include "notifiers/receivers.h"
#include "tests/notifiers/messages.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

std::vector<Message> all_messages() {
  std::vector<Message> out = sample_messages(test::now);
  out.push_back(test::opened_of(test::hostile, test::hostile));
  out.back().alerts[0].reason = test::hostile;
  out.back().alerts[0].labels = {{test::hostile, test::hostile}};
  out.back().dedup_key = test::hostile + std::string(300, 'x');
  return out;
}

Json content_of(const ChannelSettings& channel, const Message& message) {
  const auto prepared = make_notifier({"r", {}, channel})->prepare(message);
  EXPECT_TRUE(prepared);
  const Json out = Json::parse(prepared.value().at(0).content, nullptr, false);
  EXPECT_FALSE(out.is_discarded()) << prepared.value()[0].content;
  return out;
}

TEST(Json, IsValidForEveryMessage) {
  AlertmanagerSettings alertmanager;
  alertmanager.urls = {"http://a:1"};
  for (const Message& message : all_messages()) {
    for (const ChannelSettings& channel :
         std::vector<ChannelSettings>{WebhookSettings{}, SlackSettings{}, PagerDutySettings{},
                                      alertmanager, CommandSettings{}}) {
      const bool told_again = std::holds_alternative<AlertmanagerSettings>(channel);
      if (told_again && message.kind == MessageKind::dropped) continue;  // nothing is missing there
      content_of(channel, message);
    }
  }
}

TEST(Json, SaysAllThatIsKnownAndNullForWhatIsNot) {
  const Json known = Json::parse(message_json(test::opened()));
  EXPECT_EQ(known["kind"], "opened");
  EXPECT_EQ(known["alerts"][0]["lag"], 48200);
  EXPECT_EQ(known["alerts"][0]["partition"], 3);
  EXPECT_EQ(known["alerts"][0]["labels"]["team"], "payments");
  EXPECT_EQ(known["alerts"][0]["since_ms"], 1'699'999'280'000);
  Message message = test::opened();
  message.alerts[0].lag.reset();
  message.alerts[0].topic = TopicName{};
  const Json unknown = Json::parse(message_json(message));
  EXPECT_TRUE(unknown["alerts"][0]["lag"].is_null());
  EXPECT_TRUE(unknown["alerts"][0]["partition"].is_null());
  EXPECT_TRUE(unknown["alerts"][0]["until_ms"].is_null());
}

TEST(Json, OfPagerDutyHoldsNoKeyUntilItIsSent) {
  PagerDutySettings settings;
  settings.routing_key = Secret{"s3cr3t"};
  EXPECT_THAT(content_of(settings, test::opened()).dump(), Not(HasSubstr("s3cr3t")));
}

TEST(PagerDuty, CallsForTheWorst) {
  EXPECT_EQ(content_of(PagerDutySettings{}, test::opened())["payload"]["severity"], "critical");
  Message warned = test::opened();
  warned.alerts[0].status = GroupStatus::warning;
  EXPECT_EQ(content_of(PagerDutySettings{}, warned)["payload"]["severity"], "warning");
  const Json end = content_of(PagerDutySettings{}, test::of_kind(MessageKind::resolved));
  EXPECT_EQ(end["event_action"], "resolve");
  EXPECT_EQ(end["dedup_key"], content_of(PagerDutySettings{}, test::opened())["dedup_key"]);
}

TEST(PagerDuty, HasKeysThatItTakes) {
  Message message = test::opened();
  message.dedup_key = std::string(300, 'x');
  EXPECT_EQ(content_of(PagerDutySettings{}, message)["dedup_key"].get<std::string>().size(), 64u);
}

TEST(Slack, ShowsNamesAsPlainTextOnly) {
  const Json blocks = content_of(SlackSettings{}, test::opened_of("A", "<!channel> *b*"))["blocks"];
  for (const Json& block : blocks) EXPECT_THAT(block.dump(), Not(HasSubstr("mrkdwn")));
  EXPECT_THAT(
      content_of(SlackSettings{}, test::opened_of("A", "<!channel>"))["text"].get<std::string>(),
      Not(HasSubstr("<!")));
}

AlertmanagerSettings one_manager() {
  AlertmanagerSettings out;
  out.urls = {"http://a:1"};
  out.labels = {{"env", "prod"}};
  return out;
}

TEST(Alertmanager, EndsWhatItOpenedByTheSameLabels) {
  const Json begin = content_of(one_manager(), test::opened());
  const Json end = content_of(one_manager(), test::of_kind(MessageKind::resolved));
  EXPECT_EQ(begin[0]["labels"], end[0]["labels"]);
  EXPECT_EQ(begin[0]["labels"]["severity"], "critical");
  EXPECT_EQ(begin[0]["labels"]["env"], "prod");
  EXPECT_FALSE(begin[0].contains("endsAt"));  // send() says until when
  EXPECT_EQ(end[0]["endsAt"], "2023-11-14T22:13:20Z");
}

TEST(Alertmanager, EndsTheWarningThatBecameAnError) {
  const Json alerts = content_of(one_manager(), test::of_kind(MessageKind::worsened));
  ASSERT_EQ(alerts.size(), 2u);
  EXPECT_EQ(alerts[0]["labels"]["severity"], "warning");
  EXPECT_TRUE(alerts[0].contains("endsAt"));
  EXPECT_EQ(alerts[1]["labels"]["severity"], "critical");
  EXPECT_FALSE(alerts[1].contains("endsAt"));
}

TEST(Alertmanager, HasNamesOfLabelsThatItTakes) {
  Message message = test::opened();
  message.alerts[0].labels = {{"my-team/x", "a"}, {"9lives", "b"}};
  const Json labels = content_of(one_manager(), message)[0]["labels"];
  EXPECT_EQ(labels["my_team_x"], "a");
  EXPECT_EQ(labels["_9lives"], "b");
}

TEST(Alertmanager, WantsEachIncidentAgainAndAgain) {
  const auto notifier = make_notifier({"r", {}, one_manager()});
  EXPECT_TRUE(notifier->each_incident());
  EXPECT_EQ(notifier->keep_alive(), Duration{100'000});
}

}  // namespace
}  // namespace tidemark
