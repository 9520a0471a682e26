// The commands that change something, against the real listener.
#include <gmock/gmock.h>

#include <fstream>

#include "storage/alert_file.h"
#include "tests/daemon/terminal_fixture.h"
#include "tests/support/temporary_folder.h"

namespace tidemark::terminal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ChangeCommands : public TerminalCommands {
 protected:
  ChangeCommands() { unsetenv("TIDEMARK_TOKEN"); }

  test::TemporaryFolder folder_;
};

TEST_F(ChangeCommands, AskForItInTheNameOfWhoeverAsks) {
  serve({test::cluster("PROD", {test::group("a b")})});
  EXPECT_EQ(tidemark({"acknowledge", "i-1", "--comment", "on it", "--author", "al"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("acknowledged by al"));
  EXPECT_EQ(tidemark({"forget", "PROD", "a b", "--author", "al"}), 0);
  EXPECT_EQ(out_.str(), "PROD a b: forgotten until its next commit\n");
  EXPECT_EQ(tidemark({"reload", "--author", "al", "--json"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("reloading"));
  EXPECT_EQ(tidemark({"silence", "end", "s-7", "--author", "al"}), 0);
  EXPECT_THAT(changes_.done, ElementsAre("acknowledge i-1 by al: on it", "forget PROD a b by al",
                                         "reload by al", "end s-7 by al"));
}

TEST_F(ChangeCommands, ASilenceSaysWhatItSilences) {
  serve({test::cluster("PROD")});
  EXPECT_EQ(tidemark({"silence", "add", "--group", "pay.*", "--label", "team=a|b", "--for", "2h",
                      "--comment", "upgrade"}),
            0);
  EXPECT_THAT(out_.str(), HasSubstr("s-1: group pay.*, team=a|b until 2023-11-1"));
  ASSERT_EQ(changes_.silences.size(), 1u);
  EXPECT_EQ(changes_.silences[0].span, Duration(std::chrono::hours{2}));
  EXPECT_EQ(tidemark({"silence", "add", "--group", "a", "--label", "team", "--comment", "x"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("NAME=PATTERN"));
  EXPECT_EQ(tidemark({"silence", "add", "--group", "a"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("say why"));
  EXPECT_EQ(tidemark({"silence"}), 2);
}

TEST_F(ChangeCommands, TakeTheTokenFromAFileOrTheEnvironmentAndNeverShowIt) {
  const std::string token = "0123456789abcdef-ops";
  tokens_ = {{"ops", TokenText{token}, {Right::reload}}};
  serve({test::cluster("PROD")});
  EXPECT_EQ(tidemark({"reload"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("this needs a token"));
  std::ofstream(folder_ / "token") << token << "\n";
  EXPECT_EQ(tidemark({"reload", "--token-file", folder_ / "token"}), 0);
  setenv("TIDEMARK_TOKEN", token.c_str(), 1);
  EXPECT_EQ(tidemark({"reload", "--author", "mallory"}), 0);
  EXPECT_THAT(changes_.done, ElementsAre("reload by ops", "reload by ops"));
  EXPECT_EQ(tidemark({"forget", "PROD", "g"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("does not have the right \"forget\""));
  setenv("TIDEMARK_TOKEN", "se cret", 1);
  EXPECT_EQ(tidemark({"reload"}), 2);
  EXPECT_THAT(err_.str(), Not(HasSubstr("cret")));
  unsetenv("TIDEMARK_TOKEN");
  EXPECT_EQ(tidemark({"reload", "--token-file", folder_ / "nowhere"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("does not exist"));
}

TEST_F(ChangeCommands, ListWhatThereIs) {
  view_.alerted.path = folder_ / "alerts.db";
  AlertFile file;
  ASSERT_TRUE(file.open(view_.alerted.path, from_ms(0)).ok());
  AlertBatch batch;
  IncidentRow row;
  row.id = "i-1";
  row.cluster = "PROD";
  row.group = "payments";
  row.kind = "status";
  row.status = row.worst = "ERROR";
  row.since = row.opened = from_ms(1'700'000'000'000);
  row.reason = "it stands still";
  batch.incidents.push_back(row);
  ASSERT_TRUE(file.write(batch).ok());
  ASSERT_TRUE(file.write(AcknowledgementRow{"i-1", "bob", "on it", row.opened}).ok());
  SilenceRow silence;
  silence.id = "s-1";
  silence.group = "pay.*";
  silence.author = "al";
  silence.comment = "upgrade";
  silence.end = from_ms(1'700'000'000'000);
  ASSERT_TRUE(file.write(silence).ok());
  serve({test::cluster("PROD")});
  EXPECT_EQ(tidemark({"incidents"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("payments"));
  EXPECT_THAT(out_.str(), HasSubstr("bob"));
  EXPECT_EQ(tidemark({"incidents", "DEV"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("no incident"));
  EXPECT_EQ(tidemark({"incidents", "--state", "ended", "--json"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("\"data\":[]"));
  EXPECT_EQ(tidemark({"incidents", "--state", "broken"}), 2);
  EXPECT_EQ(tidemark({"silence", "list"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("group pay.*"));
  EXPECT_THAT(out_.str(), HasSubstr("ended"));
  EXPECT_EQ(tidemark({"silence", "list", "--state", "active"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("no silence"));
  EXPECT_THAT(changes_.done, IsEmpty());
}

}  // namespace
}  // namespace tidemark::terminal
