#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/config/loading.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::Not;

Loaded load_receiver(const std::string& text, const Outside& outside = {}) {
  return load_text(one_cluster + "[[receiver]]\nname = \"r\"\n" + text, outside);
}

const std::string mail = "[receiver.email]\nserver = \"s:25\"\nfrom = \"a@b\"\nto = \"c@d\"\n";

struct Wrong {
  std::string story;
  std::string text;
  std::string complaint;
};
void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.story; }

const std::vector<Wrong> wrong{
    {"no channel", "", "receiver[0]: has no channel; add one of [receiver.email], [receiver.file]"},
    {"two channels", mail + "[receiver.command]\ncommand = [\"x\"]\n",
     "receiver[0].command: there is email already"},
    {"a channel mistyped", "[receiver.emial]\n",
     "receiver[0].emial: is not a known key; did you mean \"email\"?"},
    {"a key mistyped", mail + "sever = \"x\"\n",
     "receiver[0].email.sever: is not a known key; did you mean \"server\"?"},
    {"a server without a port", "[receiver.email]\nserver = \"s\"\nfrom = \"a@b\"\nto = \"c@d\"\n",
     "receiver[0].email.server: \"s\" has no port"},
    {"a recipient with a line break",
     "[receiver.email]\nserver = \"s:25\"\nfrom = \"a@b\"\nto = [\"c@d\", \"e@f\\r\\nBcc: g@h\"]\n",
     "receiver[0].email.to[1]: "},
    {"a sender with a name",
     "[receiver.email]\nserver = \"s:25\"\nfrom = \"A <a@b>\"\nto = \"c@d\"\n",
     "receiver[0].email.from: \"A <a@b>\" is not a mail address"},
    {"a login without TLS", mail + "tls = \"none\"\nusername = \"u\"\npassword = \"p\"\n",
     "receiver[0].email.tls: is \"none\", and there is a username"},
    {"no secret", "[receiver.pagerduty]\n", "receiver[0].pagerduty.routing_key: is missing"},
    {"a secret twice", "[receiver.slack]\nurl = \"https://x/y\"\nurl_file = \"/nowhere\"\n",
     "receiver[0].slack.url_file: says what url (line 7) says already"},
    {"a secret in no file", "[receiver.slack]\nurl_file = \"/nowhere/s\"\n",
     "receiver[0].slack.url_file: the file \"/nowhere/s\" does not exist"},
    {"a header with a line break",
     "[receiver.webhook]\nurl = \"https://x\"\nheaders = { A = \"b\\r\\nC: d\" }\n",
     "receiver[0].webhook.headers.A: has a control character"},
    {"a header without a name",
     "[receiver.webhook]\nurl = \"https://x\"\nheaders = { \"A B\" = \"c\" }\n",
     "is not the name of a header"},
    {"another protocol", "[receiver.webhook]\nurl = \"file:///etc/passwd\"\n",
     "receiver[0].webhook.url: is not an address"},
    {"no program", "[receiver.command]\ncommand = []\n", "receiver[0].command.command: is empty"},
    {"a shell's line", "[receiver.command]\ncommand = \"echo hi | mail\"\n",
     "receiver[0].command.command: is text; it has to be a list of texts"},
    {"hasty", "timeout = \"1ms\"\n" + mail, "receiver[0].timeout: \"1ms\" is out of range"},
};

class WrongReceiver : public testing::TestWithParam<Wrong> {};

TEST_P(WrongReceiver, IsNamedWithItsKey) {
  const Loaded loaded = load_receiver(GetParam().text);
  EXPECT_FALSE(loaded.config);
  EXPECT_THAT(texts_of(loaded), HasSubstr(GetParam().complaint));
}

std::string name_of(const testing::TestParamInfo<Wrong>& info) {
  std::string out = info.param.story;
  for (char& c : out) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(Receivers, WrongReceiver, testing::ValuesIn(wrong), name_of);

TEST(Receiver, TakesSecretsFromTheEnvironmentAndFromFiles) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "key") << "fr0m-file\n";
  const Loaded loaded = load_receiver(
      "[receiver.pagerduty]\nrouting_key_file = \"" + (folder / "key") +
          "\"\n[[receiver]]\nname = \"s\"\n[receiver.slack]\nurl = \"https://x/${TOKEN}\"\n",
      {{{"TOKEN", "fr0m-env"}}, {}});
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const auto& receivers = loaded.config->receivers;
  EXPECT_EQ(std::get<PagerDutySettings>(receivers[0].channel).routing_key, Secret{"fr0m-file"});
  EXPECT_EQ(std::get<SlackSettings>(receivers[1].channel).url, Secret{"https://x/fr0m-env"});
}

TEST(Receiver, NeverCitesASecret) {
  const Loaded loaded = load_receiver(
      "[receiver.slack]\nurl = \"${TOKEN}\"\n[[receiver]]\nname = \"w\"\n[receiver.webhook]\n"
      "url = \"https://x\"\nheaders = { A = \"${TOKEN}\\n\" }\n",
      {{{"TOKEN", "s3cr3t"}}, {}});
  EXPECT_FALSE(loaded.config);
  EXPECT_THAT(texts_of(loaded), Not(HasSubstr("s3cr3t")));
}

TEST(Receiver, MayNotShareItsName) {
  const Loaded loaded = load_receiver(mail + "[[receiver]]\nname = \"r\"\n" + mail);
  EXPECT_THAT(texts_of(loaded), HasSubstr("receiver[1].name: \"r\" is the name of receiver[0]"));
}

TEST(Receiver, HasItsTemplatesTriedUnderTheKeyThatIsWritten) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "t") << "{{grup}}";
  const Outside outside;
  Surround surround = outside.surround();
  surround.check_receiver = [](const ReceiverSettings& receiver) {
    const auto& text = std::get<EmailSettings>(receiver.channel).text;
    return std::vector<std::pair<std::string, std::string>>{{"text", "tried " + text}};
  };
  const Loaded loaded = parse_config(one_cluster + "[[receiver]]\nname = \"r\"\n" + mail +
                                         "text_file = \"" + (folder / "t") + "\"\n",
                                     "t.toml", surround);
  EXPECT_EQ(texts_of(loaded), "t.toml:10: receiver[0].email.text_file: tried {{grup}}\n");
}

}  // namespace
}  // namespace tidemark
