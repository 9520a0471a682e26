#include "daemon/decode_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "collectors/record.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

struct Decoded {
  int exit_code = 0;
  std::vector<Json> answers;
};

Decoded decode(const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  Decoded run;
  run.exit_code = decode_command(in, out);
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) run.answers.push_back(Json::parse(line));
  return run;
}

// --- records of real brokers, and of Kafka's own serializer
// ---------------------------------------

class Golden : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::ifstream file(std::string(TIDEMARK_GOLDEN_DIR) + "/" + GetParam() + ".jsonl");
    for (std::string line; std::getline(file, line);) {
      input += line + "\n";
      rows.push_back(Json::parse(line));
    }
    ASSERT_FALSE(rows.empty());
  }

  std::string input;
  std::vector<Json> rows;
};
INSTANTIATE_TEST_SUITE_P(Records, Golden,
                         ::testing::Values("broker_3_9", "broker_4_3", "broker_4_3_kinds",
                                           "serialized"));

TEST_P(Golden, AreDecodedFieldByField) {
  const Decoded run = decode(input);
  EXPECT_EQ(run.exit_code, 0);
  ASSERT_EQ(run.answers.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(run.answers[i], rows[i]["expected"]);
}

TEST_P(Golden, LieInThePartitionThatTheirGroupHashesTo) {
  for (const Json& row : rows) {
    if (!row.contains("offsets_partition")) continue;
    const std::string group = row["expected"]["group"];
    const std::int32_t partitions = row.value("offsets_partitions", 5);
    EXPECT_EQ(offsets_partition_of(group, partitions), row["offsets_partition"]) << group;
  }
}

// --- input that is not as it should be
// -------------------------------------------------------------

TEST(DecodeCommand, AnswersEveryLineInOrder) {
  const Decoded run = decode(R"({"key_hex": "0063", "value_hex": null})"
                             "\n"
                             R"({"key_hex": "0063", "value_hex": "0007"})"
                             "\n");
  EXPECT_EQ(run.exit_code, 0);
  ASSERT_EQ(run.answers.size(), 2U);
  EXPECT_EQ(run.answers[0], Json::parse(R"({"key_type": 99, "kind": "Unknown", "tombstone": true,
                                            "value_version": null})"));
  EXPECT_EQ(run.answers[1]["value_version"], 7);
}

struct Row {
  const char* story;
  const char* line;
  const char* says;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.story; }

const Row bad_lines[] = {
    {"not JSON", "{", "line 1: not valid JSON"},
    {"an empty line", "", "line 1: not valid JSON"},
    {"not an object", "[1]", "line 1: not an object"},
    {"not UTF-8", "{\"key_hex\": \"\xff\"}", "line 1: not valid JSON at byte"},
    {"no key", R"({"value_hex": null})", "line 1: key_hex: missing"},
    {"no value", R"({"key_hex": "0063"})", "line 1: value_hex: missing"},
    {"a number for a key", R"({"key_hex": 63, "value_hex": null})", "line 1: key_hex: neither"},
    {"an odd number of digits", R"({"key_hex": "006", "value_hex": null})", "line 1: key_hex: 3"},
    {"no digit", R"({"key_hex": "0063", "value_hex": "00 1"})",
     "line 1: value_hex: no hexadecimal digit at character 3"},
    {"a null key", R"({"key_hex": null, "value_hex": null})", "byte 0 of the key"},
    {"a damaged key", R"({"key_hex": "0001ffff", "value_hex": null})", "at byte 2 of the key"},
    {"a damaged value", R"({"key_hex": "0002000161", "value_hex": ""})", "byte 0 of the value"},
};

class BadLine : public ::testing::TestWithParam<Row> {};
INSTANTIATE_TEST_SUITE_P(DecodeCommand, BadLine, ::testing::ValuesIn(bad_lines));

TEST_P(BadLine, IsAnsweredAndTheRunGoesOn) {
  const std::string good = R"({"key_hex": "0063", "value_hex": "AbcD"})";
  const Decoded run = decode(std::string(GetParam().line) + "\n" + good + "\n");
  EXPECT_EQ(run.exit_code, 1);
  ASSERT_EQ(run.answers.size(), 2U);
  EXPECT_THAT(run.answers[0].at("error").get<std::string>(), HasSubstr(GetParam().says));
  EXPECT_EQ(run.answers[0].size(), 1U);
  EXPECT_EQ(run.answers[1]["kind"], "Unknown");
}

TEST(DecodeCommand, TheLastLineNeedsNoEnd) {
  EXPECT_EQ(decode(R"({"key_hex": "0063", "value_hex": null})").answers.size(), 1U);
  EXPECT_TRUE(decode("").answers.empty());
}

TEST(DecodeCommand, BrokenTextComesOutWithReplacements) {
  const Decoded run = decode(R"({"key_hex": "00020003ff61c3", "value_hex": null})");
  EXPECT_EQ(run.answers.at(0)["group"], "\ufffda\ufffd");
}

TEST(DecodeCommand, AnOutputThatBreaksIsNotSuccess) {
  std::istringstream in(R"({"key_hex": "0063", "value_hex": null})");
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_EQ(decode_command(in, out), 1);
}

}  // namespace
}  // namespace tidemark
