#include "daemon/reload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "api/listener.h"
#include "config/address.h"
#include "core/log.h"

namespace tidemark {
namespace {

constexpr const char* self = "/proc/self/exe";

// Why nobody could listen there; empty: somebody can. The port that this process has is not tried.
std::string problem_of_listening(const std::string& listen, const std::string& now) {
  const auto address = parse_address(listen, 0);
  if (!address) return address.error().message;
  const auto current = parse_address(now, 0);
  if (current && current.value().port == address.value().port) return "";
  std::string host = address.value().host;
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  const auto listener = Listener::open(host, address.value().port);
  return listener ? "" : listener.error().message;
}

std::vector<std::string> arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::vector<std::string> out;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\0', at), all.size());
    out.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The program that checked the configuration: by its own name as long as that is the same file, so
// that lists of processes show it.
std::string program() {
  std::error_code error;
  const std::string path = std::filesystem::read_symlink(self, error).string();
  struct stat named {};
  struct stat running {};
  const bool same = !error && stat(path.c_str(), &named) == 0 && stat(self, &running) == 0 &&
                    named.st_ino == running.st_ino && named.st_dev == running.st_dev;
  return same ? path : self;
}

// What a library still has open is not for the next life.
void leave_files_behind() {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const int fd = std::atoi(entry.path().filename().c_str());
    if (fd > STDERR_FILENO) fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
}

}  // namespace

std::optional<Refusal> Reloading::ask() {
  if (!possible()) {
    return Refusal{409, "no_file", "the daemon was started without a configuration file", ""};
  }
  const Loaded loaded = load_();
  std::string wrong;
  for (const Problem& problem : loaded.problems) {
    wrong += (wrong.empty() ? "" : "\n") + problem.text();
  }
  if (loaded.config && loaded.config->http.listen != listen_) {
    wrong = problem_of_listening(loaded.config->http.listen, listen_);
  }
  if (!loaded.config || !wrong.empty()) return Refusal{400, "bad_configuration", wrong, ""};
  wanted_ = true;
  return std::nullopt;
}

void start_again() {
  std::vector<std::string> words = arguments();
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  leave_files_behind();
  execv(program().c_str(), pointers.data());
  log::error("the process can't start again: {}", std::strerror(errno));
  _exit(1);
}

}  // namespace tidemark
