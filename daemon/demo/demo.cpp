#include "daemon/demo/demo.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "config/config.h"
#include "core/clock.h"
#include "daemon/demo/cast.h"
#include "daemon/demo/settings.h"
#include "daemon/demo/stage.h"
#include "daemon/signals.h"
#include "daemon/surround.h"

namespace tidemark::demo {
namespace {

constexpr const char* configuration_name = "built into the demo";

// A folder of its own, gone with everything in it at the end.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make() {
    std::error_code error;
    const auto parent = std::filesystem::temp_directory_path(error);
    if (error) return Error{"there is no folder for temporary files (TMPDIR): " + error.message()};
    std::string path = (parent / "tidemark-demo-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) {
      return Error{"temporary folder " + path + ": " + std::generic_category().message(errno)};
    }
    return TemporaryFolder(std::move(path));
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

void say_cast(std::ostream& out) {
  out << "A demo: four Kafka clusters inside this process, and groups that play a part each.\n"
         "Expect these verdicts within a minute. The troubled ones recover, and get into trouble "
         "again:\n\n";
  for (const ClusterPlan& cluster : cast()) {
    for (const GroupPlan& group : cluster.groups) {
      out << fmt::format("  {:<5} {:<19} {:<10} {}\n", cluster.name, group.name,
                         to_string(group.part), what_to_expect(group.part));
    }
  }
  out << "\n" << std::flush;
}

int cannot_start(const Console& console, const std::string& message) {
  console.err << "tidemark demo: " << message << "\n";
  return exit_usage;
}

}  // namespace

int run_demo(const RunOptions& options, const RunSource::Daemon& daemon, const Console& console) {
  hold_stop_signals();  // before the first thread of the stage
  RunOptions run = options;
  run.config_origin = configuration_name;
  run.welcome = true;
  std::optional<TemporaryFolder> folder;
  if (run.state_dir.empty()) {
    auto made = TemporaryFolder::make();
    if (!made) return cannot_start(console, made.error().message);
    folder.emplace(std::move(made.value()));
    run.state_dir = folder->path();
  }
  const SystemClock clock;
  auto stage = Stage::open(cast(), clock);
  if (!stage) return cannot_start(console, stage.error().message);
  Loaded loaded = parse_config(configuration(stage.value()->addresses(), run.state_dir + "/mails"),
                               configuration_name, process_surround());
  for (const Problem& problem : loaded.problems) console.err << problem.text() << "\n";
  if (!loaded.config) return exit_usage;
  say_cast(console.out);
  stage.value()->begin();
  return daemon(std::move(run), std::move(*loaded.config));
}

}  // namespace tidemark::demo
