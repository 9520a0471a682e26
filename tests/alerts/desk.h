// An alert desk driven by hand: reports and time of the test, and a receiver as a list.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
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

inline std::shared_ptr<GroupReport> group_report(const std::string& name, GroupStatus status,
                                                 Reason reason, Instant since) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName{name};
  out->status = status;
  out->reason = reason;
  out->explanation = "it is " + std::string{to_string(status)};
  out->status_since = since;
  return out;
}
// Of a cluster that is connected and caught up.
inline std::shared_ptr<ClusterReport> cluster_report(const std::string& name, Instant now) {
  auto out = std::make_shared<ClusterReport>();
  out->cluster = ClusterName{name};
  out->health.caught_up = true;
  out->health.link.state = LinkState::connected;
  out->as_of = out->as_of_broker = now;
  return out;
}

// A desk that tells everything to one receiver, whatever that is. start() is the fixture's own to
// call, once there are reports.
class AnyDesk : public testing::Test {
 public:
  using MakeReceiver = std::function<std::unique_ptr<Notifier>()>;

  AnyDesk(std::string receiver, std::vector<std::string> clusters, MakeReceiver make)
      : receiver_(std::move(receiver)), make_(std::move(make)) {
    AlertRoute route;
    route.name = "all";
    route.receivers = {receiver_};
    settings.path = folder / "alerts.db";
    settings.routes = RouteTable({route});
    settings.clusters = std::move(clusters);
  }

  // As kill -9 does it: nothing is said or written at the end.
  void kill() { desk.reset(); }
  void start() {
    AlertDesk::Receivers receivers;
    receivers[receiver_] = make_();
    desk = std::make_unique<AlertDesk>(
        settings, std::move(receivers), [this] { return reports; },
        [](const IncidentKey&) {
          return std::map<std::string, std::string>{{"team", "a"}};
        },
        clock);
    desk->lead_to("http://tidemark:8000");
  }
  // `look` makes the reports of each moment.
  void pass(Duration span, Duration step, const std::function<void()>& look, bool deliver = true) {
    for (const Instant end = clock.now() + span; clock.now() < end;) {
      clock.advance(step);
      look();
      desk->work();
      if (deliver) desk->deliver({});
    }
  }

  TemporaryFolder folder;
  ManualClock clock;
  AlertSettings settings;
  AlertDesk::Reports reports;
  std::unique_ptr<AlertDesk> desk;

 private:
  std::string receiver_;
  MakeReceiver make_;
};

class Desk : public AnyDesk {
 public:
  Desk() : AnyDesk("ops", {"PROD"}, [this] { return std::make_unique<FakeNotifier>(box); }) {
    settings.first_day = Duration{0};
    groups({{"payments", GroupStatus::ok}});
    start();
  }

  ~Desk() override { kill(); }  // it refers to the box

  void groups(const std::vector<std::pair<std::string, GroupStatus>>& all) {
    newest = cluster_report("PROD", clock.now());
    for (const auto& [name, status] : all) {
      const Reason reason = status == GroupStatus::ok ? Reason::keeping_up : Reason::stopped;
      newest->groups.push_back(group_report(name, status, reason, clock.now()));
    }
  }
  // The same groups at this instant, as a tick publishes them.
  void tick() {
    auto next = cluster_report("PROD", clock.now());
    next->health = newest->health;
    next->groups = newest->groups;
    reports = {next};
  }
  void pass(Duration span, bool deliver = true) {
    AnyDesk::pass(
        span, seconds{5}, [this] { tick(); }, deliver);
  }
  std::vector<std::string> mails() { return std::exchange(box.mails, {}); }

  Mailbox box;
  std::shared_ptr<ClusterReport> newest;
};

}  // namespace tidemark::test
