#include "daemon/pipeline/member_log.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace tidemark {
namespace {

constexpr std::size_t most_remembered = 32;
constexpr Duration departures_remembered = std::chrono::hours{24};
constexpr Duration changes_remembered = std::chrono::hours{1};

std::set<std::string_view> present(const std::vector<MemberReport>& members) {
  std::set<std::string_view> out;
  for (const MemberReport& member : members) {
    if (!member.away) out.insert(identity_of(member));
  }
  return out;
}

template <class Entries>
void keep_newest(Entries& entries) {
  if (entries.size() > most_remembered) {
    entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(most_remembered));
  }
}

template <class Entries>
void forget_before(Entries& entries, Instant limit) {
  entries.erase(entries.begin(), std::find_if(entries.begin(), entries.end(),
                                              [&](const auto& each) { return each.at >= limit; }));
}

}  // namespace

const std::string& name_of(const MemberReport& member) {
  if (!member.instance_id.empty()) return member.instance_id;
  return member.client_id.empty() ? member.member_id : member.client_id;
}

const std::string& identity_of(const MemberReport& member) {
  return member.instance_id.empty() ? member.member_id : member.instance_id;
}

std::string host_of(const MemberReport& member) {
  const std::string& host = member.client_host;
  return host.rfind('/', 0) == 0 ? host.substr(1) : host;
}

void MemberLog::watch(bool from_nothing) {
  watching_ = true;
  knows_before_ = from_nothing;
}

void MemberLog::changed(const std::vector<MemberReport>& before,
                        const std::vector<MemberReport>& now, Instant at) {
  if (!watching_) return;
  const auto there = present(now);
  if (knows_before_) {
    const auto was = present(before);
    for (const MemberReport& member : before) {
      if (!member.away && !there.contains(identity_of(member))) note(member, at, false);
    }
    for (const MemberReport& member : now) {
      if (!member.away && !was.contains(identity_of(member))) note(member, at, true);
    }
    if (there.empty() && !was.empty()) empty_since_ = at;
  }
  if (!there.empty()) empty_since_.reset();
  knows_before_ = true;
}

void MemberLog::note(const MemberReport& member, Instant at, bool joined) {
  forget_before(changes_, at - changes_remembered);
  changes_.push_back({name_of(member), at, joined});
  keep_newest(changes_);
  const auto same = [&](const Departure& each) { return each.identity == identity_of(member); };
  std::erase_if(departures_, same);
  if (joined) return;
  forget_before(departures_, at - departures_remembered);
  departures_.push_back({identity_of(member), member.member_id, name_of(member), host_of(member),
                         at, member.assigned});
  keep_newest(departures_);
}

int MemberLog::joined(const std::string& name, Instant since) const {
  return count(name, since, true);
}

int MemberLog::left(const std::string& name, Instant since) const {
  return count(name, since, false);
}

int MemberLog::count(const std::string& name, Instant since, bool joined) const {
  return static_cast<int>(std::count_if(changes_.begin(), changes_.end(), [&](const Change& each) {
    return each.joined == joined && each.at >= since && each.name == name;
  }));
}

}  // namespace tidemark
