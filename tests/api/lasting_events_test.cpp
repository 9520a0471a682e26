// Events wherever they are: in a report, waiting to be written, or in state.db. Whoever reads them
// page by page meets each of them once.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <random>

#include "storage/state_file.h"
#include "tests/api/fixture.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Events = std::vector<std::shared_ptr<const Event>>;

class LastingEvents : public ::testing::Test {
 protected:
  LastingEvents() {
    for (const char* name : {"PROD", "DEV", "QA"}) {
      reports_.push_back(cluster(name));
      view.shown.push_back(reports_.back());
    }
    view.kept = {EventStatus::State::keeping, "", folder_ / "state.db", 77, {}, 0, 0, 0, 0};
    EXPECT_TRUE(file_.open(77).ok());
    EXPECT_TRUE(file_.begin({{"PROD", 0}, {"DEV", 0}, {"QA", 0}}, from_ms(kNow)).ok());
  }

  // At `second` of the story; its place is decided by keep().
  void happens(std::size_t in, int second, EventKind kind = EventKind::status,
               const std::string& group = "a") {
    auto event = std::make_shared<Event>();
    event->sequence = told_[in].size() + 1;
    event->at = from_ms(kNow + second * 1000);
    event->kind = kind;
    if (is_of_group(*event)) event->group = group;
    event->sentence = reports_[in]->cluster.get() + std::to_string(event->sequence);
    told_[in].push_back(std::move(event));
  }

  // The first `written` of a cluster are in the file, those after `leaving` wait; the report has
  // the newest `shown`. It is another report: those that were handed out stay as they are.
  void keep(std::size_t in, std::size_t written, std::size_t leaving, std::size_t shown) {
    const Events& all = told_[in];
    const std::string name = reports_[in]->cluster.get();
    const auto at = [&](std::size_t i) {
      return all.begin() + static_cast<std::ptrdiff_t>(std::min(i, all.size()));
    };
    EXPECT_TRUE(file_.write({{name, Events(all.begin(), at(written))}}, from_ms(kNow)).ok());
    view.waiting[name] = Events(at(leaving), all.end());
    auto report = cluster(name);
    report->events = Events(at(all.size() - std::min(shown, all.size())), all.end());
    report->last_event = all.size();
    view.shown[in] = reports_[in] = report;
  }

  Json whole(const std::string& query) {
    const HttpReply reply = handlers.get("/api/v1/events" + query);
    EXPECT_EQ(reply.status, 200) << query << ": " << reply.body;
    return Json::parse(reply.body);
  }
  static std::vector<std::string> rows_of(const Json& answer) {
    std::vector<std::string> out;
    for (const Json& row : answer.at("data")) out.push_back(row.at("sentence"));
    return out;
  }
  std::vector<std::string> sentences(const std::string& query) { return rows_of(whole(query)); }

  // From page to page, to the end.
  std::vector<std::string> paged(const std::string& query, const std::string& by = "cursor",
                                 const std::string& from = "") {
    std::vector<std::string> all;
    std::string cursor = from.empty() ? "" : "&" + by + "=" + from;
    do {
      const Json answer = whole(query + cursor);
      EXPECT_FALSE(answer.at("page").contains("problem")) << answer.dump();
      for (const std::string& each : rows_of(answer)) all.push_back(each);
      const Json next = answer.at("page").at("next_cursor");
      cursor = next.is_null() ? "" : "&" + by + "=" + next.get<std::string>();
    } while (!cursor.empty());
    return all;
  }

  // All that match, cluster by cluster, by their numbers.
  std::vector<std::string> expected(const EventFilter& filter, const std::string& only) const {
    std::vector<std::string> out;
    for (std::size_t in = 0; in < reports_.size(); ++in) {
      if (!only.empty() && reports_[in]->cluster.get() != only) continue;
      for (const auto& event : told_[in]) {
        if (filter.matches(*event)) out.push_back(event->sentence);
      }
    }
    return out;
  }
  // Brought into the same order; within a cluster it is left as it is.
  static std::vector<std::string> by_cluster(const std::vector<std::string>& rows) {
    std::vector<std::string> out;
    for (const char* name : {"PROD", "DEV", "QA"}) {
      std::copy_if(rows.begin(), rows.end(), std::back_inserter(out),
                   [&](const std::string& each) { return each.rfind(name, 0) == 0; });
    }
    return out;
  }

