#include "notifiers/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "evaluator/words.h"

extern "C" {  // glibc 2.36 forgot it
#include <sys/pidfd.h>
}

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_output = 16'384;
constexpr int look_every_ms = 100;

// A file descriptor that is closed with its scope.
class Handle {
 public:
  explicit Handle(int fd) : fd_(fd) {}
  ~Handle() {
    if (fd_ >= 0) close(fd_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

ChildEnd not_begun(int error) { return {std::nullopt, std::strerror(error), ""}; }

// The input as a file in memory: nobody has to feed it while the program runs.
bool put_input(int file, const std::string& input) {
  std::size_t done = 0;
  while (done < input.size()) {
    const ssize_t written = write(file, input.data() + done, input.size() - done);
    if (written < 0) return false;
    done += static_cast<std::size_t>(written);
  }
  return lseek(file, 0, SEEK_SET) == 0;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

// How it begins: in a process group of its own, with three files and every signal as usual.
class Beginning {
 public:
  Beginning(int input, int output) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, output, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    sigset_t all;
    sigfillset(&all);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
  }
  ~Beginning() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&files_);
  }
  Beginning(const Beginning&) = delete;
  Beginning& operator=(const Beginning&) = delete;

  // 0, or what went wrong.
  int spawn(const ChildRun& run, pid_t& pid) const {
    const std::vector<char*> arguments = pointers(run.command);
    const std::vector<char*> environment = pointers(run.environment);
    return posix_spawnp(&pid, arguments.front(), &files_, &attributes_, arguments.data(),
                        environment.data());
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

void take_output(int pipe, std::string& output) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = read(pipe, buffer.data(), buffer.size());
    if (got <= 0) return;
    const std::size_t room = longest_output - output.size();
    output.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
  }
}

// True once it has ended by itself; false when its time was up.
bool wait_for(int process, int pipe, const ChildRun& run, const std::stop_token& stop,
              std::string& output) {
  const auto end = Clock::now() + run.limit;
  for (;;) {
    std::array<pollfd, 2> fds{{{process, POLLIN, 0}, {pipe, POLLIN, 0}}};
    poll(fds.data(), fds.size(), look_every_ms);
    take_output(pipe, output);
    if ((fds[0].revents & POLLIN) != 0) return true;
    if (Clock::now() >= end || stop.stop_requested()) return false;
    if ((fds[1].revents & POLLHUP) != 0) poll(fds.data(), 1, look_every_ms);  // closed its output
  }
}

ChildEnd end_of(pid_t pid, bool by_itself, const ChildRun& run, const std::stop_token& stop,
                std::string output) {
  if (!by_itself) kill(-pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!by_itself) {
    const bool stopping = stop.stop_requested();
    return {std::nullopt,
            stopping ? "killed: Tidemark is stopping" : "killed after " + words::span(run.limit),
            std::move(output)};
  }
  if (WIFEXITED(status)) {
    const int code = WEXITSTATUS(status);
    return {code, "exit code " + std::to_string(code), std::move(output)};
  }
  return {std::nullopt, "ended by signal " + std::to_string(WTERMSIG(status)), std::move(output)};
}

}  // namespace

ChildEnd run_child(const ChildRun& run, const std::stop_token& stop) {
  const Handle input(memfd_create("tidemark-message", MFD_CLOEXEC));
  if (!input.ok() || !put_input(input.get(), run.input)) return not_begun(errno);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return not_begun(errno);
  const Handle output(ends[0]);
  Handle childs_end(ends[1]);
  fcntl(output.get(), F_SETFL, O_NONBLOCK);
  pid_t pid = 0;
  const int problem = Beginning(input.get(), childs_end.get()).spawn(run, pid);
  if (problem != 0) return not_begun(problem);
  childs_end.reset();
  const Handle process(pidfd_open(pid, 0));
  std::string said;
  const bool by_itself = process.ok() && wait_for(process.get(), output.get(), run, stop, said);
  return end_of(pid, by_itself, run, stop, std::move(said));
}

}  // namespace tidemark
