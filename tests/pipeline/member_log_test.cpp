#include "daemon/pipeline/member_log.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
constexpr Instant start = from_ms(1'700'000'000'000);

MemberReport member(const std::string& id, const std::string& client = "payments-1",
                    std::vector<std::int32_t> owned = {}) {
  MemberReport out;
  out.member_id = id;
  out.client_id = client;
  out.client_host = "/10.1.4.7";
  out.assigned = {{"orders", std::move(owned)}};
  out.assignment_known = true;
  return out;
}

MemberReport static_member(const std::string& id, const std::string& instance, bool away = false) {
  MemberReport out = member(id);
  out.instance_id = instance;
  out.away = away;
  return out;
}

MemberLog watched() {
  MemberLog log;
  log.watch(true);
  return log;
}

TEST(MemberLog, AMemberIsCalledByWhatPeopleGaveIt) {
  EXPECT_EQ(name_of(static_member("id-1", "payments-3")), "payments-3");
  EXPECT_EQ(name_of(member("id-1", "payments-1")), "payments-1");
  EXPECT_EQ(name_of(member("id-1", "")), "id-1");
  EXPECT_EQ(host_of(member("id-1")), "10.1.4.7");
}

TEST(MemberLog, OneThatLeftIsRememberedWithWhatItOwned) {
  MemberLog log = watched();
  log.changed({}, {member("a", "payments-1", {0}), member("b", "payments-2", {1, 2})}, start);
  log.changed({member("a"), member("b", "payments-2", {1, 2})}, {member("a")}, start + minutes{1});
  ASSERT_EQ(log.departures().size(), 1U);
  const Departure& left = log.departures().front();
  EXPECT_EQ(left.name, "payments-2");
  EXPECT_EQ(left.host, "10.1.4.7");
  EXPECT_EQ(left.at, start + minutes{1});
  EXPECT_EQ(left.owned.at("orders"), (std::vector<std::int32_t>{1, 2}));
  EXPECT_EQ(log.empty_since(), std::nullopt);
}

TEST(MemberLog, TheLastOneOutLeavesItEmpty) {
  MemberLog log = watched();
  log.changed({}, {member("a")}, start);
  log.changed({member("a")}, {}, start + minutes{1});
  log.changed({}, {}, start + minutes{2});
  EXPECT_EQ(log.empty_since(), start + minutes{1});
  log.changed({}, {member("c")}, start + minutes{3});
  EXPECT_EQ(log.empty_since(), std::nullopt);
}

TEST(MemberLog, NothingFromBeforeTheWatchIsClaimed) {
  MemberLog log;
  log.changed({member("a")}, {member("b")}, start);
  log.watch(false);
  log.changed({member("b")}, {}, start + minutes{1});
  EXPECT_TRUE(log.departures().empty()) << "when `b` left is not known";
  EXPECT_EQ(log.empty_since(), std::nullopt);
  EXPECT_EQ(log.left("payments-1", start), 0);
}

TEST(MemberLog, AStaticMemberThatIsAwayHasLeftUntilItIsBack) {
  MemberLog log = watched();
  log.changed({}, {static_member("a", "payments-3")}, start);
  log.changed({static_member("a", "payments-3")}, {static_member("a", "payments-3", true)},
              start + minutes{1});
  ASSERT_EQ(log.departures().size(), 1U);
  EXPECT_EQ(log.empty_since(), start + minutes{1});
  log.changed({static_member("a", "payments-3", true)}, {static_member("b", "payments-3")},
              start + minutes{2});
  EXPECT_TRUE(log.departures().empty());
}

TEST(MemberLog, AStaticMemberUnderANewIdHasNotLeft) {
  MemberLog log = watched();
  log.changed({}, {static_member("a", "payments-3")}, start);
  log.changed({static_member("a", "payments-3")}, {static_member("b", "payments-3")},
              start + minutes{1});
  EXPECT_TRUE(log.departures().empty());
  EXPECT_EQ(log.joined("payments-3", start), 1);
}

TEST(MemberLog, ComingsAndGoingsAreCountedByName) {
  MemberLog log = watched();
  std::vector<MemberReport> before;
  for (int i = 0; i < 4; ++i) {
    const std::vector<MemberReport> now = {member("id-" + std::to_string(i), "payments-2")};
    log.changed(before, now, start + minutes{i});
    before = now;
  }
  EXPECT_EQ(log.joined("payments-2", start), 4);
  EXPECT_EQ(log.left("payments-2", start), 3);
  EXPECT_EQ(log.left("payments-2", start + minutes{2}), 2) << "within the window only";
  EXPECT_EQ(log.joined("payments-1", start), 0);
}

TEST(MemberLog, ItRemembersSoManyOnly) {
  MemberLog log = watched();
  for (int i = 0; i < 100; ++i) {
    log.changed({member("id-" + std::to_string(i))}, {member("id-" + std::to_string(i + 1))},
                start + minutes{i});
  }
  EXPECT_EQ(log.departures().size(), 32U);
  EXPECT_EQ(log.departures().back().member_id, "id-99");
  EXPECT_LE(log.joined("payments-1", start), 32);
}

TEST(MemberLog, OneThatLeftLongAgoIsForgottenWhenTheNextLeaves) {
  MemberLog log = watched();
  log.changed({member("a"), member("b")}, {member("b")}, start);
  log.changed({member("a"), member("b")}, {member("b")}, start + minutes{1});
  log.changed({member("b")}, {}, start + hours{30});
  ASSERT_EQ(log.departures().size(), 1U);
  EXPECT_EQ(log.departures().front().member_id, "b");
}

}  // namespace
}  // namespace tidemark
