#include "notifiers/links.h"

#include "core/percent.h"

namespace tidemark {
namespace {

std::string screen(std::string page, const std::string& path) {
  while (!page.empty() && page.back() == '/') page.pop_back();
  return page + "/ui/#/" + path;
}

}  // namespace

std::string link_to_group(const std::string& page, const ClusterName& cluster,
                          const GroupName& group, Instant at) {
  return screen(page, percent_encode(cluster.get()) + "/groups/" + percent_encode(group.get()) +
                          "?at=" + std::to_string(to_ms(at)) + "&range=1h");
}

std::string link_to_cluster(const std::string& page, const ClusterName& cluster) {
  return screen(page, percent_encode(cluster.get()) + "/monitor");
}

std::string link_to_message(const std::string& page, const std::string& message) {
  return screen(page, "incidents?message=" + percent_encode(message));
}

}  // namespace tidemark
