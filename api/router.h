// Which handler answers which path, and what is said when none does. The table is the one truth
// about routes: the server dispatches by it and docs/rest-api.md is checked against it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/access.h"
#include "api/changes.h"
#include "api/http_message.h"
#include "api/target.h"
#include "api/view.h"

namespace tidemark {

struct ListenerStats;
struct ServerSettings;
class RequestMetrics;

// What handlers may use. Everything outlives the call.
struct Site {
  View& view;
  const ServerSettings& settings;
  const RequestMetrics& requests;
  std::function<ListenerStats()> connections;
  std::string host;            // of this machine, for Burrow's replies
  Changes* changes = nullptr;  // null: nothing can be changed
  AccessSettings access = {};
};

// One request that has found its route.
struct Call {
  const Site& site;
  const HttpRequest& request;
  const Target& target;
  std::vector<std::string> names;  // what stood for the {…} of the pattern, decoded
  std::string token = {};          // the name of the one that allows a change; empty: none needed
};

using Handler = HttpReply (*)(const Call&);

// Whose manners a path follows when it is refused: ours (JSON errors) or Burrow's.
enum class Area { native, burrow };

// What changes something by a path. Its handler is called for those alone who have the right.
struct ChangeBy {
  std::string_view method;
  Right right;
  Handler handler;
};

struct Route {
  std::string_view pattern;  // "/api/v1/clusters/{c}"; a {…} takes one segment, an empty one too
  Area area;
  Handler handler;  // of GET, and of HEAD; null: there is nothing to read
  std::vector<ChangeBy> changes = {};
};

const std::vector<Route>& routes();

// Never throws.
HttpReply dispatch(const Site& site, const HttpRequest& request);

}  // namespace tidemark