  TemporaryFolder folder_;
  StateFile file_{{folder_ / "state.db"}};
  std::vector<std::shared_ptr<ClusterReport>> reports_;
  std::vector<Events> told_ = std::vector<Events>(3);
  std::array<std::size_t, 3> written_{};  // how many of each
  FakeView view;
  Handlers handlers{view};
};

TEST_F(LastingEvents, GoBackBeyondWhatTheReportHolds) {
  for (int i = 1; i <= 6; ++i) happens(0, i);
  keep(0, 6, 6, 2);
  EXPECT_THAT(sentences("?order=newest"),
              ElementsAre("PROD6", "PROD5", "PROD4", "PROD3", "PROD2", "PROD1"));
  EXPECT_THAT(sentences("?order=oldest&limit=2"), ElementsAre("PROD1", "PROD2"));
  EXPECT_THAT(sentences("?limit=3"), ElementsAre("PROD4", "PROD5", "PROD6")) << "the newest last";
  EXPECT_THAT(sentences("?since_ms=" + std::to_string(kNow + 5000)), ElementsAre("PROD5", "PROD6"));
  EXPECT_THAT(sentences("?to_ms=" + std::to_string(kNow + 3000)), ElementsAre("PROD1", "PROD2"));
}

TEST_F(LastingEvents, AStormIsWholeWhileItIsBeingWritten) {
  for (int i = 1; i <= 3000; ++i) happens(0, 1);
  keep(0, 1200, 1200, 1000);
  EXPECT_EQ(paged("?order=oldest&limit=1000").size(), 3000U);
  EXPECT_EQ(paged("?order=newest&limit=1000").size(), 3000U);
  keep(0, 1300, 1200, 1000);  // written, and not yet taken off
  EXPECT_EQ(by_cluster(paged("?order=oldest&limit=1000")), expected({}, ""));
}

TEST_F(LastingEvents, AnEventThatItsReportDoesNotKnowYetIsNotShown) {
  happens(0, 1);
  keep(0, 1, 1, 1);
  happens(0, 2);
  view.waiting["PROD"] = {told_[0].back()};
  EXPECT_THAT(sentences("?order=newest"), ElementsAre("PROD1"));
  EXPECT_TRUE(file_.write({{"PROD", {told_[0].back()}}}, from_ms(kNow)).ok());
  EXPECT_THAT(sentences("?order=newest"), ElementsAre("PROD1"));
}

TEST_F(LastingEvents, AFollowersCursorOutlivesARestart) {
  for (int i = 1; i <= 3; ++i) happens(0, i);
  keep(0, 3, 3, 3);
  const std::string cursor = whole("?limit=2").at("data").back().at("cursor");
  keep(0, 3, 3, 0);  // nothing of it is in memory now
  EXPECT_THAT(sentences("?after=" + cursor), IsEmpty());
  for (int i = 4; i <= 2000; ++i) happens(0, i);
  happens(1, 1);
  keep(0, 1990, 1990, 10);
  keep(1, 1, 1, 1);
  EXPECT_EQ(paged("?limit=700", "after", cursor).size(), 0U + 1997 + 1);
}

TEST_F(LastingEvents, APageOfAnotherListIsRefusedAndAFollowerGetsWhatIsInMemory) {
  for (int i = 1; i <= 5; ++i) happens(0, i);
  keep(0, 5, 5, 2);
  const std::string cursor = whole("?order=newest&limit=1").at("page").at("next_cursor");
  view.kept.log = 78;  // the file was begun anew
  const HttpReply refused = handlers.get("/api/v1/events?order=newest&cursor=" + cursor);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(Json::parse(refused.body).at("error").at("code"), "bad_cursor");
  EXPECT_THAT(sentences("?after=" + cursor), ElementsAre("PROD4", "PROD5"));
}

