#include "daemon/state_folder.h"

#include <unistd.h>

namespace tidemark {
namespace {

constexpr const char* of_the_system = "/var/lib/tidemark";
constexpr const char* parent_of_the_system = "/var/lib";

bool can_write_system_folder() {
  if (access(of_the_system, F_OK) == 0) return access(of_the_system, W_OK | X_OK) == 0;
  return access(parent_of_the_system, W_OK | X_OK) == 0;
}

}  // namespace

std::string state_folder(
    const std::string& given,
    const std::function<std::optional<std::string>(const std::string&)>& environment) {
  if (!given.empty()) return given;
  if (can_write_system_folder()) return of_the_system;
  const auto state = environment("XDG_STATE_HOME");
  if (state && !state->empty()) return *state + "/tidemark";
  return environment("HOME").value_or("") + "/.local/state/tidemark";
}

}  // namespace tidemark
