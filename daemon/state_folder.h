// The folder that outlives a restart.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace tidemark {

// `given` if it is not empty; else /var/lib/tidemark if this user can write there, else
// $XDG_STATE_HOME/tidemark, else ~/.local/state/tidemark. It need not exist.
std::string state_folder(
    const std::string& given,
    const std::function<std::optional<std::string>(const std::string&)>& environment);

}  // namespace tidemark
