#include "daemon/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Answer {
  int code = 0;
  std::string out;
  std::string err;
};

Answer tidemark(const std::vector<std::string>& arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int code = run_cli(arguments, {in, out, err}, "1.2.3");
  return {code, out.str(), err.str()};
}

struct Mistake {
  std::string story;
  std::vector<std::string> arguments;
  std::string complaint;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.story; }

const std::vector<Mistake> mistakes{
    {"a mistyped command", {"grups"}, "no such command: grups; did you mean groups?"},
    {"a command like none", {"frobnicate"}, "tidemark: no such command: frobnicate\n"},
    {"a mistyped flag",
     {"check-config", "--jsno", "f"},
     "tidemark check-config: no such option: --jsno; did you mean --json?"},
    {"a mistyped flag with a value",
     {"run", "--bootstrp=a:1"},
     "no such option: --bootstrp; did you mean --bootstrap?"},
    {"a mistyped flag in place of what is required",
     {"check-config", "--jsn"},
     "no such option: --jsn; did you mean --json?"},
    {"an unknown flag before any command", {"--frob", "run"}, "no such option: --frob"},
    {"a short flag that does not exist", {"run", "-z"}, "no such option: -z"},
    {"a file too many", {"check-config", "a", "b"}, "one argument too many: \"b\""},
    {"no file", {"check-config"}, "tidemark check-config: FILE is required"},
    {"a flag without its value", {"run", "--config"}, "--config"},
    {"two places for the configuration",
     {"run", "--config", "f", "--bootstrap", "a:1"},
     "excludes"},
    {"a name for no cluster",
     {"run", "--config", "f", "--name", "A"},
     "--name requires --bootstrap"},
    {"nothing to watch", {"run"}, "Give --config FILE or --bootstrap HOST:PORT"},
    {"brokers without a port",
     {"run", "--bootstrap", "a:1,b"},
     R"(--bootstrap: "b" has no port; write it as host:port)"},
    {"a listener without a port",
     {"run", "--bootstrap", "a:1", "--listen", "here"},
     R"(--listen: "here" has no port)"},
    {"a cluster without a name", {"run", "--bootstrap", "a:1", "--name", ""}, "--name: is empty"},
    {"a configuration that does not exist",
     {"run", "--config", "/nowhere/t.toml"},
     "/nowhere/t.toml: the file does not exist"},
    {"histories that do not exist", {"evaluate", "/nowhere/h"}, R"("/nowhere/h" can't be read)"},
    {"a folder of records", {"decode", "/"}, R"("/" is a directory)"},
};

class CommandLine : public testing::TestWithParam<Mistake> {};

TEST_P(CommandLine, NamesTheMistakeAndEndsWith2) {
  const Answer answer = tidemark(GetParam().arguments);
  EXPECT_EQ(answer.code, 2);
  EXPECT_EQ(answer.out, "");
  EXPECT_THAT(answer.err, HasSubstr(GetParam().complaint));
}

std::string name_of(const testing::TestParamInfo<Mistake>& info) {
  std::string out = info.param.story;
  for (char& c : out) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(Mistakes, CommandLine, testing::ValuesIn(mistakes), name_of);

TEST(Cli, SaysItsVersion) {
  EXPECT_EQ(tidemark({"version"}).out, "tidemark 1.2.3\n");
  EXPECT_EQ(tidemark({"--version"}).out, "tidemark 1.2.3\n");
  EXPECT_EQ(tidemark({"--version"}).code, 0);
}

TEST(Cli, ExplainsItself) {
  for (const std::vector<std::string>& asked :
       {std::vector<std::string>{"--help"}, {"-h"}, {"help"}}) {
    const Answer answer = tidemark(asked);
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.out, HasSubstr("check-config"));
  }
}

TEST(Cli, ExplainsEachCommandWithAnExample) {
  for (const std::string command :
       {"run", "groups", "describe", "check-config", "evaluate", "decode"}) {
    const Answer answer = tidemark({command, "--help"});
    EXPECT_EQ(answer.code, 0);
    EXPECT_THAT(answer.out, HasSubstr("Example")) << command;
    EXPECT_THAT(answer.out, HasSubstr("tidemark " + command)) << command;
    EXPECT_EQ(tidemark({"help", command}).out, answer.out);
  }
}

