// The first day of an installation, from reports to files that a mail program opens.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "daemon/alerts/alert_desk.h"
#include "notifiers/receivers.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::SizeIs;

class FirstDay : public testing::Test {
 public:
  FirstDay() {
    AlertRoute route;
    route.name = "all";
    route.receivers = {"folder"};
    settings.path = folder / "alerts.db";
    settings.page = "http://tidemark:8000";
    settings.routes = RouteTable({route});
    settings.clusters = {"PROD", "QA"};
    clock.advance(hours{24 * 365 * 50});
    start();
  }
  // As kill -9 does it.
  void kill() { desk.reset(); }
  void start() {
    FileSettings file;
    file.folder = folder / "mails";
    AlertDesk::Receivers receivers;
    receivers["folder"] = make_notifier({"folder", {}, file});
    desk = std::make_unique<AlertDesk>(
        settings, std::move(receivers), [this] { return reports; },
        [](const IncidentKey&) { return std::map<std::string, std::string>{}; }, clock);
  }
  // In each cluster so many that were dead when they were first seen, and one that died now.
  void tick(int dead, bool one_dies) {
    reports.clear();
    for (const std::string& cluster : settings.clusters) {
      auto report = std::make_shared<ClusterReport>();
      report->cluster = ClusterName{cluster};
      report->health.caught_up = true;
      report->health.link.state = LinkState::connected;
      report->as_of = report->as_of_broker = clock.now();
      for (int i = 0; i < dead; ++i) add(*report, fmt::format("dead-{:02}", i), true);
      if (one_dies) add(*report, "payments", false);
      reports.push_back(std::move(report));
    }
  }
  void pass(Duration span, int dead = 15, bool one_dies = true) {
    for (const Instant end = clock.now() + span; clock.now() < end;) {
      clock.advance(seconds{30});
      tick(dead, one_dies);
      desk->work();
      desk->deliver({});
    }
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

  test::TemporaryFolder folder;
  test::ManualClock clock;
  AlertSettings settings;
  AlertDesk::Reports reports;
  std::unique_ptr<AlertDesk> desk;

 private:
  static void add(ClusterReport& to, const std::string& name, bool learning) {
    auto group = std::make_shared<GroupReport>();
    group->name = GroupName{name};
    group->status = GroupStatus::error;
    group->reason = learning ? Reason::abandoned : Reason::stopped;
    group->learning = learning;
    group->explanation = "no commit for long";
    group->status_since = to.as_of;
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
