// An alert desk driven by hand: reports and time of the test, and a receiver as a list.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "daemon/alerts/alert_desk.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace tidemark::test {

using std::chrono::seconds;

// A receiver as a list: what arrived there, "opened 1 payments (key)".
struct Mailbox {
  std::vector<std::string> mails;
  std::vector<std::string> keys;
  std::vector<Message> messages;      // as prepared
  Duration limit{0};                  // of the last attempt
  std::stop_source* stops = nullptr;  // the daemon is told to end while it sends
  Delivery answer{Outcome::delivered, "250 OK", std::nullopt};
};

class FakeNotifier final : public Notifier {
 public:
  FakeNotifier(Mailbox& box) : box_(box) {}
  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    box_.messages.push_back(message);
    const std::string text = fmt::format("{} {} {}", to_string(message.kind), message.count,
                                         message.alerts.front().group.get());
    return std::vector<Prepared>{{"ops@example.org", text, message.idempotency_key}};
  }
  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    box_.limit = attempt.limit;
    if (box_.stops != nullptr) box_.stops->request_stop();
    if (box_.answer.outcome == Outcome::delivered) {
      box_.mails.push_back(prepared.content);
      box_.keys.push_back(prepared.key);
    }
    return box_.answer;
  }

 private:
  Mailbox& box_;
};

class Desk : public testing::Test {
 public:
  Desk() {
    AlertRoute route;
    route.name = "all";
    route.receivers = {"ops"};
    settings.path = folder / "alerts.db";
    settings.page = "http://tidemark:8000";
    settings.routes = RouteTable({route});
    settings.clusters = {"PROD"};
    settings.first_day = Duration{0};
    groups({{"payments", GroupStatus::ok}});
    start();
  }

  // As kill -9 does it: nothing is said or written at the end.
  void kill() { desk.reset(); }
  void start() {
    AlertDesk::Receivers receivers;
    receivers["ops"] = std::make_unique<FakeNotifier>(box);
    desk = std::make_unique<AlertDesk>(
        settings, std::move(receivers), [this] { return AlertDesk::Reports{report}; },
        [](const IncidentKey&) {
          return std::map<std::string, std::string>{{"team", "a"}};
        },
        clock);
  }
  void groups(const std::vector<std::pair<std::string, GroupStatus>>& all) {
    auto next = std::make_shared<ClusterReport>();
    next->cluster = ClusterName{"PROD"};
    next->health.caught_up = true;
    next->health.link.state = LinkState::connected;
    for (const auto& [name, status] : all) {
      auto group = std::make_shared<GroupReport>();
      group->name = GroupName{name};
      group->status = status;
      group->reason = status == GroupStatus::ok ? Reason::keeping_up : Reason::stopped;
      group->explanation = "it is " + std::string{to_string(status)};
      group->status_since = clock.now();
      next->groups.push_back(std::move(group));
    }
    newest = next;
  }
  // The same groups at this instant, as a tick publishes them.
  void tick() {
    auto next = std::make_shared<ClusterReport>();
    next->cluster = newest->cluster;
    next->health = newest->health;
    next->groups = newest->groups;
    next->as_of = next->as_of_broker = clock.now();
    report = next;
  }
  void pass(Duration span, bool deliver = true) {
    for (const Instant end = clock.now() + span; clock.now() < end;) {
      clock.advance(seconds{5});
      tick();
      desk->work();
      if (deliver) desk->deliver({});
    }
  }
  std::vector<std::string> mails() { return std::exchange(box.mails, {}); }

  TemporaryFolder folder;
  ManualClock clock;
  AlertSettings settings;
  Mailbox box;
  std::shared_ptr<ClusterReport> newest;
  std::shared_ptr<const ClusterReport> report;
  std::unique_ptr<AlertDesk> desk;
};

}  // namespace tidemark::test
