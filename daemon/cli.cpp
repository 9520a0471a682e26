#include "daemon/cli.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>

#include "config/nearest.h"
#include "config/problems.h"
#include "daemon/check_config_command.h"
#include "daemon/cli_changes.h"
#include "daemon/cli_questions.h"
#include "daemon/decode_command.h"
#include "daemon/demo/demo.h"
#include "daemon/evaluate_command.h"
#include "daemon/import_burrow_command.h"
#include "daemon/routes_command.h"
#include "daemon/run_command.h"
#include "daemon/surround.h"
#include "daemon/test_receiver_command.h"

namespace tidemark {
namespace {

// Other things that the daemon can watch, each by a command of its own. One line a source.
const std::vector<RunSource>& run_sources() {
  static const std::vector<RunSource> sources{
      {"demo", "Watch four embedded clusters whose groups act out every trouble", demo::run_demo},
  };
  return sources;
}

// What the command line asked for, and what to do about it once all of it is understood.
struct Asked {
  Asked(const Console& on, std::string_view of) : console(on), version(of) {}

  const Console& console;
  std::string_view version;
  RunRequest run;
  TestReceiverRequest receiver;
  RoutesRequest routes;
  ChangesAsked changes;
  std::string file;
  std::string rules;
  bool json = false;
  std::function<int()> action;
};

void act(CLI::App& command, Asked& asked, std::function<int()> action) {
  command.callback([&asked, action = std::move(action)] { asked.action = action; });
}

int run_asked(const Asked& asked) {
  const RunRequest& run = asked.run;
  if (run.config_file.empty() && run.bootstrap.empty() && run.source == nullptr) {
    asked.console.err << "tidemark run: what shall it watch? Give --config FILE or --bootstrap "
                         "HOST:PORT; see tidemark run --help\n";
    return exit_usage;
  }
  const auto daemon = [](RunOptions options, const Config& config) {
    options.welcome = options.welcome || isatty(STDOUT_FILENO) == 1;
    return run_daemon(options, config);
  };
  return run_command(run, daemon, asked.version, process_surround(), asked.console);
}

void add_daemon_options(CLI::App& command, RunRequest& run) {
  command
      .add_option("--state-dir", run.state_dir,
                  "Where events and history are kept, whatever the file says")
      ->option_text("DIR");
  command.add_option("--listen", run.listen, "Where to answer, whatever the file says")
      ->option_text("HOST:PORT");
  command.add_flag("--welcome", run.welcome,
                   "After the first verdicts, say what to open and type next");
}

void add_run_sources(CLI::App& app, Asked& asked) {
  for (const RunSource& source : run_sources()) {
    CLI::App* command = app.add_subcommand(std::string{source.name}, std::string{source.help});
    add_daemon_options(*command, asked.run);
    command->footer("It runs until SIGTERM or Ctrl-C.");
    act(*command, asked, [&asked, &source] {
      asked.run.source = &source;
      return run_asked(asked);
    });
  }
}

void add_run(CLI::App& app, Asked& asked) {
  CLI::App* run = app.add_subcommand("run", "Watch clusters and answer questions about them");
  CLI::Option* config =
      run->add_option("-c,--config", asked.run.config_file, "Configuration")->option_text("FILE");
  CLI::Option* bootstrap =
      run->add_option("--bootstrap", asked.run.bootstrap,
                      "Watch one cluster without a configuration, from these brokers")
          ->option_text("HOST:PORT[,HOST:PORT...]")
          ->excludes(config);
  run->add_option("--name", asked.run.name, "What that cluster is called, else \"default\"")
      ->option_text("NAME")
      ->needs(bootstrap);
  add_daemon_options(*run, asked.run);
  run->footer(
      "Examples:\n"
      "  tidemark run --config tidemark.toml\n"
      "  tidemark run --bootstrap localhost:9092 --welcome\n"
      "It runs until SIGTERM or Ctrl-C.");
  act(*run, asked, [&asked] { return run_asked(asked); });
}

void add_check_config(CLI::App& app, Asked& asked) {
  CLI::App* check = app.add_subcommand("check-config", "Say everything that is wrong with a file");
  check->add_option("FILE", asked.file, "Configuration")->type_name("")->required();
  check->add_flag("--json", asked.json, "One JSON object, for machines");
  check->footer(
      "Example:\n  tidemark check-config tidemark.toml\n"
      "Exit code 0: it is fine; 2: it is not.");
  act(*check, asked, [&asked] {
    return check_config_command(asked.file, asked.json, process_surround(), asked.console);
  });
}

void add_test_receiver(CLI::App& app, Asked& asked) {
  TestReceiverRequest& request = asked.receiver;
  CLI::App* test =
      app.add_subcommand("test-receiver", "Send a sample by a receiver, and say what came back");
  test->add_option("NAME", request.name, "Its name in the configuration")
      ->type_name("")
      ->required();
  test->add_option("-c,--config", request.config_file, "Configuration")
      ->option_text("FILE")
      ->required();
  test->add_flag("--keep-open", request.keep_open, "Without the message that ends the sample");
  test->footer(
      "Example:\n  tidemark test-receiver oncall --config tidemark.toml\n"
      "Exit code 0: it arrived; 1: it did not, or there is no such receiver; 2: the configuration\n"
      "is wrong.");
  act(*test, asked, [&asked, &request] {
    return test_receiver_command(request, process_surround(), asked.console);
  });
}

void add_routes(CLI::App& app, Asked& asked) {
  RoutesRequest& request = asked.routes;
  CLI::App* routes = app.add_subcommand(
      "routes", "Which route takes a group's trouble, whom it tells and when, and why");
  routes->add_option("CLUSTER", request.cluster, "Its cluster")->type_name("")->required();
  routes->add_option("GROUP", request.group, "Its name")->type_name("")->required();
  routes->add_option("STATUS", request.status, "WARNING or ERROR (ERROR)")->type_name("");
  routes->add_option("-c,--config", request.config_file, "Configuration")
      ->option_text("FILE")
      ->required();
  routes->add_option("--kind", request.kind, "Of the incident (status)")->option_text("KIND");
  routes->add_option("--topic", request.topic, "Of the partition that decides")
      ->option_text("TOPIC");
  routes->footer(
      "Example:\n  tidemark routes PROD payments ERROR --config tidemark.toml\n"
      "Exit code 0: somebody is told; 1: nobody is; 2: the configuration is wrong.");
  act(*routes, asked,
      [&asked, &request] { return routes_command(request, process_surround(), asked.console); });
}

// The command on FILE, or on standard input where there is none or it is "-".
template <class Command>
int on_input(const Asked& asked, const std::string& name, Command command) {
  if (asked.file.empty() || asked.file == "-") return command(asked.console.in);
  std::error_code none;
  const bool folder = std::filesystem::is_directory(asked.file, none);
  std::ifstream file(asked.file, std::ios::binary);
  if (!file || folder) {
    asked.console.err << "tidemark " << name << ": " << quote(asked.file)
                      << (folder ? " is a directory\n" : " can't be read\n");
    return exit_usage;
  }
  return command(file);
}

void add_evaluate(CLI::App& app, Asked& asked) {
  CLI::App* evaluate =
      app.add_subcommand("evaluate", "Judge histories of commits, given as JSON lines");
  evaluate->add_option("--rules", asked.rules, "Rule set for lines that name none (tidemark)")
      ->option_text("tidemark|burrow");
  evaluate->add_option("FILE", asked.file, "JSON lines; else standard input")->type_name("");
  evaluate->footer(
      "Example:\n"
      "  echo '{\"name\":\"quiet\",\"now\":60000,\"commits\":[{\"offset\":5,\"time\":0}],"
      "\"log_ends\":[{\"offset\":5,\"time\":60000}]}' | tidemark evaluate");
  act(*evaluate, asked, [&asked] {
    return on_input(asked, "evaluate", [&](std::istream& in) {
      return evaluate_command(in, asked.console.out, asked.rules);
    });
  });
}

void add_decode(CLI::App& app, Asked& asked) {
  CLI::App* decode =
      app.add_subcommand("decode", "Decode records of the offsets topic, given as JSON lines");
  decode->add_option("FILE", asked.file, "JSON lines; else standard input")->type_name("");
  decode->footer(
      "Example:\n"
      "  echo '{\"key_hex\":\"000100017800017400000000\",\"value_hex\":null}' | tidemark decode");
  act(*decode, asked, [&asked] {
    return on_input(asked, "decode",
                    [&](std::istream& in) { return decode_command(in, asked.console.out); });
  });
}

void add_version(CLI::App& app, Asked& asked) {
  CLI::App* version = app.add_subcommand("version", "Print the version");
  act(*version, asked, [&asked] {
    asked.console.out << "tidemark " << asked.version << "\n";
    return exit_fine;
  });
}

void add_import(CLI::App& app, Asked& asked) {
  CLI::App* import = app.add_subcommand(
      "import-burrow", "Make a configuration of a burrow.toml, and say what is left to do");
  import->add_option("FILE", asked.file, "Burrow's configuration")->type_name("")->required();
  import->footer(
      "Example:\n"
      "  tidemark import-burrow burrow.toml > tidemark.toml\n"
      "  tidemark check-config tidemark.toml\n"
      "Exit code 0: here it is, and on standard error what it does not say; 2: it can't be read.");
  act(*import, asked, [&asked] { return import_burrow_command(asked.file, asked.console); });
}

void add_what_asks_the_daemon(CLI::App& app, Asked& asked) {
  const CommandLine line{app, asked.console, asked.action};
  add_questions(line);
  add_change_commands(line, asked.changes);
}

using Registration = void (*)(CLI::App&, Asked&);
constexpr std::array<Registration, 10> registrations{
    add_run,          add_run_sources,   add_what_asks_the_daemon,
    add_check_config, add_test_receiver, add_routes,
    add_import,       add_evaluate,      add_decode,
    add_version};

void build(CLI::App& app, Asked& asked) {
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.set_version_flag("--version", "tidemark " + std::string{asked.version}, "Print the version");
  for (const Registration add : registrations) add(app, asked);
  app.footer("tidemark COMMAND --help says more about one of them.");
}

const CLI::App& chosen(const CLI::App& app) {
  const auto subcommands = app.get_subcommands();
  return subcommands.empty() ? app : *subcommands.front();
}

std::string name_of(const CLI::App& app, const CLI::App& command) {
  return &app == &command ? app.get_name() : app.get_name() + " " + command.get_name();
}

std::vector<std::string> flags_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

std::vector<std::string> names_of_subcommands(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* command : app.get_subcommands(nullptr)) out.push_back(command->get_name());
  return out;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const auto meant = nearest(word, {known.begin(), known.end()});
  return meant ? "; did you mean " + std::string{*meant} + "?" : "";
}

// What stands on the command line and belongs to nothing; flags before words, because a word may be
// the value of an unknown flag. Null if there is no such thing.
std::optional<std::string> not_understood(const CLI::App& app, const CLI::App& command) {
  std::vector<std::string> extra = app.remaining(true);
  extra.erase(std::remove(extra.begin(), extra.end(), "--"), extra.end());
  if (extra.empty()) return std::nullopt;
  const auto is_flag = [](const std::string& word) { return word.size() > 1 && word[0] == '-'; };
  const auto flag = std::find_if(extra.begin(), extra.end(), is_flag);
  if (flag != extra.end()) {
    const std::string word = flag->substr(0, flag->find('='));
    return "no such option: " + word + suggestion(word, flags_of(command));
  }
  if (&command == &app) {
    return "no such command: " + extra.front() +
           suggestion(extra.front(), names_of_subcommands(app));
  }
  return "one argument too many: " + quote(extra.front());
}

int explain_mistake(const CLI::App& app, const CLI::ParseError& error, const Console& console) {
  const CLI::App& command = chosen(app);
  const std::string name = name_of(app, command);
  std::string what = error.what();
  if (const auto extra = not_understood(app, command)) {
    what = *extra;
  } else if (&command == &app) {
    console.err << app.help();
    return exit_usage;
  }
  console.err << name << ": " << what << "\nSee " << name << " --help\n";
  return exit_usage;
}

// "help" and "help COMMAND" are what people try first.
std::vector<std::string> without_help_command(std::vector<std::string> arguments) {
  if (arguments.empty() || arguments.front() != "help") return arguments;
  arguments.erase(arguments.begin());
  arguments.emplace_back("--help");
  return arguments;
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, const Console& console,
            std::string_view version) {
  CLI::App app("Consumer-lag monitoring for Apache Kafka: which groups are in trouble, and why.",
               "tidemark");
  Asked asked(console, version);
  build(app, asked);
  std::vector<std::string> words = without_help_command(arguments);
  std::reverse(words.begin(), words.end());  // as the library takes them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return explain_mistake(app, error, console);
    return app.exit(error, console.out, console.err);  // help or version
  }
  return asked.action();
}

}  // namespace tidemark
