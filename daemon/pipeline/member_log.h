// Which members of a group came and went while we watched: when, what they were called, what they
// owned. A plain value owned by the pipeline thread; instants are on the brokers' clock. Bounded:
// the last 32 that left and the last 32 arrivals and departures by name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "evaluator/report.h"

namespace tidemark {

// What people call a member: its instance id, else its client id, else its member id.
const std::string& name_of(const MemberReport& member);
// What stays the same when it comes back: a static member gets a new member id each time.
const std::string& identity_of(const MemberReport& member);
// Without the slash that brokers put before it.
std::string host_of(const MemberReport& member);

// A member that left, when it was first seen gone.
struct Departure {
  std::string identity;
  std::string member_id;
  std::string name;
  std::string host;
  Instant at;
  std::map<std::string, std::vector<std::int32_t>> owned;  // at the end
};

class MemberLog {
 public:
  // The members as they were when last looked at, and as they are now. A member that is away counts
  // as gone. The first call after watch() tells only who is there.
  void changed(const std::vector<MemberReport>& before, const std::vector<MemberReport>& now,
               Instant at);
  // From now on changes are seen as they happen; `from_nothing`: the group is new, so its first
  // members have just joined. Until then nothing is remembered.
  void watch(bool from_nothing);
  [[nodiscard]] bool watching() const { return watching_; }
  // Watches, and knows who was there when last looked at.
  [[nodiscard]] bool knows_who() const { return watching_ && knows_before_; }

  [[nodiscard]] const std::vector<Departure>& departures() const { return departures_; }
  // Since when it has had no members; null: it has some, or it had none when the watch began.
  [[nodiscard]] std::optional<Instant> empty_since() const { return empty_since_; }
  // How often one of this name joined, or left, since then.
  [[nodiscard]] int joined(const std::string& name, Instant since) const;
  [[nodiscard]] int left(const std::string& name, Instant since) const;

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.watching_, self.knows_before_, self.empty_since_, self.departures_, self.changes_);
  }

 private:
  struct Change {
    std::string name;
    Instant at;
    bool joined = false;

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.name, self.at, self.joined);
    }
  };

  void note(const MemberReport& member, Instant at, bool joined);
  [[nodiscard]] int count(const std::string& name, Instant since, bool joined) const;

  bool watching_ = false;
  bool knows_before_ = false;
  std::optional<Instant> empty_since_;
  std::vector<Departure> departures_;  // the latest last
  std::vector<Change> changes_;        // likewise
};

}  // namespace tidemark
