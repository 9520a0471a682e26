// What the API may change, and what comes of it. Implemented by daemon/. Any thread may call; each
// call ends within some seconds, and then either all of it is done and on the disk, or nothing, and
// the refusal says why. `author` is who asked for it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "api/replies.h"
#include "core/time.h"
#include "storage/alert_rows.h"

namespace tidemark {

template <class T>
using Changed = std::variant<T, Refusal>;

// A silence as it is asked for.
struct WantedSilence {
  SilenceRow row;                // its matchers, author and comment; `end` unless `span` is given
  std::optional<Instant> begin;  // null: now
  std::optional<Duration> span;  // from the beginning on
};

class Changes {
 public:
  Changes() = default;
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;
  virtual ~Changes() = default;

  // Tells of incidents (of a group without any: `kind` and what follows from it empty) whether a
  // silence of these matchers would be about them. Any thread may ask it, as long as this lives.
  using Covers = std::function<bool(const IncidentRow&)>;
  [[nodiscard]] virtual Covers covering(const SilenceRow& matchers) const = 0;
  virtual Changed<SilenceRow> add_silence(const WantedSilence& wanted) = 0;
  // Ends it now. One that is over already stays as it is.
  virtual Changed<SilenceRow> end_silence(const std::string& id, const std::string& author) = 0;
  virtual Changed<IncidentRow> acknowledge(const AcknowledgementRow& row) = 0;
  // Null: done.
  virtual std::optional<Refusal> forget_group(const std::string& cluster, const std::string& group,
                                              const std::string& author) = 0;
  virtual std::optional<Refusal> reload(const std::string& author) = 0;
};

}  // namespace tidemark
