#include "daemon/cli_changes.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <utility>

namespace tidemark {
namespace {

void add_change_options(CLI::App& command, terminal::ChangeRequest& request) {
  command.add_flag("--json", request.json, "What the REST API answers");
  command
      .add_option("--token-file", request.token_file,
                  "The file with the token that allows it; else TIDEMARK_TOKEN")
      ->option_text("FILE");
  command.add_option("--author", request.author, "Who asks, where no token says it; else USER")
      ->option_text("NAME");
  add_url(command, request.url);
}

struct Adding {
  const CommandLine& line;
  ChangesAsked& asked;

  void incidents() const {
    auto& request = asked.incidents;
    CLI::App* command = line.app.add_subcommand(
        "incidents", "What is in trouble, since when, and who takes care of it");
    command->add_option("CLUSTER", request.cluster, "Of this cluster; else of all")->type_name("");
    command->add_option("--state", request.state, "open (without it), ended or all")
        ->option_text("STATE")
        ->check(CLI::IsMember({"open", "ended", "all"}));
    command->add_flag("--json", request.json, "What the REST API answers, all pages as one");
    add_url(*command, request.url);
    command->footer(
        "Examples:\n"
        "  tidemark incidents PROD\n"
        "  tidemark incidents --state ended --json | jq '.data[].group'\n"
        "Exit code 0: fine; 1: no daemon.");
    line.on(*command, [&request, &out = line.console] {
      return terminal::incidents_command(request, reader_of(out), out);
    });
  }

  void silence_add(CLI::App& silence) const {
    auto& request = asked.silence;
    CLI::App* add = silence.add_subcommand("add", "From now on, for a while");
    const auto pattern = [&](const char* name, std::string& to, const char* help) {
      add->add_option(name, to, help)->option_text("PATTERN");
    };
    pattern("--cluster", request.cluster, "Of clusters with such a name");
    pattern("--group", request.group, "Of groups with such a name: 'payments.*'");
    pattern("--topic", request.topic, "Where a partition of such a topic decides");
    pattern("--status", request.status, "WARNING or ERROR");
    pattern("--kind", request.kind, "status, data_loss, ...");
    add->add_option("--label", request.labels, "With such a label; may be given again")
        ->option_text("NAME=PATTERN");
    add->add_option("--for", request.span, "So long: 30m, 2h, 1d (1h)")->option_text("SPAN");
    add->add_option("--comment", request.comment, "Why; it is needed")->option_text("TEXT");
    line.on(*add, [&request, &out = line.console] {
      return terminal::silence_add_command(request, out);
    });
  }

  void silence() const {
    auto& request = asked.silence;
    CLI::App* command =
        line.app.add_subcommand("silence", "Tell nobody of something for a while: add, list, end");
    command->require_subcommand(1);
    add_change_options(*command, request);
    command->fallthrough();
    silence_add(*command);
    CLI::App* list = command->add_subcommand("list", "Those that there are");
    list->add_option("--state", request.state, "active, pending or ended; else all")
        ->option_text("STATE");
    line.on(*list, [&request, &out = line.console] {
      return terminal::silence_list_command(request, reader_of(out), out);
    });
    CLI::App* end = command->add_subcommand("end", "End one now");
    end->add_option("ID", request.id, "As list shows it")->type_name("")->required();
    line.on(*end, [&request, &out = line.console] {
      return terminal::silence_end_command(request, out);
    });
    for (CLI::App* each : command->get_subcommands(nullptr)) each->fallthrough();
    command->footer(
        "Examples:\n"
        "  tidemark silence add --cluster PROD --group 'payments.*' --for 2h --comment upgrade\n"
        "  tidemark silence list\n"
        "  tidemark silence end 0123456789abcdef\n"
        "Exit code 0: done; 1: no daemon, or it refuses; 2: the command line is wrong.");
  }

  void acknowledge() const {
    auto& request = asked.acknowledge;
    CLI::App* command = line.app.add_subcommand(
        "acknowledge", "Take care of an incident: it is neither repeated nor escalated any more");
    command->add_option("ID", request.incident, "As tidemark incidents shows it")
        ->type_name("")
        ->required();
    command->add_option("--comment", request.comment, "For those who look")->option_text("TEXT");
    add_change_options(*command, request);
    command->footer(
        "Example:\n  tidemark acknowledge ID --comment 'restarting it'\n"
        "Exit code 0: done; 1: no daemon, or it refuses.");
    line.on(*command, [&request, &out = line.console] {
      return terminal::acknowledge_command(request, out);
    });
  }

  void forget() const {
    auto& request = asked.forget;
    CLI::App* command = line.app.add_subcommand(
        "forget", "Forget a group until its next commit; its history stays");
    command->add_option("CLUSTER", request.cluster, "Its cluster")->type_name("")->required();
    command->add_option("GROUP", request.group, "Its name")->type_name("")->required();
    add_change_options(*command, request);
    command->footer(
        "Example:\n  tidemark forget PROD console-consumer-4711\n"
        "Exit code 0: done; 1: no daemon, no such group, or it refuses.");
    line.on(*command,
            [&request, &out = line.console] { return terminal::forget_command(request, out); });
  }

  void reload() const {
    auto& request = asked.reload;
    CLI::App* command = line.app.add_subcommand(
        "reload", "Let the daemon read its configuration anew; a bad one changes nothing");
    add_change_options(*command, request);
    command->footer(
        "Example:\n  tidemark reload --token-file /etc/tidemark/ops.token\n"
        "Exit code 0: it is good; 1: no daemon, or the configuration is wrong: all that is.");
    line.on(*command,
            [&request, &out = line.console] { return terminal::reload_command(request, out); });
  }
};

}  // namespace

void add_change_commands(const CommandLine& line, ChangesAsked& asked) {
  const Adding adding{line, asked};
  adding.incidents();
  adding.silence();
  adding.acknowledge();
  adding.forget();
  adding.reload();
}

}  // namespace tidemark