TEST_F(LastingEvents, WithoutTheFileTheNewestAreToldAndThatThereIsMore) {
  for (int i = 1; i <= 5; ++i) happens(0, i);
  keep(0, 5, 5, 2);
  view.kept.path = folder_ / "nowhere/state.db";
  const Json answer = whole("?order=newest");
  EXPECT_THAT(rows_of(answer), ElementsAre("PROD5", "PROD4"));
  EXPECT_THAT(answer.at("page").at("problem").get<std::string>(), HasSubstr("nowhere/state.db"));
  view.kept.state = EventStatus::State::off;
  view.kept.reason = "it is of a newer version";
  EXPECT_THAT(whole("").at("page").at("problem").get<std::string>(), HasSubstr("newer version"));
}

TEST_F(LastingEvents, FollowingTheNewestDoesNotTouchTheFile) {
  for (int i = 1; i <= 5; ++i) happens(0, i);
  keep(0, 5, 5, 2);
  const std::string cursor = whole("?limit=1").at("data").back().at("cursor");
  view.kept.path = folder_ / "nowhere/state.db";
  happens(0, 6);
  keep(0, 5, 5, 3);
  const Json answer = whole("?after=" + cursor);
  EXPECT_THAT(rows_of(answer), ElementsAre("PROD6"));
  EXPECT_FALSE(answer.at("page").contains("problem"));
}

TEST_F(LastingEvents, BadWordsAreRefusedByTheirName) {
  for (const auto& [query, field] :
       std::vector<std::pair<std::string, std::string>>{{"?order=worst", "order"},
                                                        {"?cursor=zz", "cursor"},
                                                        {"?from_ms=5&to_ms=5", "from_ms"},
                                                        {"?from_ms=5&since_ms=5", "since_ms"},
                                                        {"?after=1.2.3.4&order=newest", "after"},
                                                        {"?to_ms=never", "to_ms"}}) {
    const HttpReply reply = handlers.get("/api/v1/events" + query);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_EQ(Json::parse(reply.body).at("error").at("field"), field) << query;
  }
}

// Whatever is asked for, wherever the events are and wherever the clock was set to: each comes
// once, and in its order, in both directions and for any length of a page.
TEST_F(LastingEvents, AnyPagingReadsWhatWasWritten) {
  std::mt19937 random(11);
  const auto upto = [&](std::size_t most) { return random() % (most + 1); };
  for (int i = 0, second = 0; i < 900; ++i) {
    second += static_cast<int>(upto(2)) - (upto(60) == 0 ? 50 : 0);  // a clock set back
    happens(upto(2), second, static_cast<EventKind>(upto(9)), upto(2) == 0 ? "b" : "a");
  }
  for (int turn = 0; turn < 60; ++turn) {
    for (std::size_t in = 0; in < 3; ++in) {
      const std::size_t all = told_[in].size();
      const std::size_t written = std::max<std::size_t>(written_[in], upto(all));
      written_[in] = written;
      keep(in, written, written - std::min(written, upto(20)), upto(all));
    }
    EventFilter filter;
    std::string query = "?limit=" + std::to_string(1 + upto(200));
    std::string only;
    if (upto(3) == 0) query += "&cluster=" + (only = reports_[upto(2)]->cluster.get());
    if (upto(3) == 0) query += "&group=" + *(filter.group = "b");
    if (upto(3) == 0) {
      filter.kinds = {EventKind::status, EventKind::blind};
      query += "&kind=blind,status,blind";
    }
    if (upto(2) == 0) {
      filter.to = from_ms(kNow + static_cast<std::int64_t>(upto(900)) * 1000 + 1000);
      query += "&to_ms=" + std::to_string(to_ms(*filter.to));
    }
    auto wanted = expected(filter, only);
    EXPECT_EQ(by_cluster(paged(query + "&order=oldest")), wanted) << query;
    auto back = paged(query + "&order=newest");
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(by_cluster(back), wanted) << query;
  }
}

}  // namespace
}  // namespace tidemark