TEST(Cli, SaysWhatItCanDoWhenNothingIsAsked) {
  const Answer answer = tidemark({});
  EXPECT_EQ(answer.code, 2);
  EXPECT_THAT(answer.err, HasSubstr("check-config"));
}

TEST(Cli, DecodesStandardInput) {
  const Answer answer = tidemark({"decode"}, "nonsense\n");
  EXPECT_EQ(answer.code, 1);
  EXPECT_THAT(answer.out, HasSubstr("error"));
}

std::set<std::string> flags_in(const std::string& text) {
  std::set<std::string> out;
  for (auto at = text.find("--"); at != std::string::npos; at = text.find("--", at + 2)) {
    const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    if (text.substr(at, end - at).size() > 2) out.insert(text.substr(at, end - at));
  }
  return out;
}

// "run" -> the flags that its table in the reference has.
std::map<std::string, std::set<std::string>> flags_of_reference() {
  std::ifstream file(std::string{TIDEMARK_SOURCE_DIR} + "/docs/command-line.md");
  EXPECT_TRUE(file);
  std::map<std::string, std::set<std::string>> out;
  std::string command;
  for (std::string line; std::getline(file, line);) {
    const std::string heading = "## `tidemark ";
    if (line.rfind(heading, 0) == 0) {
      command =
          line.substr(heading.size(), line.find_first_of(" `", heading.size()) - heading.size());
      out[command];
    }
    if (line.rfind("| `-", 0) == 0)
      out[command].merge(flags_in(line.substr(0, line.find(" | ", 3))));
  }
  return out;
}

// "run" -> the flags that its own help has.
std::map<std::string, std::set<std::string>> flags_of_help() {
  std::map<std::string, std::set<std::string>> out;
  for (const auto& [command, flags] : flags_of_reference()) {
    const std::string help = tidemark({command, "--help"}).out;
    std::istringstream lines(help.substr(0, help.find("Example")));
    out[command];
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("  -", 0) == 0) out[command].merge(flags_in(line.substr(0, 34)));
    }
    out[command].erase("--help");
  }
  return out;
}

TEST(Cli, HasTheFlagsThatItsReferenceDescribes) {
  EXPECT_EQ(flags_of_help(), flags_of_reference());
}

TEST(Cli, HasTheCommandsThatItsReferenceDescribes) {
  const std::string help = tidemark({"--help"}).out;
  std::istringstream lines(help.substr(help.find("Subcommands:")));
  std::set<std::string> commands;
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line) && !line.empty();) {
    commands.insert(line.substr(2, line.find(' ', 2) - 2));
  }
  commands.erase("demo");  // comes and goes with its folder
  std::set<std::string> described;
  for (const auto& [command, flags] : flags_of_reference()) described.insert(command);
  EXPECT_EQ(commands, described);
}

// What stands between the quotes of "echo '…' | tidemark COMMAND" in its help.
std::string example_of(const std::string& command) {
  const std::string help = tidemark({command, "--help"}).out;
  const auto begin = help.find("echo '") + 6;
  return help.substr(begin, help.find('\'', begin) - begin) + "\n";
}

TEST(Cli, EvaluatesTheExampleOfItsHelp) {
  const Answer answer = tidemark({"evaluate", "-"}, example_of("evaluate"));
  EXPECT_EQ(answer.code, 0) << answer.out;
  EXPECT_THAT(answer.out, StartsWith(R"({"name":"quiet","status":"OK")"));
}

TEST(Cli, DecodesTheExampleOfItsHelp) {
  const Answer answer = tidemark({"decode"}, example_of("decode"));
  EXPECT_EQ(answer.code, 0) << answer.out;
  EXPECT_THAT(answer.out, HasSubstr("tombstone"));
}

}  // namespace
}  // namespace tidemark
