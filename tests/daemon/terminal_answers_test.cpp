// `explain`, `events` and `topics` against the real listener.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/api/everything.h"
#include "tests/daemon/terminal_fixture.h"

namespace tidemark::terminal {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class TerminalAnswers : public TerminalCommands {
 protected:
  // One group, one partition that was never judged worse than OK, and its rules as they were tried.
  void serve_payments() {
    auto prod = test::cluster("PROD", {test::group("payments", {{"orders", {{}, {}}}})},
                              {test::topic("orders", {100, 100})});
    prod_ = prod.get();
    happens(EventKind::status, "payments", "OK → ERROR");
    happens(EventKind::blind, "", "the link is lost");
    PartitionWindow first = test::window("orders", 0, {test::sample(100, 5000, 0)});
    first.trace = {{5, "caught_up", true, "live lag 0 ≤ allowed_lag 0"}};
    PartitionWindow second = test::window("orders", 1, {test::sample(100, 5000, 0)});
    second.trace = {{5, "caught_up", true, "live lag of the second one"}};
    view_.windows["payments"] = {first, second};
    serve({prod});
  }

  void happens(EventKind kind, const std::string& group, const std::string& sentence) {
    auto event = std::make_shared<Event>();
    event->sequence = prod_->events.size() + 1;
    event->at = from_ms(test::kNow);
    event->kind = kind;
    event->group = group;
    event->sentence = sentence;
    prod_->events.push_back(event);
  }

  ClusterReport* prod_ = nullptr;
};

TEST_F(TerminalAnswers, ExplainTheGroupByThePartitionThatDecides) {
  serve_payments();
  EXPECT_EQ(tidemark({"explain", "PROD", "payments"}), 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("PROD  payments  OK"));
  EXPECT_THAT(out_.str(), HasSubstr(">  5  caught_up  true   live lag 0 ≤ allowed_lag 0\n"));
}

TEST_F(TerminalAnswers, ExplainThePartitionThatIsNamed) {
  serve_payments();
  EXPECT_EQ(tidemark({"explain", "PROD", "payments", "orders", "1"}), 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("live lag of the second one"));
  EXPECT_EQ(tidemark({"explain", "PROD", "payments", "orders", "1", "--json"}), 0);
  EXPECT_EQ(json::parse(out_.str())["data"]["partitions"][0]["partition"], 1);
}

TEST_F(TerminalAnswers, ExplainAllThatCanBeKnown) {
  const auto all = test::everything();
  serve({all});
  for (const auto& group : all->groups) {
    EXPECT_EQ(tidemark({"explain", all->cluster.get(), "--", group->name.get()}), 0) << err_.str();
    EXPECT_THAT(out_.str(), Not(HasSubstr("\x1b")));
  }
}

TEST_F(TerminalAnswers, RefuseToExplainWhatIsNotThere) {
  serve_payments();
  EXPECT_EQ(tidemark({"explain", "PROD", "nobody"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("no group \"nobody\" is known"));
  EXPECT_EQ(tidemark({"explain", "PROD", "payments", "orders", "7"}), 1);
  EXPECT_THAT(err_.str(), HasSubstr("has committed nothing in partition 7 of topic \"orders\""));
  EXPECT_EQ(tidemark({"explain", "PROD", "payments", "orders"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("which PARTITION of topic \"orders\"?"));
  EXPECT_EQ(tidemark({"explain", "PROD", "payments", "orders", "x"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("\"x\" is not the number of a partition"));
}

TEST_F(TerminalAnswers, TellEventsTheNewestLast) {
  serve_payments();
  EXPECT_EQ(tidemark({"events"}), 0) << err_.str();
  const std::string text = out_.str();
  EXPECT_LT(text.find("OK → ERROR"), text.find("the link is lost"));
  EXPECT_EQ(tidemark({"events", "--group", "payments"}), 0);
  EXPECT_THAT(out_.str(), Not(HasSubstr("link")));
  EXPECT_EQ(tidemark({"events", "--kind", "blind,sight_back", "--cluster", "PROD"}), 0);
  EXPECT_THAT(out_.str(), Not(HasSubstr("payments")));
  EXPECT_EQ(tidemark({"events", "--group", ""}), 0);
  EXPECT_EQ(out_.str(), "") << "no group of the empty name";
  EXPECT_EQ(tidemark({"events", "--json"}), 0);
  EXPECT_EQ(json::parse(out_.str())["data"].size(), 2U);
}

TEST_F(TerminalAnswers, TellAllEventsOfATime) {
  serve_payments();
  for (int i = 0; i < 1500; ++i) happens(EventKind::group_new, "group-" + std::to_string(i), "new");
  const std::string at = std::to_string(test::kNow);
  const std::string later = std::to_string(test::kNow + 1);
  const auto lines = [&] { return std::ranges::count(out_.str(), '\n'); };
  EXPECT_EQ(tidemark({"events", "--from", at, "--to", later}), 0) << err_.str();
  EXPECT_EQ(lines(), 1502);
  EXPECT_EQ(tidemark({"events", "--from", at, "--kind", "group_new", "--json"}), 0);
  EXPECT_EQ(lines(), 1500) << "one event a line";
  EXPECT_EQ(tidemark({"events", "--from", later}), 0);
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(tidemark({"events", "--since", "soon"}), 2);
  EXPECT_EQ(tidemark({"events", "--to", later, "--follow"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--to: what is followed has no end"));
}

TEST_F(TerminalAnswers, RefuseKindsOfEventsThatDoNotExist) {
  serve_payments();
  EXPECT_EQ(tidemark({"events", "--kind", "status,disaster"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--kind: \"disaster\" is none of status, condition"));
  EXPECT_EQ(tidemark({"events", "--cluster", "NONE"}), 1);
}

TEST_F(TerminalAnswers, ListTopicsOfAllClustersOrOne) {
  auto unread = test::topic("lonely", {5});
  unread->unread_since = from_ms(test::kNow - 60'000);
  serve({test::cluster("PROD", {}, {test::topic("orders", {100})}),
         test::cluster("DEV", {}, {unread, test::topic("orders", {100})})});
  EXPECT_EQ(tidemark({"topics"}), 0) << err_.str();
  EXPECT_EQ(out_.str(),
            "CLUSTER  TOPIC   PARTITIONS  READERS  WRITTEN  RETENTION  UNREAD\n"
            "PROD     orders           1        0        -  -\n"
            "DEV      lonely           1        0        -  -          for 1m\n"
            "DEV      orders           1        0        -  -\n");
  EXPECT_EQ(tidemark({"topics", "DEV", "--unread"}), 0);
  EXPECT_THAT(out_.str(), Not(HasSubstr("orders")));
  EXPECT_EQ(tidemark({"topics", "PROD", "--unread"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("\nevery topic that is written is read\n"));
  EXPECT_EQ(tidemark({"topics", "--json"}), 0);
  EXPECT_EQ(json::parse(out_.str())["page"]["total"], 3);
  EXPECT_EQ(tidemark({"topics", "NONE"}), 1);
}

}  // namespace
}  // namespace tidemark::terminal
