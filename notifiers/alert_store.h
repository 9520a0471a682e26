// What outlives the process: incidents, what was told of them, the outbox, and how deliveries went.
// Behind one lock: the notify thread and the senders write here. When the file can't be used,
// alerts go on from memory, and failing() says why.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/mutex.h"
#include "core/time.h"
#include "notifiers/bundle.h"
#include "notifiers/incident.h"
#include "storage/alert_file.h"

namespace tidemark {

IncidentRow row_of(const Incident& incident);
// Null: it is of a version that knows other words.
std::optional<Incident> incident_of(const IncidentRow& row);

class AlertStore {
 public:
  explicit AlertStore(std::string path) : path_(std::move(path)) {}

  // What was there when the daemon ended.
  struct Restored {
    Instant installed;  // when the file was made
    std::vector<Incident> open;
    std::vector<Bundle::State> bundles;
    std::vector<OutboxRow> outbox;
    std::vector<AcknowledgementRow> acknowledged;  // of those that are open
    std::vector<SilenceRow> silences;   // not over at `shown_now`, or their end is not told yet
    std::vector<OverflowRow> overflow;  // that receivers were not told of
  };
  // Once, first of all. A damaged file is set aside and a new one begun.
  Restored open(Instant now, Instant shown_now);

  // Fills in the ids of the rows to be sent, in any case.
  void write(AlertBatch& batch);
  void record(std::int64_t outbox, const DeliveryRow& delivery, std::optional<Instant> again);
  void remove_old(Instant before);

  // What somebody asked for: on the disk when it returns, or nowhere at all.
  DatabaseError write(const SilenceRow& silence);
  DatabaseError write(const AcknowledgementRow& acknowledgement);
  // Of the file; null: there is none of this id.
  [[nodiscard]] std::optional<SilenceRow> silence(const std::string& id);
  [[nodiscard]] std::optional<IncidentRow> incident(const std::string& id);

  // Empty: all is on the disk.
  [[nodiscard]] std::string failing() const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  DatabaseError open_file(Instant now) TM_REQUIRES(mutex_);
  void take(const DatabaseError& error, std::string_view what) TM_REQUIRES(mutex_);

  const std::string path_;
  mutable Mutex mutex_;
  std::unique_ptr<AlertFile> file_ TM_GUARDED_BY(mutex_);  // null: it can't be used
  AlertBatch unwritten_ TM_GUARDED_BY(mutex_);             // tried again with the next
  DatabaseError failing_ TM_GUARDED_BY(mutex_);
  std::int64_t next_unstored_ TM_GUARDED_BY(mutex_) = -1;  // ids of rows that are in memory alone
};

}  // namespace tidemark
