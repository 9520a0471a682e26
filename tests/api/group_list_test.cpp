#include "api/group_list.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <random>

#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using test::plain_group;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Names = std::vector<std::string>;

Names names_of(const GroupPage& page) {
  Names out;
  for (const GroupRow& row : page.rows) {
    out.push_back(row.cluster->cluster.get() + "/" + row.group->name.get());
  }
  return out;
}

GroupQuery sorted_by(std::string_view sort) {
  GroupQuery query;
  query.order = *group_order_from(sort);
  return query;
}

bool contains_any_case(std::string text, std::string part) {
  const auto lower = [](unsigned char c) { return c < 128 ? std::tolower(c) : c; };
  std::transform(text.begin(), text.end(), text.begin(), lower);
  std::transform(part.begin(), part.end(), part.begin(), lower);
  return text.find(part) != std::string::npos;
}

// The same plainly: all rows put in order, then cut.
GroupPage plain_page_of(const Reports& reports, const GroupQuery& query) {
  const auto& wanted = query.statuses;
  GroupPage page;
  for (const auto& report : reports) {
    if (query.cluster && report->cluster.get() != *query.cluster) continue;
    for (const auto& group : report->groups) {
      const bool fits = wanted.empty() || std::count(wanted.begin(), wanted.end(), group->status);
      if (!fits || !contains_any_case(group->name.get(), query.q)) continue;
      ++page.total;
      const GroupRow row{report.get(), group.get()};
      const GroupPlace place = place_of(row, query.order.by);
      const auto& after = query.after;
      if (after && !query.order.before(
                       {after->unknown, after->number, after->group, after->cluster}, place)) {
        continue;
      }
      page.rows.push_back(row);
    }
  }
  std::sort(page.rows.begin(), page.rows.end(), [&](const GroupRow& a, const GroupRow& b) {
    return query.order.before(place_of(a, query.order.by), place_of(b, query.order.by));
  });
  if (page.rows.size() <= static_cast<std::size_t>(query.limit)) return page;
  page.rows.resize(static_cast<std::size_t>(query.limit));
  const GroupPlace last = place_of(page.rows.back(), query.order.by);
  page.next_cursor =
      GroupCursor{last.unknown, last.number, std::string(last.group), std::string(last.cluster)}
          .text(query.order);
  return page;
}

// All pages, one after the other.
Names walk(const Reports& reports, GroupQuery query) {
  Names out;
  for (;;) {
    const GroupPage page = page_of(reports, query);
    for (const std::string& name : names_of(page)) out.push_back(name);
    if (!page.next_cursor) return out;
    query.after = GroupCursor::parse(*page.next_cursor, query.order).value();
  }
}

