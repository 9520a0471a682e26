#include "notifiers/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

// When what is held is looked at again.
constexpr Duration look_again = std::chrono::seconds{15};

// Told in a list later, over or not.
bool waits_even_if_over(const std::optional<Fate>& held) {
  return held == Fate::held_by_hours || held == Fate::digested;
}

std::string hash_of_key(const std::string& text) {
  const IncidentKey key{ClusterName{text}, GroupName{}, IncidentKind::status};
  return incident_id(key, Instant{}).substr(0, 16);
}

}  // namespace

bool is_before(const ToldIncident& a, const ToldIncident& b) {
  const auto rank = [](const ToldIncident& told) {
    return std::tuple(told.incident.until.has_value(), -static_cast<int>(told.incident.now.status));
  };
  return rank(a) != rank(b) ? rank(a) < rank(b) : a.incident.key < b.incident.key;
}

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::told:
      return "told";
    case Fate::digested:
      return "digested";
    case Fate::silenced:
      return "silenced";
    case Fate::held_by_cause:
      return "held_by_cause";
    case Fate::held_by_hours:
      return "held_by_hours";
    case Fate::brief:
      return "brief";
    case Fate::unrouted:
      break;
  }
  return "unrouted";
}

void Bundle::take(const Incident& incident, bool digest, const AlertRoute& route, Instant now) {
  Member& member = state_.members[incident.id];
  member.incident = incident;
  if (member.listed && !member.over()) {  // now it is more than a line in a list
    member.listed = false;
    member.told.reset();
  }
  if (!member.over()) member.digest = digest && !member.told;
  ++member.unsettled;
  const Instant wait = state_.messages == 0 ? now + route.group_wait
                                            : std::max(now, state_.told_at + route.group_interval);
  if (!state_.due || *state_.due > wait) state_.due = wait;
}

void Bundle::take_up(Instant digest_at) {
  const bool any = std::any_of(state_.members.begin(), state_.members.end(),
                               [](const auto& each) { return each.second.digest; });
  if (any && state_.due) state_.due = std::min(*state_.due, digest_at);
}

bool Bundle::advance(const Circumstances& in, std::vector<Telling>& out) {
  if (state_.due && *state_.due <= in.now) {
    return flush(in, out);
  }
  if (in.route.is_quiet(in.now)) return keep_alive(in, out);
  return escalate(in, out) || repeat(in, out) || keep_alive(in, out);
}

// True: something has changed but when to look again.
bool Bundle::flush(const Circumstances& in, std::vector<Telling>& out) {
  const bool quiet = in.route.is_quiet(in.now);
  const std::size_t told_before = out.size();
  Members news;
  Members ends;
  Members digest;
  bool changed = false;
  std::optional<Instant> again;
  for (auto& [id, member] : state_.members) {
    if (!member.has_news() || (member.listed && member.over())) continue;
    std::optional<Fate> hold;
    if (!member.told || !member.over()) hold = in.holds(member);
    const bool summed_up = member.held == Fate::held_by_hours;
    if (hold || quiet) {
      hold = hold.value_or(Fate::held_by_hours);
      changed = changed || member.held != hold;
      member.held = hold;
      if (member.over() && !waits_even_if_over(hold)) continue;
      const Instant look = hold == Fate::digested ? in.digest_at : in.now + look_again;
      again = std::min(again.value_or(look), look);
    } else if (member.digest) {
      digest.push_back(&member);
    } else if (!member.over()) {
      news.push_back(&member);
    } else if (member.told || summed_up) {
      ends.push_back(&member);
    }
  }
  state_.due = again;
  if (!digest.empty()) {
    tell(MessageKind::digest, digest, receivers(in.route), in, out);
    settle(digest, Fate::digested, in);
  }
  tell_news(news, ends, in, out);
  return drop_settled(in) || changed || out.size() > told_before;
}

void Bundle::tell_news(Members& news, const Members& ends, const Circumstances& in,
                       std::vector<Telling>& out) {
  if (!news.empty()) {
    const bool worse = std::all_of(news.begin(), news.end(), [](Member* m) { return m->told; });
    news.insert(news.end(), ends.begin(), ends.end());
    tell(worse ? MessageKind::worsened : MessageKind::opened, news, receivers(in.route), in, out);
    settle(news, Fate::told, in);
  } else if (!ends.empty()) {
    // What goes on is in it as well, so that nobody takes the whole for ended.
    const Members open = open_ones(in, true);
    Members all = ends;
    all.insert(all.end(), open.begin(), open.end());
    tell(open.empty() ? MessageKind::resolved : MessageKind::still, all, receivers(in.route), in,
         out);
    settle(ends, Fate::told, in);
  }
}

