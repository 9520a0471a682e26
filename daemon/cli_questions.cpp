#include "daemon/cli_questions.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "config/problems.h"
#include "daemon/terminal/describe_command.h"
#include "daemon/terminal/events_command.h"
#include "daemon/terminal/explain_command.h"
#include "daemon/terminal/groups_command.h"
#include "daemon/terminal/history_command.h"
#include "daemon/terminal/receivers_command.h"
#include "daemon/terminal/topics_command.h"

namespace tidemark {
namespace {

void add_groups(const CommandLine& line) {
  const auto request = std::make_shared<terminal::GroupsRequest>();
  CLI::App* groups =
      line.app.add_subcommand("groups", "List groups: which are in trouble, and why");
  groups->add_option("--cluster", request->filter.cluster, "Only of this cluster")
      ->option_text("NAME");
  groups->add_option("--status", request->filter.status, "Only with this status, or one of these")
      ->option_text("ERROR[,WARNING...]");
  groups
      ->add_option("--sort", request->filter.sort,
                   "name, lag, time_lag or status; with - in front the largest first (-status)")
      ->option_text("ORDER");
  CLI::Option* watch =
      groups->add_flag("-w,--watch", request->watch, "Again every 2 s, till Ctrl-C");
  groups->add_flag("--json", request->json, "What the REST API answers, all pages as one");
  groups->add_flag("--check", request->check, "Exit code 1 unless all that is listed is healthy")
      ->excludes(watch);
  add_url(*groups, request->url);
  groups->footer(
      "Examples:\n"
      "  tidemark groups\n"
      "  tidemark groups --cluster PROD --status ERROR,WARNING\n"
      "  tidemark groups --watch\n"
      "  tidemark groups --sort=-lag --json | jq '.data[].group'\n"
      "Exit code 0: fine; 1: no daemon, no such cluster, or not healthy with --check.");
  line.on(*groups, [request, &console = line.console] {
    return terminal::groups_command(*request, reader_of(console), console);
  });
}

void add_describe(const CommandLine& line) {
  const auto request = std::make_shared<terminal::DescribeRequest>();
  CLI::App* describe =
      line.app.add_subcommand("describe", "One group: status, reason, members and partitions");
  describe->add_option("CLUSTER", request->cluster, "Its cluster")->type_name("")->required();
  describe->add_option("GROUP", request->group, "Its name")->type_name("")->required();
  describe->add_flag("--json", request->json, "What the REST API answers, windows included");
  add_url(*describe, request->url);
  describe->footer(
      "Examples:\n"
      "  tidemark describe PROD payments\n"
      "  tidemark describe PROD -- -a-name-that-begins-like-an-option\n"
      "Exit code 0: here it is; 1: no daemon, or no such group.");
  line.on(*describe, [request, &console = line.console] {
    return terminal::describe_command(*request, reader_of(console), console);
  });
}

// Empty if it is one.
std::string not_a_partition(const std::string& word) {
  const bool digits = !word.empty() && word.size() < 10 &&
                      word.find_first_not_of("0123456789") == std::string::npos;
  return digits ? "" : quote(word) + " is not the number of a partition";
}

void add_explain(const CommandLine& line) {
  const auto request = std::make_shared<terminal::ExplainRequest>();
  CLI::App* explain =
      line.app.add_subcommand("explain", "Why a verdict is what it is: each rule with its numbers");
  explain->add_option("CLUSTER", request->cluster, "Its cluster")->type_name("")->required();
  explain->add_option("GROUP", request->group, "Its name")->type_name("")->required();
  explain->add_option("TOPIC", request->topic, "Of this topic; else what decides for the group")
      ->type_name("");
  explain->add_option("PARTITION", request->partition, "This partition of it")
      ->type_name("")
      ->check(CLI::Validator(not_a_partition, ""));
  explain->add_flag("--json", request->json, "What the REST API answers");
  add_url(*explain, request->url);
  explain->footer(
      "Examples:\n"
      "  tidemark explain PROD payments\n"
      "  tidemark explain PROD payments orders 7\n"
      "Exit code 0: here it is; 1: no daemon, no such group, or nothing committed there.");
  line.on(*explain, [request, &console = line.console] {
    return terminal::explain_command(*request, reader_of(console), console);
  });
}

void add_history(const CommandLine& line) {
  const auto request = std::make_shared<terminal::HistoryRequest>();
  CLI::App* history = line.app.add_subcommand(
      "history", "What a group was like before: its lag and statuses over time");
  history->add_option("CLUSTER", request->cluster, "Its cluster")->type_name("")->required();
  history->add_option("GROUP", request->group, "Its name")->type_name("")->required();
  history->add_option("--since", request->since, "So far back: 30m, 6h, 7d (6h)")
      ->option_text("SPAN");
  history->add_option("--step", request->step, "One line or column for so long; else what fits")
      ->option_text("SPAN");
  CLI::Option* json = history->add_flag("--json", request->json, "What the REST API answers");
  history->add_flag("--csv", request->csv, "Lines for a spreadsheet")->excludes(json);
  add_url(*history, request->url);
  history->footer(
      "Examples:\n"
      "  tidemark history PROD payments --since 24h\n"
      "  tidemark history PROD payments --since 7d --step 1h --csv > payments.csv\n"
      "At a terminal a plot, in a pipe a table. Exit code 0: here it is; 1: no daemon, no such\n"
      "group, or nothing is recorded.");
  line.on(*history, [request, &console = line.console] {
    return terminal::history_command(*request, reader_of(console), console);
  });
}

void add_events(const CommandLine& line) {
  const auto request = std::make_shared<terminal::EventsRequest>();
  CLI::App* events = line.app.add_subcommand(
      "events", "What happened of late: changes of status, losses, what Tidemark could not see");
  events->add_option("--cluster", request->cluster, "Only of this cluster")->option_text("NAME");
  CLI::Option* group =
      events->add_option("--group", request->group, "Only of this group")->option_text("NAME");
  events->add_option("--kind", request->kind, "Only of this kind, or one of these")
      ->option_text("status[,data_loss...]");
  events->add_option("--since", request->since, "All since so long ago: 30m, 6h, 7d")
      ->option_text("SPAN");
  events->add_option("--from", request->from, "All from then on: 2026-11-21, \"2026-11-21 14:30\"")
      ->option_text("TIME");
  events->add_option("--to", request->to, "All before then")->option_text("TIME");
  events->add_flag("-f,--follow", request->follow, "Then what happens from now on, till Ctrl-C");
  events->add_flag("--json", request->json,
                   "What the REST API answers; of a time or with --follow one object a line");
  add_url(*events, request->url);
  events->footer(
      "Examples:\n"
      "  tidemark events --cluster PROD --follow\n"
      "  tidemark events --group payments --kind status,data_loss\n"
      "  tidemark events --cluster PROD --since 7d\n"
      "Exit code 0: fine; 1: no daemon, or no such cluster or kind.");
  line.on(*events, [request, group, &console = line.console] {
    request->one_group = group->count() > 0;
    return terminal::events_command(*request, reader_of(console), console);
  });
}

void add_topics(const CommandLine& line) {
  const auto request = std::make_shared<terminal::TopicsRequest>();
  CLI::App* topics =
      line.app.add_subcommand("topics", "List topics: how they are kept, and who reads them");
  topics->add_option("CLUSTER", request->cluster, "Of this cluster; else of all")->type_name("");
  topics->add_flag("--unread", request->unread, "Only those that are written and nobody reads");
  topics->add_flag("--json", request->json, "What the REST API answers, all pages as one");
  add_url(*topics, request->url);
  topics->footer(
      "Examples:\n"
      "  tidemark topics PROD\n"
      "  tidemark topics --unread\n"
      "Exit code 0: fine; 1: no daemon, or no such cluster.");
  line.on(*topics, [request, &console = line.console] {
    return terminal::topics_command(*request, reader_of(console), console);
  });
}

void add_receivers(const CommandLine& line) {
  CLI::App* receivers = line.app.add_subcommand(
      "receivers", "How messages about incidents are delivered; of one receiver, each attempt");
  const auto request = std::make_shared<terminal::ReceiversRequest>();
  receivers->add_option("NAME", request->receiver, "The last attempts of this one")->type_name("");
  receivers->add_flag("--json", request->json, "What the REST API answers");
  add_url(*receivers, request->url);
  receivers->footer(
      "Examples:\n"
      "  tidemark receivers\n"
      "  tidemark receivers oncall\n"
      "Exit code 0: here it is; 1: no daemon, or no such receiver.");
  line.on(*receivers, [request, &console = line.console] {
    return terminal::receivers_command(*request, reader_of(console), console);
  });
}

}  // namespace

void add_questions(const CommandLine& line) {
  add_groups(line);
  add_describe(line);
  add_explain(line);
  add_history(line);
  add_events(line);
  add_topics(line);
  add_receivers(line);
}

}  // namespace tidemark
