#include "daemon/alert_cli.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "daemon/import_burrow_command.h"
#include "daemon/terminal/receivers_command.h"

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

void add_receivers(CLI::App& app, const Console& console, std::function<terminal::Reader()> reader,
                   std::function<int()>& action) {
  CLI::App* receivers = app.add_subcommand(
      "receivers", "How messages about incidents are delivered; of one receiver, each attempt");
  const auto request = std::make_shared<terminal::ReceiversRequest>();
  receivers->add_option("NAME", request->receiver, "The last attempts of this one")->type_name("");
  receivers->add_flag("--json", request->json, "What the REST API answers");
  receivers
      ->add_option("--url", request->url,
                   "Where the daemon answers, else TIDEMARK_URL, else " + request->url)
      ->option_text("URL")
      ->envname("TIDEMARK_URL");
  receivers->footer(
      "Examples:\n"
      "  tidemark receivers\n"
      "  tidemark receivers oncall\n"
      "Exit code 0: here it is; 1: no daemon, or no such receiver.");
  receivers->callback([request, &console, reader, &action] {
    action = [request, &console, reader] {
      return terminal::receivers_command(*request, reader(), console);
    };
  });
}

}  // namespace

void add_alert_commands(CLI::App& app, const Console& console,
                        std::function<terminal::Reader()> reader, std::function<int()>& action) {
  add_receivers(app, console, std::move(reader), action);
  add_import(app, console, action);
}

}  // namespace tidemark
