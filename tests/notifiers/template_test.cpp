#include "notifiers/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "notifiers/receivers.h"
#include "notifiers/template_data.h"
#include "tests/notifiers/messages.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

std::string rendered(const std::string& text, const Message& message, Escape escape) {
  const auto out = render(text, template_data(message), escape);
  EXPECT_TRUE(out) << out.error().message;
  return out ? out.value() : "";
}

TEST(Template, NamesWhatTheMessageHas) {
  EXPECT_EQ(rendered("{{cluster}} {{group}} {{status}} {{topic}}-{{partition}} {{lag}} {{since}}",
                     test::opened(), Escape::none),
            "SAMPLE payments-sample ERROR orders-3 48,200 2023-11-14T22:01:20Z");
}

TEST(Template, AsksWhetherThereIsSomething) {
  const std::string text =
      "{{#opened}}new{{/opened}}{{#resolved}}over{{/resolved}}{{^until}}!{{/until}}";
  EXPECT_EQ(rendered(text, test::opened(), Escape::none), "new!");
  EXPECT_EQ(rendered(text, test::of_kind(MessageKind::resolved), Escape::none), "over");
}

TEST(Template, GoesThroughAllThatIsTold) {
  EXPECT_EQ(rendered("{{#alerts}}{{group}} {{#labels}}{{name}}={{value}}{{/labels}},{{/alerts}}",
                     test::opened(), Escape::none),
            "payments-sample team=payments,");
  EXPECT_THAT(rendered("{{count}}: {{#alerts}}x{{/alerts}} and {{more}}",
                       test::of_kind(MessageKind::opened, true), Escape::none),
              HasSubstr("200: xxxxxxxxxx and 190"));
}

TEST(Template, MakesNamesSafeForItsFormat) {
  const Message message = test::opened_of("A", test::hostile);
  EXPECT_EQ(rendered("<p>{{group}}</p>", message, Escape::html).find("<img"), std::string::npos);
  EXPECT_EQ(rendered("{{group}}", message, Escape::slack).find("<!channel>"), std::string::npos);
  const std::string json = rendered(R"({"group": "{{group}}"})", message, Escape::json);
  ASSERT_TRUE(nlohmann::json::accept(json)) << json;
  EXPECT_THAT(nlohmann::json::parse(json)["group"], HasSubstr("onerror=alert(1)>"));
  const std::string url = rendered("{{group}}", message, Escape::url);
  EXPECT_EQ(url.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789-._~%"),
            std::string::npos);
}

TEST(Template, DoesNotRenderWhatANameSays) {
  EXPECT_THAT(rendered("{{{group}}}", test::opened_of("A", "{{reason}}"), Escape::none),
              HasSubstr("{{reason}}"));
}

struct Bad {
  std::string text;
  std::string complaint;
};

TEST(Template, IsCheckedBeforeItIsNeeded) {
  const std::vector<Bad> rows{
      {"line\n{{grup}}", "line 2 of the template: {{grup}}: there is nothing with that name"},
      {"{{group}", "is not closed"},
      {"{{{group}}", "is not closed"},
      {"{{> other}}", "there are no partials"},
      {"{{=<% %>=}}", "the delimiters can't be changed"},
      {"{{}}", "names nothing"},
      {"{{#alerts}}{{group}}", "alerts"},
      {"{{/alerts}}", "alerts"},
  };
  for (const Bad& row : rows) {
    const Status status = check_template(row.text, template_names());
    ASSERT_FALSE(status) << row.text;
    EXPECT_THAT(status.error().message, HasSubstr(row.complaint)) << row.text;
  }
  EXPECT_TRUE(check_template("{{! a word }}{{ group }}{{{reason}}}{{& cause}}", template_names()));
}

void gather(const TemplateData& data, std::set<std::string>& names) {
  for (const auto& [name, text] : data.texts) names.insert(name);
  names.insert(data.flags.begin(), data.flags.end());
  for (const auto& [name, items] : data.lists) {
    names.insert(name);
    for (const TemplateData& item : items) gather(item, names);
  }
}

// Every sample, and one that has all that is rare.
std::set<std::string> names_that_occur() {
  std::set<std::string> out{"picture", "picture_about"};  // of mails alone
  for (const Message& message : sample_messages(test::now)) gather(template_data(message), out);
  Message rare = test::opened();
  rare.alerts[0].flaps = 2;
  rare.alerts[0].learning = true;
  gather(template_data(rare), out);
  return out;
}

TEST(Template, KnowsExactlyTheNamesThatThereAre) {
  EXPECT_EQ(names_that_occur(), template_names());
}

TEST(Template, HasAllItsNamesInTheDocument) {
  std::ifstream file(std::string{TIDEMARK_SOURCE_DIR} + "/docs/receivers.md");
  std::set<std::string> documented;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("## ", 0) == 0) inside = line == "## Templates";
    if (!inside || line.rfind("| `", 0) != 0) continue;
    const std::string cell = line.substr(0, line.find(" | "));
    for (auto at = cell.find('`'); at != std::string::npos; at = cell.find('`', at)) {
      const auto end = cell.find('`', at + 1);
      documented.insert(cell.substr(at + 1, end - at - 1));
      at = end + 1;
    }
  }
  EXPECT_EQ(documented, template_names());
}

TEST(Receivers, AreTriedWithAllSamples) {
  ReceiverSettings receiver;
  WebhookSettings webhook;
  webhook.body = R"({"a": {{group}}})";
  receiver.channel = webhook;
  auto problems = check_receiver(receiver);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].key, "body");
  EXPECT_THAT(problems[0].message, HasSubstr("is no JSON"));
  webhook.body = R"({"a": "{{group}}"})";
  receiver.channel = webhook;
  EXPECT_TRUE(check_receiver(receiver).empty());
}

TEST(Receivers, AreFineWithTheWordsOfTheHouse) {
  SlackSettings slack;
  EmailSettings mail;
  mail.from = "a@b";
  mail.to = {"c@d"};
  for (const ChannelSettings& channel : std::vector<ChannelSettings>{
           mail, FileSettings{}, TwilioSettings{}, SmsGatewaySettings{}, slack, PagerDutySettings{},
           AlertmanagerSettings{}, WebhookSettings{}, CommandSettings{}}) {
    EXPECT_TRUE(check_receiver({"r", {}, channel}).empty());
  }
}

}  // namespace
}  // namespace tidemark