Reports four_groups() {
  return {test::cluster("PROD", {plain_group("late", GroupStatus::warning, 500, 90'000),
                                 plain_group("dead", GroupStatus::error, 20, 600'000),
                                 plain_group("idle", GroupStatus::ok, 0, std::nullopt)}),
          test::cluster("DEV",
                        {plain_group("dead", GroupStatus::unknown, std::nullopt, std::nullopt)})};
}

TEST(GroupList, IsSortedByNameAndThenByCluster) {
  EXPECT_THAT(names_of(page_of(four_groups(), {})),
              ElementsAre("DEV/dead", "PROD/dead", "PROD/idle", "PROD/late"));
  EXPECT_THAT(names_of(page_of(four_groups(), sorted_by("-name"))),
              ElementsAre("PROD/late", "PROD/idle", "PROD/dead", "DEV/dead"));
}

TEST(GroupList, IsSortedByWhatHurtsWithTheUnknownLast) {
  EXPECT_THAT(names_of(page_of(four_groups(), sorted_by("-lag"))),
              ElementsAre("PROD/late", "PROD/dead", "PROD/idle", "DEV/dead"));
  EXPECT_THAT(names_of(page_of(four_groups(), sorted_by("lag"))),
              ElementsAre("PROD/idle", "PROD/dead", "PROD/late", "DEV/dead"));
  EXPECT_THAT(names_of(page_of(four_groups(), sorted_by("-time_lag"))),
              ElementsAre("PROD/dead", "PROD/late", "PROD/idle", "DEV/dead"));
  EXPECT_THAT(names_of(page_of(four_groups(), sorted_by("-status"))),
              ElementsAre("PROD/dead", "PROD/late", "DEV/dead", "PROD/idle"));
}

TEST(GroupList, IsFilteredByClusterStatusAndPartOfTheName) {
  GroupQuery query;
  query.cluster = "PROD";
  query.statuses = {GroupStatus::error, GroupStatus::warning};
  EXPECT_THAT(names_of(page_of(four_groups(), query)), ElementsAre("PROD/dead", "PROD/late"));
  query.q = "EAD";
  const GroupPage page = page_of(four_groups(), query);
  EXPECT_THAT(names_of(page), ElementsAre("PROD/dead"));
  EXPECT_EQ(page.total, 1U);
}

TEST(GroupList, TheTotalCountsAllPages) {
  GroupQuery query;
  query.limit = 1;
  EXPECT_EQ(page_of(four_groups(), query).total, 4U);
  query.after = GroupCursor::parse(*page_of(four_groups(), query).next_cursor, query.order).value();
  EXPECT_EQ(page_of(four_groups(), query).total, 4U);
}

// Names of any bytes, many of them equal in what they are sorted by.
Reports random_reports(std::mt19937& random, int groups) {
  Reports out;
  for (const char* name : {"B", "A", "C|1"}) {
    std::vector<std::shared_ptr<GroupReport>> held;
    for (int i = 0; i < groups; ++i) {
      std::string id = std::to_string(i) + static_cast<char>(random() % 256) + "|";
      const auto lag = static_cast<std::int64_t>(random() % 4);
      held.push_back(plain_group(std::move(id), static_cast<GroupStatus>(random() % 4),
                                 lag == 3 ? std::nullopt : std::optional(lag),
                                 static_cast<std::int64_t>(random() % 3)));
    }
    out.push_back(test::cluster(name, std::move(held)));
  }
  return out;
}

constexpr const char* kSorts[] = {"name",     "-name",     "lag",    "-lag",
                                  "time_lag", "-time_lag", "status", "-status"};

TEST(GroupList, WalkingAllPagesMeetsEachGroupOnceInTheOrderOfOneBigPage) {
  std::mt19937 random(1);
  const Reports reports = random_reports(random, 40);
  for (const char* sort : kSorts) {
    GroupQuery query = sorted_by(sort);
    query.limit = 1000;
    const Names whole = names_of(page_of(reports, query));
    EXPECT_EQ(whole.size(), 120U);
    for (const int limit : {1, 7, 119, 120}) {
      query.limit = limit;
      EXPECT_EQ(walk(reports, query), whole) << sort << " in pages of " << limit;
    }
  }
}

// Numbers that are alike, and those at the edges.
std::optional<std::int64_t> random_lag(std::mt19937& random) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t lags[] = {0, 1, 2, most - 1, most};
  if (random() % 5 == 0) return std::nullopt;
  return random() % 2 == 0 ? lags[random() % 5] : static_cast<std::int64_t>(random() % 1'000'000);
}

// Some of `names` groups, as they are now.
Reports changing_reports(std::mt19937& random, unsigned names) {
  Reports out;
  for (const char* cluster : {"PROD", "DEV"}) {
    std::vector<std::shared_ptr<GroupReport>> held;
    for (unsigned i = 0; i < names; ++i) {
      if (random() % 10 == 0) continue;
      auto group = plain_group((random() % 2 == 0 ? "Pay-" : "pay-") + std::to_string(i),
                               static_cast<GroupStatus>(random() % 4), random_lag(random),
                               static_cast<std::int64_t>(random() % 5) * 1000);
      group->time_lag_unknown = random() % 5 == 0;
      held.push_back(std::move(group));
    }
    out.push_back(test::cluster(cluster, std::move(held)));
  }
  return out;
}

TEST(GroupList, APageIsWhatSortingEverythingWouldGiveWhateverHasChangedSinceTheLast) {
  std::mt19937 random(7);
  std::size_t rows = 0;
  for (int walk = 0; walk < 200; ++walk) {
    GroupQuery query = sorted_by(kSorts[random() % std::size(kSorts)]);
    constexpr int limits[] = {1, 2, 10, 100, 1000};
    query.limit = limits[random() % 5];
    if (random() % 2 == 0) query.statuses = {GroupStatus::ok, GroupStatus::error};
    if (random() % 2 == 0) query.q = random() % 2 == 0 ? "PAY-1" : "y-2";
    if (random() % 3 == 0) query.cluster = "DEV";
    for (int page = 0; page < 20; ++page) {
      const Reports reports = changing_reports(random, static_cast<unsigned>(1 + random() % 400));
      const GroupPage fast = page_of(reports, query);
      const GroupPage plain = plain_page_of(reports, query);
      ASSERT_EQ(names_of(fast), names_of(plain)) << query.order.text();
      ASSERT_EQ(fast.total, plain.total);
      ASSERT_EQ(fast.next_cursor, plain.next_cursor);
      rows += fast.rows.size();
      if (!fast.next_cursor) break;
      query.after = GroupCursor::parse(*fast.next_cursor, query.order).value();
    }
  }
  EXPECT_GT(rows, 10'000U);
}

TEST(GroupList, AGroupThatGoesBetweenTwoPagesHidesNoOther) {
  GroupQuery query;
  query.limit = 2;
  query.cluster = "PROD";
  const GroupPage first = page_of(four_groups(), query);
  EXPECT_THAT(names_of(first), ElementsAre("PROD/dead", "PROD/idle"));
  query.after = GroupCursor::parse(*first.next_cursor, query.order).value();
  const Reports later = {
      test::cluster("PROD", {plain_group("aaa", GroupStatus::ok, 0, std::nullopt),
                             plain_group("late", GroupStatus::ok, 0, std::nullopt)})};
  EXPECT_THAT(names_of(page_of(later, query)), ElementsAre("PROD/late"));
}

TEST(GroupCursor, OfAnotherOrderIsRefused) {
  const GroupOrder by_lag = *group_order_from("-lag");
  const std::string text = GroupCursor{false, 5, "g", "c"}.text(by_lag);
  EXPECT_TRUE(GroupCursor::parse(text, by_lag).ok());
  const auto refused = GroupCursor::parse(text, *group_order_from("lag"));
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("sort=-lag"));
}

TEST(GroupCursor, OfSomebodyElsesMakingIsRefused) {
  const GroupOrder order;
  for (const char* text :
       {"", "zz", "abc", "6e616d65", "6e616d657c317c7c7c", "6e616d657c307c307c3939397c61"}) {
    EXPECT_FALSE(GroupCursor::parse(text, order).ok()) << text;
  }
}

}  // namespace
}  // namespace tidemark
