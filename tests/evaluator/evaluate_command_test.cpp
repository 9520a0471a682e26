// The face of `tidemark evaluate`: what it reads, what it writes, what it refuses.
#include "daemon/evaluate_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace tidemark {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

struct Answered {
  int exit_code;
  std::string output;
};

Answered evaluate(const std::string& input, std::string_view rules = "") {
  std::istringstream in(input);
  std::ostringstream out;
  const int exit_code = evaluate_command(in, out, rules);
  return {exit_code, out.str()};
}

TEST(EvaluateCommand, AnswersEachLineInTheOrderOfTheFormat) {
  const Answered run = evaluate(
      R"({"name":"a","now":20000,"commits":[{"offset":5,"time":0}],"log_ends":[{"offset":5,"time":0},)"
      R"({"offset":9,"time":10000},{"offset":9,"time":20000}],"policy":{"max_time_lag":15}})"
      "\n");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.output,
            R"({"name":"a","status":"OK","trend":null,"reason":"warming_up","explanation":)"
            R"("4 records wait, the oldest for 20 s; its usual lateness is not known yet; )"
            R"(last commit 20 s ago","lag":4,"time_lag_seconds":20,"complete":0.1,)"
            R"("conditions":["over_max_time_lag"],"stale":false})"
            "\n");
}

TEST(EvaluateCommand, SaysUnknownAsNull) {
  const Answered run = evaluate(R"({"name":"a","now":20000,"commits":[],"log_ends":[]})");
  EXPECT_THAT(run.output, HasSubstr(R"("lag":null,"time_lag_seconds":null,"complete":0.0)"));
}

TEST(EvaluateCommand, GivesFractionsOfSeconds) {
  const Answered run = evaluate(R"({"name":"a","now":10500,"commits":[{"offset":5,"time":0}],)"
                                R"("log_ends":[{"offset":5,"time":0},{"offset":9,"time":10000}]})");
  EXPECT_THAT(run.output, HasSubstr(R"("time_lag_seconds":10.5,)"));
}

TEST(EvaluateCommand, SpeaksBurrowsWordsUnderItsRules) {
  const std::string story =
      R"("now":20000,"commits":[{"offset":5,"time":0}],"log_ends":[{"offset":9,"time":20000}])";
  const Answered asked = evaluate(R"({"name":"a",)" + story + "}", "burrow");
  EXPECT_THAT(asked.output, HasSubstr(R"("status":"STOP","trend":null,"reason":"stop")"));
  const Answered by_line = evaluate(R"({"name":"a","rules":"burrow",)" + story + "}");
  EXPECT_EQ(by_line.output, asked.output);
  const Answered overruled = evaluate(R"({"name":"a","rules":"tidemark",)" + story + "}", "burrow");
  EXPECT_THAT(overruled.output, HasSubstr(R"("reason":"warming_up")"));
}

TEST(EvaluateCommand, GivenLagsReplaceDerivedOnesAndNullIsUnknown) {
  const std::string begin =
      R"({"name":"a","rules":"burrow","now":20000,"log_ends":[{"offset":9,"time":0}],)";
  EXPECT_THAT(
      evaluate(begin +
               R"("commits":[{"offset":5,"time":19000,"lag":0},{"offset":6,"time":20000}]})")
          .output,
      HasSubstr(R"("reason":"ok")"));
  EXPECT_THAT(
      evaluate(begin +
               R"("commits":[{"offset":5,"time":19000,"lag":null},{"offset":6,"time":20000}]})")
          .output,
      HasSubstr(R"("reason":"warn")"));
}

TEST(EvaluateCommand, TakesMembersAsACountOrAFlag) {
  const std::string story =
      R"("assigned":false,"now":20000,"commits":[{"offset":5,"time":0}],"log_ends":[{"offset":9,"time":20000}]})";
  EXPECT_THAT(evaluate(R"({"members":2,)" + story).output, HasSubstr("topic_left"));
  EXPECT_THAT(evaluate(R"({"members":true,)" + story).output, HasSubstr("topic_left"));
  EXPECT_THAT(evaluate(R"({"members":0,)" + story).output, HasSubstr("warming_up"));
  EXPECT_THAT(evaluate(R"({"members":null,)" + story).output, HasSubstr("warming_up"));
}

TEST(EvaluateCommand, SkipsBlankLinesAndKeepsCountingThem) {
  const Answered run = evaluate("\n  \r\n{\"now\":1}\n\nnonsense\n");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.output, StartsWith(R"({"name":null,"status":"UNKNOWN")"));
  EXPECT_THAT(run.output,
              EndsWith("{\"name\":null,\"error\":\"line 5: not valid JSON at byte 2\"}\n"));
}

TEST(EvaluateCommand, AnswersNothingToNothing) {
  const Answered run = evaluate("");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.output, "");
}

TEST(EvaluateCommand, AnUnknownRuleSetAsFlagEndsItAtOnce) {
  testing::internal::CaptureStderr();
  const Answered run = evaluate(R"({"now":1})", "borrow");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.output, "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "--rules: no rule set \"borrow\": tidemark or burrow\n");
}

TEST(EvaluateCommand, KeysOfTheWritersOwnAreLeftAlone) {
  EXPECT_EQ(evaluate(R"({"now":1,"comment":"x","expected":{"status":"OK"}})").exit_code, 0);
}

// --- lines that are refused ----------------------------------------------------------------------

