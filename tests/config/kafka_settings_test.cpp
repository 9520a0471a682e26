#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/config/loading.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

std::string with_kafka(const std::string& text) { return one_cluster + "[cluster.kafka]\n" + text; }

// A file with a secret, gone with the test.
class SecretFile {
 public:
  explicit SecretFile(const std::string& content) {
    std::string name = (std::filesystem::temp_directory_path() / "tidemark-secret-XXXXXX").string();
    const int fd = mkstemp(name.data());
    close(fd);
    path_ = name;
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~SecretFile() { std::filesystem::remove(path_); }
  SecretFile(const SecretFile&) = delete;
  SecretFile& operator=(const SecretFile&) = delete;

  [[nodiscard]] std::string line() const { return "sasl.password_file = \"" + path_ + "\"\n"; }

 private:
  std::string path_;
};

std::map<std::string, std::string> settings_of(const std::string& text,
                                               const Outside& outside = {}) {
  const Loaded loaded = load_text(with_kafka(text), outside);
  EXPECT_TRUE(loaded.config) << texts_of(loaded);
  return loaded.config ? loaded.config->clusters[0].kafka : std::map<std::string, std::string>{};
}

Problem problem_of(const std::string& text, const Outside& outside = {}) {
  const Loaded loaded = load_text(with_kafka(text), outside);
  EXPECT_EQ(loaded.problems.size(), 1u) << texts_of(loaded);
  return loaded.problems.empty() ? Problem{} : loaded.problems.front();
}

TEST(KafkaSettings, HaveDottedNamesHoweverTheyAreWritten) {
  const auto expected = ElementsAre(Pair("sasl.password", "p"), Pair("sasl.username", "u"));
  EXPECT_THAT(settings_of("sasl.username = \"u\"\nsasl.password = \"p\"\n"), expected);
  EXPECT_THAT(settings_of("\"sasl.username\" = \"u\"\n\"sasl.password\" = \"p\"\n"), expected);
  EXPECT_THAT(settings_of("sasl = { username = \"u\", password = \"p\" }\n"), expected);
  EXPECT_THAT(settings_of("[cluster.kafka.sasl]\nusername = \"u\"\npassword = \"p\"\n"), expected);
}

TEST(KafkaSettings, AreText) {
  EXPECT_THAT(settings_of("a.number = 1000\nb.yes = true\nc.no = false\nd.half = 0.5\n"),
              ElementsAre(Pair("a.number", "1000"), Pair("b.yes", "true"), Pair("c.no", "false"),
                          Pair("d.half", "0.5")));
}

TEST(KafkaSettings, TakeSecretsFromTheEnvironment) {
  EXPECT_THAT(settings_of("sasl.password = \"${PASSWORD}\"\n", {{{"PASSWORD", "hunter2"}}, {}}),
              ElementsAre(Pair("sasl.password", "hunter2")));
}

TEST(KafkaSettings, TakeSecretsFromAFileWithoutTheNewlineAtItsEnd) {
  for (const char* content : {"hunter2", "hunter2\n", "hunter2\r\n"}) {
    EXPECT_THAT(settings_of(SecretFile(content).line()),
                ElementsAre(Pair("sasl.password", "hunter2")));
  }
  EXPECT_THAT(settings_of(SecretFile(" two\nlines \n\n").line()),
              ElementsAre(Pair("sasl.password", " two\nlines \n")));
}

TEST(KafkaSettings, NameAFileThatCannotBeRead) {
  const Problem problem = problem_of("sasl.password_file = \"/nowhere/at/all\"\n");
  EXPECT_EQ(problem.key, "cluster[0].kafka.sasl.password_file");
  EXPECT_EQ(problem.line, 5u);
  EXPECT_EQ(problem.message, R"(the file "/nowhere/at/all" does not exist)");
}

TEST(KafkaSettings, NeedASecretInItsFile) {
  EXPECT_THAT(problem_of(SecretFile("\n").line()).message, HasSubstr("is empty"));
}

TEST(KafkaSettings, RefuseASecretGivenTwice) {
  const Problem problem = problem_of("sasl.password = \"hunter2\"\n" + SecretFile("x").line());
  EXPECT_EQ(problem.line, 6u);
  EXPECT_EQ(problem.message,
            "sasl.password is given twice: here, and in line 5 as cluster[0].kafka.sasl.password");
}

TEST(KafkaSettings, NameTheVariableThatIsNotSet) {
  EXPECT_EQ(problem_of("sasl.password = \"${PASSWORD}\"\n").message,
            "the environment variable PASSWORD is not set");
}

TEST(KafkaSettings, AreNoLists) {
  EXPECT_THAT(problem_of("ssl.cipher.suites = [\"a\"]\n").message, HasSubstr("is a list"));
}

TEST(KafkaSettings, AreCheckedByTheClient) {
  const Problem problem =
      problem_of("sasl.mechanizm = \"PLAIN\"\n", {{}, {{"sasl.mechanizm", "no such setting"}}});
  EXPECT_EQ(problem.key, "cluster[0].kafka.sasl.mechanizm");
  EXPECT_EQ(problem.message, "no such setting");
}

TEST(KafkaSettings, AreCheckedUnderTheNameWithoutFile) {
  EXPECT_EQ(problem_of(SecretFile("x").line(), {{}, {{"sasl.password", "too short"}}}).message,
            "too short");
}

// The client's own message may repeat the value that it refuses.
TEST(KafkaSettings, KeepSecretsOutOfTheClientsMessages) {
  const Outside outside{{{"PASSWORD", "hunter2"}},
                        {{"sasl.password", "invalid value \"hunter2\" (hunter2)"},
                         {"group.name", "invalid value \"hunter2\""}}};
  const SecretFile file("hunter2\n");
  for (const std::string& text : {std::string{"sasl.password = \"hunter2\"\n"},
                                  std::string{"sasl.password = \"${PASSWORD}\"\n"},
                                  std::string{"group.name = \"${PASSWORD}\"\n"}, file.line()}) {
    const Problem problem = problem_of(text, outside);
    EXPECT_THAT(problem.text(), Not(HasSubstr("hunter2")));
    EXPECT_THAT(problem.text(), HasSubstr("(hidden)"));
  }
}

TEST(KafkaSettings, KeepSecretsOutOfSyntaxErrors) {
  for (const char* text :
       {"sasl.password = hunter2\n", "sasl.password = \"hunter2\n", "sasl.password = 'hunter2\n",
        "sasl.password = \"x\" hunter2\n", "sasl.password = 99999999999999999999\n",
        "sasl.password = 1e99999\n", "sasl.password = 12hunter2\n", "sasl.password = [\"hunter2\n",
        "sasl.password = \"\"\"hunter2"}) {
    const Problem problem = problem_of(text);
    EXPECT_THAT(problem.text(), HasSubstr("not valid TOML"));
    EXPECT_THAT(problem.text(), Not(HasSubstr("hunter"))) << text;
    EXPECT_THAT(problem.text(), Not(HasSubstr("99999"))) << text;
  }
}

}  // namespace
}  // namespace tidemark
