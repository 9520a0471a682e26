#include "daemon/alert_cli.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "daemon/import_burrow_command.h"

namespace tidemark {
namespace {

void add_import(CLI::App& app, const Console& console, std::function<int()>& action) {
  CLI::App* import = app.add_subcommand(
      "import-burrow", "Make a configuration of a burrow.toml, and say what is left to do");
  const auto file = std::make_shared<std::string>();
  import->add_option("FILE", *file, "Burrow's configuration")->type_name("")->required();
  import->footer(
      "Example:\n"
      "  tidemark import-burrow burrow.toml > tidemark.toml\n"
      "  tidemark check-config tidemark.toml\n"
      "Exit code 0: here it is, and on standard error what it does not say; 2: it can't be read.");
  import->callback([file, &console, &action] {
    action = [file, &console] { return import_burrow_command(*file, console);
};
}  // namespace
);
}  // namespace tidemark

}  // namespace

void add_alert_commands(CLI::App& app, const Console& console, std::function<int()>& action) {
  add_import(app, console, action);
}

}  // namespace tidemark