struct Refused {
  std::string line;
  std::string error;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.line; }

const Refused refused[] = {
    {R"({)", "not valid JSON at byte 2"},
    {R"([])", "not an object {…}"},
    {R"({"commits":[]})", "now: missing"},
    {R"({"now":"1"})", "now: not a whole number from -10000000000000000 to 10000000000000000"},
    {R"({"now":1.5})", "now: not a whole number from -10000000000000000 to 10000000000000000"},
    {R"({"now":1e300})", "now: not a whole number from -10000000000000000 to 10000000000000000"},
    {R"({"now":1,"commits":{}})", "commits: not an array […]"},
    {R"({"now":1,"commits":[{"offset":1,"time":1},7]})", "commits[1]: not an object {…}"},
    {R"({"now":1,"commits":[{"offset":1,"time":1},{"offset":2}]})", "commits[1].time: missing"},
    {R"({"now":1,"commits":[{"offset":-1,"time":1}]})",
     "commits[0].offset: not a whole number from 0 to 4611686018427387904"},
    {R"({"now":1,"commits":[{"offset":1,"time":1,"lag":"x"}]})",
     "commits[0].lag: not a whole number from 0 to 4611686018427387904"},
    {R"({"now":1,"log_ends":[{"offset":1,"time":5},{"offset":2,"time":4}]})",
     "log_ends[1].time: earlier than the one before it"},
    {R"({"now":1,"log_ends":[{"offset":18446744073709551615,"time":5}]})",
     "log_ends[0].offset: not a whole number from 0 to 4611686018427387904"},
    {R"({"now":1,"policy":{"patience_mn":3}})",
     "policy.patience_mn: no such key; did you mean patience_min?"},
    {R"({"now":1,"policy":{"xyzzy":3}})", "policy.xyzzy: no such key"},
    {R"({"now":1,"policy":{"window":-1}})", "policy.window: not from 0 to 100000000000 s"},
    {R"({"now":1,"policy":{"window":"5m"}})", "policy.window: not a number"},
    {R"({"now":1,"policy":{"intervals":1}})", "policy.intervals: not a whole number from 2 to 255"},
    {R"({"now":1,"policy":{"minimum_complete":1.5}})", "policy.minimum_complete: not 0 to 1"},
    {R"({"now":1,"policy":[]})", "policy: not an object {…}"},
    {R"({"now":1,"rules":"borrow"})", "rules: no rule set \"borrow\": tidemark or burrow"},
    {R"({"now":1,"previous":"FINE"})", "previous: no status \"FINE\""},
    {R"({"now":1,"assigned":1})", "assigned: neither true nor false"},
    {R"({"now":1,"members":-1})", "members: not a whole number from 0 to 4611686018427387904"},
    {R"({"now":1,"probe":7})", "probe: not an object {…}"},
    {R"({"now":1,"log_end":[]})", "log_end: no such key; did you mean log_ends?"},
};

class EvaluateCommandRefuses : public testing::TestWithParam<Refused> {};

TEST_P(EvaluateCommandRefuses, SayingWhereAndGoesOn) {
  std::string named = GetParam().line;
  if (named.size() > 2 && named[0] == '{') named.insert(1, R"("name":"bad",)");
  const Answered run = evaluate("{\"now\":1}\n" + named + "\n{\"now\":2}\n");
  EXPECT_EQ(run.exit_code, 1);
  std::istringstream lines(run.output);
  std::string line;
  std::getline(lines, line);
  EXPECT_THAT(line, HasSubstr("\"reason\":\"no_data\""));
  std::getline(lines, line);
  std::string quoted = "line 2: " + GetParam().error;
  for (std::size_t i = 0; (i = quoted.find('"', i)) != std::string::npos; i += 2) {
    quoted.insert(i, 1, '\\');
  }
  const std::string name = named == GetParam().line ? "null" : "\"bad\"";
  EXPECT_EQ(line, R"({"name":)" + name + R"(,"error":")" + quoted + "\"}");
  std::getline(lines, line);
  EXPECT_THAT(line, HasSubstr("\"reason\":\"no_data\""));
}

INSTANTIATE_TEST_SUITE_P(Lines, EvaluateCommandRefuses, testing::ValuesIn(refused));

TEST(EvaluateCommandRefuses, ANameThatIsNone) {
  EXPECT_EQ(evaluate(R"({"name":3,"now":1})").output,
            "{\"name\":null,\"error\":\"line 1: name: not a string\"}\n");
}

TEST(EvaluateCommandRefuses, BytesThatAreNoText) {
  const Answered run = evaluate("{\"name\":\"\xff\xfe\",\"now\":1}\n");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.output, HasSubstr("line 1: not valid JSON"));
}

TEST(EvaluateCommand, SurvivesExtremeNumbers) {
  const Answered run = evaluate(
      R"({"name":"x","now":10000000000000000,"commits":[{"offset":0,"time":-10000000000000000},)"
      R"({"offset":4611686018427387904,"time":5}],"log_ends":[{"offset":0,"time":-10000000000000000},)"
      R"({"offset":4611686018427387904,"time":10000000000000000}],)"
      R"("policy":{"allowed_lag":4611686018427387904,"remember":100000000000,"window":0,"refresh":0}})");
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_THAT(run.output, HasSubstr("caught_up"));
}

}  // namespace
}  // namespace tidemark
