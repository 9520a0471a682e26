// Incidents that are told together: those that one route takes and that have in common what it
// groups by. Knows what of them was told, and says what is to be told next. Pure; owned by the
// dispatcher.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "notifiers/alert_route.h"
#include "notifiers/incident.h"
#include "notifiers/message.h"

namespace tidemark {

// What becomes of a change of an incident: exactly one of these.
enum class Fate : std::uint8_t {
  told,
  digested,       // told in the list of the first day
  silenced,       // somebody said that nobody is to be told
  held_by_cause,  // its cluster was out of sight, and that was told
  held_by_hours,  // came and went in quiet hours, and was summed up after them
  brief,          // over before it was told to anybody
  unrouted,       // no route takes it, or one without receivers
};
std::string_view to_string(Fate fate);
constexpr std::size_t fate_count = 7;

struct ToldIncident {
  Incident incident;
  std::optional<GroupStatus> before;  // what was told of it last; null: nothing
};

// The order within a message: the worst first, those that are over last.
bool is_before(const ToldIncident& a, const ToldIncident& b);

// One message before it has words.
struct Telling {
  std::string receiver;
  std::string route;
  MessageKind kind = MessageKind::opened;
  Instant at;
  std::vector<ToldIncident> incidents;  // the worst first, those that are over last
  std::string dedup_key;
  std::string idempotency_key;
};

// An incident in a bundle.
struct Member {
  Incident incident;
  std::optional<GroupStatus> told;  // null: not told yet
  Instant told_at;
  bool digest = false;          // is for the list of the first day,
  bool listed = false;          // and nothing else was told of it
  std::optional<Fate> held;     // why it was not told when it would have been due
  std::uint32_t unsettled = 0;  // changes that have no fate yet

  [[nodiscard]] bool over() const { return incident.until.has_value(); }
  [[nodiscard]] bool has_news() const { return over() || !told || incident.worst > *told; }
};

class Bundle {
 public:
  struct Circumstances {
    Instant now;
    const AlertRoute& route;
    Instant digest_at;  // when what is for the list of the first day is told
    std::function<std::optional<Fate>(const Member&)> holds;  // null: may be told
    std::function<bool(const Incident&)> acknowledged;
    std::function<std::optional<Duration>(const std::string&)> keep_alive;  // of a receiver
    std::function<void(Fate, std::uint32_t changes)> settle;
  };
  // What outlives the process.
  struct State {
    std::string route;
    std::string key;
    Instant begun;
    std::optional<Instant> due;  // null: there is no news
    Instant told_at;             // the last message about it
    std::uint32_t messages = 0;
    std::uint32_t escalated = 0;            // steps taken
    std::map<std::string, Instant> alive;   // receiver → told last
    std::map<std::string, Member> members;  // by id
  };

  explicit Bundle(State state) : state_(std::move(state)) {}

  // It goes on after a restart; the list of the first day is due at `digest_at`.
  void take_up(Instant digest_at);
  void take(const Incident& incident, bool digest, const AlertRoute& route, Instant now);
  // Appends what is due. True: something of the state has changed.
  bool advance(const Circumstances& in, std::vector<Telling>& out);

  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] bool has(const std::string& incident) const {
    return state_.members.count(incident) > 0;
  }
  [[nodiscard]] bool empty() const { return state_.members.empty(); }

 private:
  using Members = std::vector<Member*>;

  bool flush(const Circumstances& in, std::vector<Telling>& out);
  void tell_news(Members& news, const Members& ends, const Circumstances& in,
                 std::vector<Telling>& out);
  bool repeat(const Circumstances& in, std::vector<Telling>& out);
  bool escalate(const Circumstances& in, std::vector<Telling>& out);
  bool keep_alive(const Circumstances& in, std::vector<Telling>& out);
  bool drop_settled(const Circumstances& in);
  Members open_ones(const Circumstances& in, bool acknowledged_too);
  void tell(MessageKind kind, const Members& whom, const std::vector<std::string>& receivers,
            const Circumstances& in, std::vector<Telling>& out);
  void settle(const Members& members, Fate fate, const Circumstances& in);
  [[nodiscard]] std::vector<std::string> receivers(const AlertRoute& route) const;

  State state_;
};

}  // namespace tidemark
