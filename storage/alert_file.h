// alerts.db: incidents, what was told of them, and the outbox: what is to be sent and is not known
// to have arrived. A write is on the disk when it returns.
//
// A connection: one thread at a time. Several may have the file open.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "storage/alert_rows.h"
#include "storage/database.h"
#include "storage/silence_rows.h"

namespace tidemark {

struct IncidentQuery {
  std::optional<std::string> cluster;
  std::optional<std::string> group;
  std::optional<std::string> kind;
  std::optional<std::string> message;  // those that this message speaks of
  std::optional<bool> open;
  std::optional<std::pair<Instant, std::string>> before;  // opened and id of the last one seen
  std::size_t limit = 100;
};

class AlertFile {
 public:
  static constexpr int deliveries_kept = 1000;  // of each receiver

  AlertFile();
  ~AlertFile();
  AlertFile(const AlertFile&) = delete;
  AlertFile& operator=(const AlertFile&) = delete;

  // Once, first of all. `now` becomes the instant of the installation if the file has none.
  DatabaseError open(const std::string& path, Instant now);
  DatabaseError open_to_read(const std::string& path);

  [[nodiscard]] Instant installed();

  DatabaseError write(AlertBatch& batch);
  // The attempt is in the log, and the row is gone, or waits until `again`.
  DatabaseError record(std::int64_t outbox, const DeliveryRow& delivery,
                       std::optional<Instant> again);
  // Replaces the one of the same id.
  DatabaseError write(const SilenceRow& silence);
  DatabaseError write(const AcknowledgementRow& acknowledgement);
  // Incidents and silences leave that ended before `before`, some at a call. True: there may be
  // more.
  bool remove_old(Instant before);

  [[nodiscard]] std::vector<IncidentRow> open_incidents();
  [[nodiscard]] std::optional<IncidentRow> incident(const std::string& id);
  [[nodiscard]] std::optional<SilenceRow> silence(const std::string& id);
  [[nodiscard]] std::vector<BundleRow> bundles();
  [[nodiscard]] std::vector<OutboxRow> outbox();  // the oldest first
  // The newest first.
  [[nodiscard]] std::vector<IncidentRow> find(const IncidentQuery& query);
  [[nodiscard]] std::uint64_t count(const IncidentQuery& query);  // whatever `before` and `limit`
  // The newest first.
  [[nodiscard]] std::vector<SilenceRow> silences(const SilenceQuery& query);
  [[nodiscard]] std::uint64_t count(const SilenceQuery& query);  // whatever `before` and `limit`
  // `before`: the id of the last one seen.
  [[nodiscard]] std::vector<DeliveryRow> deliveries(const std::string& receiver, int limit,
                                                    std::optional<std::int64_t> before = {});
  [[nodiscard]] std::vector<OverflowRow> untold_overflow();

  // The first failure since the last look.
  DatabaseError take_error();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark
