#include "notifiers/first_day.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "notifiers/hashing.h"

namespace tidemark {
namespace {

bool is_digest(const Telling& telling) { return telling.kind == MessageKind::digest; }

// A thread by itself: it belongs to none of the bundles that it is made of.
void name(Telling& telling) {
  telling.dedup_key = fmt::format("first-day-{}-{:x}", sha256_hex(telling.receiver).substr(0, 12),
                                  to_ms(telling.at));
  telling.idempotency_key = telling.dedup_key + "-1";
}

void add(Telling& to, const Telling& more) {
  std::set<std::string> there;
  for (const ToldIncident& each : to.incidents) there.insert(each.incident.id);
  for (const ToldIncident& each : more.incidents) {
    if (there.insert(each.incident.id).second) to.incidents.push_back(each);
  }
}

}  // namespace

void merge_digests(std::vector<Telling>& tellings) {
  const auto lists = std::stable_partition(tellings.begin(), tellings.end(),
                                           [](const Telling& each) { return !is_digest(each); });
  std::map<std::string, Telling> by_receiver;
  for (auto each = lists; each != tellings.end(); ++each) {
    const auto [at, first] = by_receiver.try_emplace(each->receiver, *each);
    if (!first) add(at->second, *each);
  }
  tellings.erase(lists, tellings.end());
  for (auto& [receiver, digest] : by_receiver) {
    name(digest);
    std::sort(digest.incidents.begin(), digest.incidents.end(), is_before);
    tellings.push_back(std::move(digest));
  }
}

}  // namespace tidemark
