#include "daemon/pipeline/books.h"

#include <utility>

namespace tidemark {

Books::Books(ClusterStateSettings of, const PolicyTable& policies)
    : settings(std::move(of)),
      topics([this](std::string_view topic) -> const Policy& { return resolve("", topic); }),
      policies_(policies) {}

Group* Books::find_group(std::string_view name) {
  const auto found = groups.find(name);
  return found == groups.end() ? nullptr : &found->second;
}

const Policy& Books::resolve(std::string_view group, std::string_view topic) {
  const Policy& configured = policies_.find(settings.cluster, group, topic);
  const auto [found, added] = resolved_.try_emplace(&configured, configured);
  if (added) found->second.refresh = settings.refresh;
  return found->second;
}

}  // namespace tidemark
