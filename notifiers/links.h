// Addresses of the page (docs/page.md), for messages. `page` is where the daemon is reached:
// "http://tidemark:8000", with or without a slash at its end.
#pragma once

#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark {

// "…/ui/#/PROD/groups/payments?at=1700000000000&range=1h"
std::string link_to_group(const std::string& page, const ClusterName& cluster,
                          const GroupName& group, Instant at);
std::string link_to_cluster(const std::string& page, const ClusterName& cluster);
// All incidents that a message speaks of, by its idempotency key.
std::string link_to_message(const std::string& page, const std::string& message);

}  // namespace tidemark
