// Where incidents become messages: each second it reads the newest reports, lets the books of the
// clusters and the dispatcher decide, writes down what changed and what is to be sent, and only
// then wakes the senders. Nothing waits for it.
//
// One thread of its own (`notify`), and one for each receiver; the destructor ends them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "api/changes.h"
#include "core/clock.h"
#include "core/errands.h"
#include "core/log.h"
#include "core/published.h"
#include "core/worker.h"
#include "daemon/alerts/silence_keeper.h"
#include "evaluator/report.h"
#include "notifiers/alert_store.h"
#include "notifiers/dispatcher.h"
#include "notifiers/incident_book.h"
#include "notifiers/incident_rows.h"
#include "notifiers/notifier.h"
#include "notifiers/sender.h"
#include "storage/alert_status.h"

namespace tidemark {

struct AlertSettings {
  std::string path;     // of alerts.db
  std::string history;  // path of history.db, for pictures of the lag; empty: there is none
  BookSettings book;
  RouteTable routes;  // their receivers exist
  Duration first_day = std::chrono::hours{24};
  Duration max_age = std::chrono::hours{24 * 400};  // of ended incidents
  std::vector<std::string> clusters;
  std::map<std::string, Duration> timeouts;  // of one attempt, by receiver
};

class AlertDesk {
 public:
  using Reports = std::vector<std::shared_ptr<const ClusterReport>>;
  using Receivers = std::map<std::string, std::unique_ptr<Notifier>>;

  // `clock` and what `reports` refers to outlive it.
  AlertDesk(AlertSettings settings, Receivers receivers, std::function<Reports()> reports,
            Dispatcher::LabelsOf labels, const Clock& clock);
  ~AlertDesk();
  AlertDesk(const AlertDesk&) = delete;
  AlertDesk& operator=(const AlertDesk&) = delete;

  // What the threads do, to be called by hand in tests: one look at the reports,
  void work();
  // and everything that is due now, sent.
  void deliver(const std::stop_token& stop);

  // Any thread.
  [[nodiscard]] std::shared_ptr<const AlertStatus> status() const { return status_.get(); }

  // Any thread: those of a policy.
  [[nodiscard]] std::map<std::string, std::string> labels(const IncidentKey& key) const {
    return labels_(key);
  }

  // Any thread; waits some seconds at most. Done by the thread of work(): on the disk before it is
  // answered, or not done at all.
  Changed<SilenceRow> add_silence(const WantedSilence& wanted);
  Changed<EndedSilence> end_silence(const std::string& id);
  Changed<IncidentRow> acknowledge(AcknowledgementRow row);
  // Called for each silence that has ended by itself, now or before the start, on that thread.
  // Before start().
  void tell_ended(std::function<void(const SilenceRow&)> tell) { tell_ended_ = std::move(tell); }

  // Where people reach the page, for links. Before start().
  void lead_to(std::string page) { page_ = std::move(page); }

  // From here on it works by itself.
  void start();
  void request_stop();

 private:
  struct Cluster {
    IncidentBook book;
    std::shared_ptr<const ClusterReport> last;  // null: not looked at yet
    bool swept = false;  // incidents of groups that went while we were away have ended
  };

  template <class T>
  Changed<T> do_soon(std::function<Changed<T>()> change);
  Changed<IncidentRow> acknowledge_now(const AcknowledgementRow& row);
  void keep_silences();
  void begin();
  void look(Cluster& cluster, const std::shared_ptr<const ClusterReport>& report);
  static void sweep(Cluster& cluster, const ClusterReport& report);
  void take(const std::vector<IncidentChange>& changes, AlertBatch& batch);
  void refresh_rows(AlertBatch& batch);
  void put(const std::string& receiver, const Message& message, AlertBatch& batch);
  void tell_dropped(AlertBatch& batch);
  void prepare(const Telling& telling, const Reports& reports, AlertBatch& batch);
  void hand_over(std::vector<OutboxRow> rows);
  void publish();

  const AlertSettings settings_;
  std::string page_;
  const Receivers receivers_;
  const std::function<Reports()> reports_;
  const Dispatcher::LabelsOf labels_;
  const Clock& clock_;
  AlertStore store_;
  SilenceKeeper silences_;
  std::map<std::string, AcknowledgementRow> acknowledged_;  // of incidents that are open
  std::function<void(const SilenceRow&)> tell_ended_;
  Errands errands_;
  std::map<std::string, std::unique_ptr<Sender>> senders_;
  std::map<std::string, Cluster> clusters_;
  IncidentRows rows_;
  log::RateLimit unmade_limit_{std::chrono::minutes{1}};
  std::unique_ptr<Dispatcher> dispatcher_;  // null: nothing has been restored yet
  Published<AlertStatus> status_;
  std::unique_ptr<Worker> thread_;
};

}  // namespace tidemark