// Those that are over leave: told, or with the reason for which they never were.
bool Bundle::drop_settled(const Circumstances& in) {
  const std::size_t before = state_.members.size();
  for (auto at = state_.members.begin(); at != state_.members.end();) {
    Member& member = at->second;
    const bool waits = member.unsettled > 0 &&
                       (member.held == Fate::held_by_hours || member.held == Fate::digested);
    if (!member.over() || waits) {
      ++at;
      continue;
    }
    const Fate untold = member.listed ? Fate::digested : Fate::brief;
    if (member.unsettled > 0) in.settle(member.held.value_or(untold), member.unsettled);
    at = state_.members.erase(at);
  }
  return state_.members.size() < before;
}

Bundle::Members Bundle::open_ones(const Circumstances& in, bool acknowledged_too) {
  Members out;
  for (auto& [id, member] : state_.members) {
    const bool counts = member.told && !member.over() && !member.digest && !member.listed;
    if (counts && (acknowledged_too || !in.acknowledged(member.incident))) out.push_back(&member);
  }
  return out;
}

bool Bundle::repeat(const Circumstances& in, std::vector<Telling>& out) {
  if (state_.messages == 0 || in.now - state_.told_at < in.route.repeat_interval) return false;
  Members open = open_ones(in, false);
  std::erase_if(open, [&](const Member* member) { return in.holds(*member).has_value(); });
  if (open.empty()) return false;
  tell(MessageKind::still, open, receivers(in.route), in, out);
  return true;
}

bool Bundle::escalate(const Circumstances& in, std::vector<Telling>& out) {
  if (state_.escalated >= in.route.escalate.size() || state_.messages == 0) return false;
  const Escalation& step = in.route.escalate[state_.escalated];
  Members open = open_ones(in, false);
  std::erase_if(open, [&](const Member* member) {
    return in.now - member->incident.opened < step.after || in.holds(*member).has_value();
  });
  if (open.empty()) return false;
  ++state_.escalated;
  tell(MessageKind::still, open, step.receivers, in, out);
  return true;
}

bool Bundle::keep_alive(const Circumstances& in, std::vector<Telling>& out) {
  bool changed = false;
  for (auto& [receiver, told] : state_.alive) {
    const auto every = in.keep_alive(receiver);
    if (!every || in.now - told < *every) continue;
    const Members open = open_ones(in, true);
    if (open.empty()) continue;
    tell(MessageKind::still, open, {receiver}, in, out);
    changed = true;
  }
  return changed;
}

void Bundle::tell(MessageKind kind, const Members& whom, const std::vector<std::string>& receivers,
                  const Circumstances& in, std::vector<Telling>& out) {
  Telling telling;
  telling.kind = kind;
  telling.at = in.now;
  telling.route = in.route.name;
  for (const Member* member : whom) telling.incidents.push_back({member->incident, member->told});
  std::sort(telling.incidents.begin(), telling.incidents.end(), is_before);
  const std::string name = hash_of_key(state_.route + '\n' + state_.key);
  telling.dedup_key = fmt::format("{}-{:x}", name, to_ms(state_.begun));
  ++state_.messages;
  telling.idempotency_key = fmt::format("{}-{}", telling.dedup_key, state_.messages);
  for (const std::string& receiver : receivers) {
    telling.receiver = receiver;
    state_.alive[receiver] = in.now;
    out.push_back(telling);
  }
  if (!(receivers.size() == 1 && in.keep_alive(receivers[0]) && kind == MessageKind::still)) {
    state_.told_at = in.now;
  }
}

void Bundle::settle(const Members& members, Fate fate, const Circumstances& in) {
  for (Member* member : members) {
    const bool by_hours = member->held == Fate::held_by_hours && member->over() && !member->told;
    if (member->unsettled > 0) in.settle(by_hours ? Fate::held_by_hours : fate, member->unsettled);
    member->unsettled = 0;
    member->told = member->incident.worst;
    member->told_at = in.now;
    member->held.reset();
    member->listed = member->digest;
    member->digest = false;
  }
}

std::vector<std::string> Bundle::receivers(const AlertRoute& route) const {
  std::vector<std::string> out = route.receivers;
  for (std::size_t i = 0; i < std::min<std::size_t>(state_.escalated, route.escalate.size()); ++i) {
    for (const std::string& each : route.escalate[i].receivers) {
      if (std::find(out.begin(), out.end(), each) == out.end()) out.push_back(each);
    }
  }
  return out;
}

}  // namespace tidemark
