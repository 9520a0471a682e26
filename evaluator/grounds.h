// Why a partition was judged as it was: the numbers of the sentence that goes with its verdict, as
// of that moment. They are put into words when somebody reads them: of a million partitions few
// are read. A value; words are English.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/ids.h"
#include "core/maybe.h"
#include "core/time.h"

namespace tidemark {
namespace grounds {

// What is as yet unclear while a transaction, a probe or the start goes on.
struct HeldBack {
  enum class By : std::uint8_t { transaction, probe, start };
  By by = By::start;
  Duration length{0};    // of the transaction
  std::int64_t lag = 0;  // that is probed
};
struct OldView {
  enum class Of : std::uint8_t { never_seen, log_end, offsets };
  Of of = Of::never_seen;
  Duration age{0};
  Duration limit{0};
};
struct BeyondLogEnd {
  Offset committed;
  Maybe<Offset> log_end;  // null: it is not below any more
};
struct Lost {
  std::int64_t records = 0;
};
struct TopicLeft {
  std::int64_t lag = 0;
};
struct Blocked {
  std::int64_t lag = 0;
  Maybe<Duration> waiting;
  Maybe<Offset> lso;
  Maybe<Duration> lso_stands;
};
struct Silence {  // stopped, and abandoned
  std::int64_t lag = 0;
  Duration since_commit{0};
  Maybe<Duration> waiting;  // null: for as long
  Duration patience{0};
  bool abandoned = false;
};
struct WentBack {
  std::int64_t lag = 0;
  Maybe<Duration> ago;  // null: not known any more, nor the two offsets
  Offset from;
  Offset to;
};
struct Repeats {  // stalled
  std::int64_t lag = 0;
  Offset offset;
  Duration length{0};
  Duration patience{0};
};
struct LateRun {
  std::int64_t lag = 0;
  Duration newest{0};
  Duration worst{0};
  Duration usual{0};
  bool catching_up = false;
};

}  // namespace grounds

class Grounds {
 public:
  using Facts =
      std::variant<std::string, grounds::HeldBack, grounds::OldView, grounds::BeyondLogEnd,
                   grounds::Lost, grounds::TopicLeft, grounds::Blocked, grounds::Silence,
                   grounds::WentBack, grounds::Repeats, grounds::LateRun>;

  // `unprobed`: what waits could not be looked at.
  explicit Grounds(Facts facts, bool unprobed = false)
      : facts_(std::move(facts)), unprobed_(unprobed) {}

  [[nodiscard]] std::string text() const;

 private:
  Facts facts_;
  bool unprobed_ = false;
};

// What there is to say of what Tidemark has not read to its end yet.
inline constexpr std::string_view start_up_goes_on =
    "Tidemark is still reading what happened before its start";

}  // namespace tidemark
