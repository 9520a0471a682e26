#include "daemon/alerts/alert_desk.h"

#include <utility>

#include "daemon/alerts/lag_series.h"
#include "notifiers/bundle_json.h"
#include "notifiers/telling_message.h"
#include "notifiers/troubles.h"

namespace tidemark {
namespace {

constexpr std::chrono::seconds look_every{1};
constexpr std::chrono::seconds change_within{5};

std::shared_ptr<const AlertStatus> first_status(const std::string& path) {
  auto out = std::make_shared<AlertStatus>();
  out->path = path;
  return out;
}

}  // namespace

AlertDesk::AlertDesk(AlertSettings settings, Receivers receivers, std::function<Reports()> reports,
                     Dispatcher::LabelsOf labels, const Clock& clock)
    : settings_(std::move(settings)),
      receivers_(std::move(receivers)),
      reports_(std::move(reports)),
      labels_(std::move(labels)),
      clock_(clock),
      store_(settings_.path),
      silences_(store_, clock_),
      status_(first_status(settings_.path)) {
  for (const auto& [name, notifier] : receivers_) {
    const auto timeout = settings_.timeouts.find(name);
    senders_[name] = std::make_unique<Sender>(
        name, *notifier, store_, clock_,
        timeout != settings_.timeouts.end() ? timeout->second : Attempt{}.limit);
  }
  for (const std::string& name : settings_.clusters) {
    clusters_.emplace(name, Cluster{IncidentBook(ClusterName{name}, settings_.book), nullptr});
  }
}

AlertDesk::~AlertDesk() { request_stop(); }

void AlertDesk::begin() {
  const Instant now = clock_.now();
  AlertStore::Restored was = store_.open(now, now + clock_.step());
  DispatcherSettings settings{settings_.routes, {}, was.installed + settings_.first_day};
  for (const auto& [name, notifier] : receivers_) {
    if (const auto every = notifier->keep_alive()) settings.keep_alive[name] = *every;
  }
  dispatcher_ = std::make_unique<Dispatcher>(std::move(settings), labels_);
  dispatcher_->restore(std::move(was.bundles), was.open, now);
  for (AcknowledgementRow& row : was.acknowledged) {
    dispatcher_->acknowledge(row.incident);
    acknowledged_[row.incident] = std::move(row);
  }
  silences_.restore(was.silences);
  hand_over(std::move(was.outbox));
  for (const OverflowRow& row : was.overflow) {
    const auto sender = senders_.find(row.receiver);
    if (sender != senders_.end()) sender->second->lost_before({row.messages, row.from, row.to});
  }

  std::map<std::string, std::vector<Incident>> by_cluster;
  for (Incident& incident : was.open) {
    by_cluster[incident.key.cluster.get()].push_back(std::move(incident));
  }
  AlertBatch batch;
  for (auto& [name, incidents] : by_cluster) {
    const auto watched = clusters_.find(name);
    if (watched != clusters_.end()) {
      watched->second.book.restore(std::move(incidents));
      continue;
    }
    IncidentBook book(ClusterName{name}, settings_.book);
    book.restore(std::move(incidents));
    book.close_all(now);
    take(book.advance(now), batch);
  }
  store_.write(batch);
}

// Groups that are not there any more, now that all of them are known.
void AlertDesk::sweep(Cluster& cluster, const ClusterReport& report) {
  std::vector<GroupName> gone;
  cluster.book.each_open([&](const Incident& incident) {
    const bool of_group = !is_of_cluster(incident.key.kind);
    if (of_group && report.find_group(incident.key.group.get()) == nullptr) {
      gone.push_back(incident.key.group);
    }
  });
  for (const GroupName& group : gone) cluster.book.group_gone(group, report.as_of);
}

void AlertDesk::look(Cluster& cluster, const std::shared_ptr<const ClusterReport>& report) {
  if (cluster.last == report) return;
  tell_changes(cluster.book, cluster.last.get(), *report);
  if (!cluster.swept && report->health.caught_up) {
    sweep(cluster, *report);
    cluster.swept = true;
  }
  cluster.last = report;
}

void AlertDesk::take(const std::vector<IncidentChange>& changes, AlertBatch& batch) {
  for (const IncidentChange& change : changes) {
    dispatcher_->take(change, clock_.now());
    rows_.write(change.incident, batch.incidents);
    if (change.step == IncidentStep::ended) acknowledged_.erase(change.incident.id);
  }
}

void AlertDesk::refresh_rows(AlertBatch& batch) {
  const Instant now = clock_.now();
  if (!rows_.due(now)) return;
  for (const auto& [name, cluster] : clusters_) {
    cluster.book.each_open(
        [&](const Incident& incident) { rows_.refresh(incident, batch.incidents); });
  }
  rows_.refreshed(now);
}

void AlertDesk::put(const std::string& receiver, const Message& message, AlertBatch& batch) {
  auto prepared = receivers_.at(receiver)->prepare(message);
  if (!prepared) {
    if (unmade_limit_.pass(clock_.steady())) {
      log::error("receiver {}: a message can't be made: {} ({} before)", receiver,
                 prepared.error().message, unmade_limit_.suppressed());
    }
    store_.record(0,
                  {receiver, message.idempotency_key, "", message.at, "not_made", 0,
                   prepared.error().message},
                  std::nullopt);
    return;
  }
  for (Prepared& each : prepared.value()) {
    batch.outbox.push_back({0, receiver, message.idempotency_key, std::move(each.address),
                            std::move(each.content), std::move(each.key), message.at, 0,
                            message.at});
  }
}

// Receivers that are back hear of what was lost meanwhile.
void AlertDesk::tell_dropped(AlertBatch& batch) {
  for (const auto& [name, sender] : senders_) {
    const auto dropped = sender->take_dropped();
    if (!dropped) continue;
    log::warn("receiver {}: it is told that {} messages were lost", name, dropped->messages);
    put(name, dropped_message(name, *dropped, page_, clock_.now()), batch);
  }
}

void AlertDesk::prepare(const Telling& telling, const Reports& reports, AlertBatch& batch) {
  const auto receiver = receivers_.find(telling.receiver);
  if (receiver == receivers_.end()) {
    log::error("route {}: there is no receiver {}", telling.route, telling.receiver);
    return;
  }
  const Notifier& notifier = *receiver->second;
  const bool whole = notifier.each_incident();
  const Duration step = clock_.step();  // history.db is written in shown time
  const auto series = [&](const IncidentKey& of, Instant since, Instant until) {
    return lag_series(settings_.history, of, since + step, until + step);
  };
  const Message message = message_of(telling, {page_, reports, labels_, series}, whole);
  put(telling.receiver, message, batch);
  if (whole && telling.kind == MessageKind::still) return;  // nobody follows its link
  for (const ToldIncident& told : telling.incidents) {
    batch.notices.push_back({telling.idempotency_key, told.incident.id});
  }
}

void AlertDesk::hand_over(std::vector<OutboxRow> rows) {
  std::map<std::string, std::size_t> unknown;
  for (OutboxRow& row : rows) {
    const auto sender = senders_.find(row.receiver);
    if (sender != senders_.end()) {
      sender->second->add(std::move(row));
      continue;
    }
    ++unknown[row.receiver];
    store_.record(row.id,
                  {row.receiver, row.message, row.address, clock_.now(), "no_receiver",
                   row.attempts, "the receiver is not in the configuration any more"},
                  std::nullopt);
  }
  for (const auto& [receiver, messages] : unknown) {
    log::warn("{} messages for {} are not sent: there is no such receiver any more", messages,
              receiver);
  }
}

void AlertDesk::work() {
  if (!dispatcher_) begin();
  errands_.work();
  keep_silences();
  const Reports reports = reports_();
  AlertBatch batch;
  for (const auto& report : reports) {
    const auto cluster = clusters_.find(report->cluster.get());
    if (cluster == clusters_.end()) continue;
    look(cluster->second, report);
    take(cluster->second.book.advance(report->as_of), batch);
  }
  refresh_rows(batch);
  for (const Telling& telling : dispatcher_->advance(clock_.now())) {
    prepare(telling, reports, batch);
  }
  tell_dropped(batch);
  for (const auto& [key, state] : dispatcher_->take_changed()) {
    batch.bundles.push_back({key.first, key.second, state != nullptr ? to_json(*state) : ""});
  }
  store_.write(batch);
  hand_over(std::move(batch.outbox));
  store_.remove_old(clock_.now() - settings_.max_age);
  publish();
}

void AlertDesk::keep_silences() {
  for (SilenceRow& row : silences_.take_ended()) {
    if (tell_ended_) tell_ended_(row);
    silences_.told(std::move(row));
  }
  if (auto silences = silences_.take_changed()) dispatcher_->set_silences(std::move(*silences));
}

template <class T>
Changed<T> AlertDesk::do_soon(std::function<Changed<T>()> change) {
  auto answer = errands_.ask<Changed<T>>(std::move(change), change_within);
  if (answer.value) return std::move(*answer.value);
  if (answer.outcome == Errands::Outcome::not_begun) {
    return Refusal{503, "busy", "the alerts are too busy to take this; nothing is changed", ""};
  }
  return Refusal{503, "not_known", "the disk takes too long to say whether this is done", ""};
}

Changed<SilenceRow> AlertDesk::add_silence(const WantedSilence& wanted) {
  return do_soon<SilenceRow>([this, wanted] { return silences_.add(wanted); });
}

Changed<EndedSilence> AlertDesk::end_silence(const std::string& id) {
  return do_soon<EndedSilence>([this, id] { return silences_.end(id); });
}

Changed<IncidentRow> AlertDesk::acknowledge(AcknowledgementRow row) {
  return do_soon<IncidentRow>([this, row = std::move(row)] { return acknowledge_now(row); });
}

Changed<IncidentRow> AlertDesk::acknowledge_now(const AcknowledgementRow& wanted) {
  std::optional<IncidentRow> open;
  for (const auto& [name, cluster] : clusters_) {
    cluster.book.each_open([&](const Incident& incident) {
      if (incident.id == wanted.incident) open = row_of(incident);
    });
  }
  if (!open) {
    if (store_.incident(wanted.incident)) {
      return Refusal{409, "incident_ended", "incident \"" + wanted.incident + "\" is over", "id"};
    }
    return Refusal{404, "incident_not_found", "no incident \"" + wanted.incident + "\" is known",
                   "id"};
  }
  AcknowledgementRow row = wanted;
  row.at = clock_.now();
  if (const auto error = store_.write(row); !error.ok()) {
    return Refusal{503, "not_written",
                   "it can't be written down, so it is not done: " + error.message, ""};
  }
  dispatcher_->acknowledge(row.incident);
  acknowledged_[row.incident] = row;
  open->acknowledged = std::move(row);
  return std::move(*open);
}

void AlertDesk::deliver(const std::stop_token& stop) {
  for (const auto& [name, sender] : senders_) {
    while (sender->work(stop)) {
    }
  }
  publish();
}

void AlertDesk::publish() {
  auto out = std::make_shared<AlertStatus>();
  out->path = settings_.path;
  out->failing = store_.failing();
  for (const auto& [name, cluster] : clusters_) {
    cluster.book.each_open([&out, &of = name](const Incident& incident) {
      ++out->open[{of, std::string{to_string(incident.key.kind)}}];
    });
  }
  for (std::size_t i = 0; i < fate_count; ++i) {
    out->fates[std::string{to_string(static_cast<Fate>(i))}] = dispatcher_->fates().at(i);
  }
  for (const auto& [name, sender] : senders_) out->receivers.push_back(sender->state());
  status_.publish(std::move(out));
}

void AlertDesk::start() {
  for (const auto& [name, sender] : senders_) sender->start();
  thread_ = std::make_unique<Worker>("notify", [this](const std::stop_token& stop) {
    do {
      work();
      errands_.wait(look_every);
    } while (!stop.stop_requested());
  });
}

void AlertDesk::request_stop() {
  if (thread_) thread_->request_stop();
  errands_.close();
  for (const auto& [name, sender] : senders_) sender->request_stop();
}

}  // namespace tidemark
