// The first day of an installation, from reports to files that a mail program opens.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "notifiers/receivers.h"
#include "tests/alerts/desk.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::SizeIs;

class FirstDay : public test::AnyDesk {
 public:
  FirstDay() : AnyDesk("folder", {"PROD", "QA"}, [this] { return mail_folder(); }) {
    clock.advance(hours{24 * 365 * 50});
    start();
  }
  // In each cluster so many that were dead when they were first seen, and one that died now.
  void tick(int dead, bool one_dies) {
    reports.clear();
    for (const std::string& cluster : settings.clusters) {
      auto report = test::cluster_report(cluster, clock.now());
      for (int i = 0; i < dead; ++i) add(*report, fmt::format("dead-{:02}", i), true);
      if (one_dies) add(*report, "payments", false);
      reports.push_back(std::move(report));
    }
  }
  void pass(Duration span, int dead = 15, bool one_dies = true) {
    AnyDesk::pass(span, seconds{30}, [=, this] { tick(dead, one_dies); });
  }
  // The mails that came since the last look.
  std::vector<std::string> mails() {
    std::vector<std::string> out;
    std::error_code none;
    for (const auto& each : std::filesystem::directory_iterator(folder / "mails", none)) {
      std::ifstream in(each.path());
      out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      std::filesystem::remove(each.path());
    }
    return out;
  }
  static std::string subject_of(const std::string& mail) {
    const std::size_t at = mail.find("Subject: ");
    return mail.substr(at + 9, mail.find("\r\n", at) - at - 9);
  }

  // Of quoted-printable.
  static std::string without_soft_breaks(std::string mail) {
    for (std::size_t at = mail.find("=\r\n"); at != std::string::npos; at = mail.find("=\r\n")) {
      mail.erase(at, 3);
    }
    return mail;
  }

 private:
  std::unique_ptr<Notifier> mail_folder() {
    FileSettings file;
    file.folder = folder / "mails";
    return make_notifier({"folder", {}, file});
  }
  static void add(ClusterReport& to, const std::string& name, bool learning) {
    const Reason reason = learning ? Reason::abandoned : Reason::stopped;
    auto group = test::group_report(name, GroupStatus::error, reason, to.as_of);
    group->learning = learning;
    to.groups.push_back(std::move(group));
  }
};

TEST_F(FirstDay, WakesNobodyForWhatWasDeadAndSendsOneList) {
  pass(hours{1});
  const auto soon = mails();
  ASSERT_THAT(soon, SizeIs(2)) << "one for each cluster, of what died now";
  for (const std::string& mail : soon)
    EXPECT_THAT(subject_of(mail), HasSubstr("payments is ERROR"));
  pass(hours{22}, 15, false);
  for (const std::string& mail : mails()) EXPECT_THAT(mail, Not(HasSubstr("dead-")));
  pass(hours{2}, 15, false);
  const auto list = mails();
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_THAT(subject_of(list[0]), HasSubstr("Digest: 30 incidents"));
  EXPECT_THAT(list[0], HasSubstr("dead-00"));
  EXPECT_THAT(list[0], HasSubstr("10 more"));
  EXPECT_THAT(list[0], HasSubstr("nobody is woken"));
  pass(hours{48}, 15, false);
  EXPECT_THAT(mails(), SizeIs(0)) << "nor are they repeated";
}

TEST_F(FirstDay, ItsLinkReturnsExactlyThose) {
  pass(hours{25});
  AlertFile file;
  ASSERT_TRUE(file.open_to_read(settings.path).ok());
  IncidentQuery query;
  for (const std::string& mail : mails()) {
    const std::string text = without_soft_breaks(mail);
    const std::size_t at = text.find("first-day-");
    if (at == std::string::npos) continue;
    query.message = text.substr(at, text.find_first_not_of("-abcdefirsty0123456789", at) - at);
  }
  ASSERT_TRUE(query.message);
  query.limit = 1000;
  const auto found = file.find(query);
  EXPECT_THAT(found, SizeIs(30)) << *query.message;
  for (const IncidentRow& row : found) {
    EXPECT_THAT(row.group, testing::StartsWith("dead-"));
    EXPECT_TRUE(row.learning);
  }
}

TEST_F(FirstDay, ARestartBeforeItsTimeSendsItAtItsTime) {
  pass(hours{20}, 15, false);
  kill();
  start();
  pass(hours{3}, 15, false);
  EXPECT_THAT(mails(), SizeIs(0));
  pass(hours{2}, 15, false);
  EXPECT_THAT(mails(), SizeIs(1));
}

TEST_F(FirstDay, ARestartOverItsTimeSendsItAfterwards) {
  pass(hours{20}, 15, false);
  kill();
  clock.advance(hours{10});
  start();
  pass(minutes{1}, 15, false);
  const auto list = mails();
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_THAT(subject_of(list[0]), HasSubstr("30 incidents"));
  kill();
  start();
  pass(hours{1}, 15, false);
  EXPECT_THAT(mails(), SizeIs(0));
}

TEST_F(FirstDay, WithNothingToListNothingIsSent) {
  pass(hours{30}, 0, false);
  EXPECT_THAT(mails(), SizeIs(0));
}

}  // namespace
}  // namespace tidemark
