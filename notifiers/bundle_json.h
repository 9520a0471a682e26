// What was told of a bundle, as text to be stored and read back at the next start.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/result.h"
#include "notifiers/bundle.h"

namespace tidemark {

// Of its incidents only their ids are in it.
std::string to_json(const Bundle::State& state);

// `incident` finds one by its id; those that it does not find are left out.
Result<Bundle::State> bundle_from_json(
    const std::string& route, const std::string& key, const std::string& text,
    const std::function<std::optional<Incident>(const std::string& id)>& incident);

}  // namespace tidemark
