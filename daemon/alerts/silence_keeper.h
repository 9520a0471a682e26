// The silences that are not over: kept in alerts.db first, and then in force. One thread: the one
// that owns the dispatcher. Their instants are those that the machine's clock shows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/changes.h"
#include "core/clock.h"
#include "notifiers/alert_store.h"
#include "notifiers/silence.h"

namespace tidemark {

struct EndedSilence {
  SilenceRow row;
  bool now = true;  // false: it was over already
};

class SilenceKeeper {
 public:
  static constexpr std::size_t most = 1000;  // at a time

  // Both outlive it.
  SilenceKeeper(AlertStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  void restore(const std::vector<SilenceRow>& rows);

  Changed<SilenceRow> add(const WantedSilence& wanted);
  // Ends it now; one that is over already stays as it is.
  Changed<EndedSilence> end(const std::string& id);

  // Those that ended by themselves since the last call, or while nobody was here; of very many some
  // at a call. Each is to be told of, and then told() about.
  std::vector<SilenceRow> take_ended();
  void told(SilenceRow ended);
  // For the dispatcher, counted as it counts time; null: the same as at the last call.
  std::optional<std::vector<Silence>> take_changed();

 private:
  [[nodiscard]] Instant shown_now() const { return clock_.now() + clock_.step(); }

  AlertStore& store_;
  const Clock& clock_;
  std::map<std::string, SilenceRow> rows_;
  Duration step_{0};  // of the clock, at the last call
  bool changed_ = false;
};

}  // namespace tidemark
