#include "notifiers/alert_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/log.h"
#include "notifiers/bundle_json.h"

namespace tidemark {
namespace {

constexpr std::size_t most_unwritten = 200'000;   // rows
constexpr std::size_t most_silences = 1'000'000;  // all of them: they fit into memory

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

}  // namespace

IncidentRow row_of(const Incident& incident) {
  IncidentRow out;
  out.id = incident.id;
  out.cluster = incident.key.cluster.get();
  out.group = incident.key.group.get();
  out.kind = to_string(incident.key.kind);
  out.status = to_string(incident.now.status);
  out.worst = to_string(incident.worst);
  out.since = incident.now.since;
  out.opened = incident.opened;
  out.until = incident.until;
  out.end = to_string(incident.end);
  out.flaps = incident.flaps;
  out.learning = incident.now.learning;
  out.reason = incident.now.reason;
  out.topic = incident.now.topic.get();
  out.partition = incident.now.partition.get();
  return out;
}

std::optional<Incident> incident_of(const IncidentRow& row) {
  const auto kind = incident_kind_from(row.kind);
  const auto status = group_status_from(row.status);
  const auto worst = group_status_from(row.worst);
  const auto end = incident_end_from(row.end);
  if (!kind || !status || !worst || !end) return std::nullopt;
  Incident out;
  out.id = row.id;
  out.key = {ClusterName{row.cluster}, GroupName{row.group}, *kind};
  out.now = {*kind,
             *status,
             row.learning,
             row.since,
             row.reason,
             TopicName{row.topic},
             PartitionId{row.partition}};
  out.worst = *worst;
  out.opened = row.opened;
  out.until = row.until;
  out.end = *end;
  out.flaps = row.flaps;
  return out;
}

void AlertStore::take(const DatabaseError& error, std::string_view what) {
  if (error.ok()) {
    if (!failing_.ok()) log::info("alerts are written to {} again", path_);
    failing_ = {};
    return;
  }
  if (!error.known_from(failing_)) {
    log::error("{} is not on the disk, alerts go on from memory: {}", what, error.message);
  }
  failing_ = error;
}

DatabaseError AlertStore::open_file(Instant now) {
  file_ = std::make_unique<AlertFile>();
  DatabaseError error = file_->open(path_, now);
  if (error.fault == DatabaseFault::damaged) {
    const auto aside = set_aside(path_, to_ms(now));
    if (!aside) return {DatabaseFault::other, aside.error().message};
    log::error("{}; it is kept as {}, and a new one begun", error.message, aside.value());
    file_ = std::make_unique<AlertFile>();
    error = file_->open(path_, now);
  }
  if (!error.ok()) file_.reset();
  return error;
}

AlertStore::Restored AlertStore::open(Instant now, Instant shown_now) {
  const MutexLock lock(mutex_);
  Restored out;
  out.installed = now;
  take(open_file(now), "what is open");
  if (!file_) return out;
  out.installed = file_->installed();
  for (const IncidentRow& row : file_->open_incidents()) {
    if (auto incident = incident_of(row)) out.open.push_back(std::move(*incident));
    if (row.acknowledged) out.acknowledged.push_back(*row.acknowledged);
  }
  const auto find = [&file = *file_](const std::string& id) -> std::optional<Incident> {
    const auto row = file.incident(id);
    return row ? incident_of(*row) : std::nullopt;
  };
  for (const BundleRow& row : file_->bundles()) {
    auto state = bundle_from_json(row.route, row.key, row.state, find);
    if (state) {
      out.bundles.push_back(std::move(state.value()));
    } else {
      log::error("{}: {}", path_, state.error().message);
    }
  }
  out.outbox = file_->outbox();
  out.silences =
      file_->silences({SilenceQuery::State::unsettled, shown_now, std::nullopt, most_silences});
  out.overflow = file_->untold_overflow();
  take(file_->take_error(), "what is open");
  return out;
}

void AlertStore::write(AlertBatch& batch) {
  const MutexLock lock(mutex_);
  AlertBatch all = std::move(unwritten_);
  unwritten_ = {};
  append(all.incidents, batch.incidents);
  append(all.bundles, batch.bundles);
  append(all.notices, batch.notices);
  append(all.outbox, batch.outbox);
  if (all.empty()) return;
  const DatabaseError error = file_ ? file_->write(all) : failing_;
  take(error, "an alert");
  batch.outbox = std::move(all.outbox);
  if (error.ok()) return;
  for (OutboxRow& row : batch.outbox) row.id = next_unstored_--;
  if (all.incidents.size() + all.notices.size() + all.bundles.size() > most_unwritten) {
    log::error("{}: too much waits to be written; {} changes of incidents are given up", path_,
               all.incidents.size());
    return;
  }
  all.outbox.clear();
  unwritten_ = std::move(all);
}

void AlertStore::record(std::int64_t outbox, const DeliveryRow& delivery,
                        std::optional<Instant> again) {
  const MutexLock lock(mutex_);
  if (file_) take(file_->record(outbox, delivery, again), "how a delivery went");
}

DatabaseError AlertStore::write(const SilenceRow& silence) {
  const MutexLock lock(mutex_);
  return file_ ? file_->write(silence) : failing_;
}

DatabaseError AlertStore::write(const AcknowledgementRow& acknowledgement) {
  const MutexLock lock(mutex_);
  return file_ ? file_->write(acknowledgement) : failing_;
}

std::optional<SilenceRow> AlertStore::silence(const std::string& id) {
  const MutexLock lock(mutex_);
  auto out = file_ ? file_->silence(id) : std::nullopt;
  if (file_) take(file_->take_error(), "a silence");
  return out;
}

std::optional<IncidentRow> AlertStore::incident(const std::string& id) {
  const MutexLock lock(mutex_);
  auto out = file_ ? file_->incident(id) : std::nullopt;
  if (file_) take(file_->take_error(), "an incident");
  return out;
}

void AlertStore::remove_old(Instant before) {
  const MutexLock lock(mutex_);
  if (!file_) return;
  file_->remove_old(before);
  take(file_->take_error(), "upkeep");
}

std::string AlertStore::failing() const {
  const MutexLock lock(mutex_);
  return failing_.message;
}

}  // namespace tidemark
