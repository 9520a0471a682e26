#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "daemon/check_config_command.h"
#include "daemon/surround.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

class CheckConfig : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tidemark-check-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    file_ = folder_ + "/t.toml";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  int check(const std::string& text, bool json = false) {
    std::ofstream(file_) << text;
    std::istringstream in;
    return check_config_command(file_, json, process_surround(), {in, out_, err_});
  }

  std::string folder_;
  std::string file_;
  std::ostringstream out_;
  std::ostringstream err_;
};

const std::string good = "[[cluster]]\nname = \"A\"\nbootstrap = \"k:9092\"\n";

TEST_F(CheckConfig, CountsWhatAGoodFileHas) {
  EXPECT_EQ(check(good + "[[policy]]\ngroup = \"a\"\n[[policy]]\n"), 0);
  EXPECT_EQ(out_.str(), file_ + ": ok: 1 cluster, 2 policies\n");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(CheckConfig, SaysEveryProblemOnALineOfItsOwn) {
  EXPECT_EQ(check(good + "refesh = \"1s\"\n[http]\nthreads = 0\n"), 2);
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(err_.str(),
            file_ + ":4: cluster[0].refesh: is not a known key; did you mean \"refresh\"?\n" +
                file_ + ":6: http.threads: 0 is out of range; it has to be 1 to 4096\n");
}

TEST_F(CheckConfig, TellsMachinesTheSame) {
  EXPECT_EQ(check(good + "[http]\nthreads = 0\n", true), 2);
  const auto answer = nlohmann::json::parse(out_.str());
  EXPECT_EQ(answer["ok"], false);
  ASSERT_EQ(answer["problems"].size(), 1u);
  EXPECT_EQ(answer["problems"][0]["file"], file_);
  EXPECT_EQ(answer["problems"][0]["line"], 5);
  EXPECT_EQ(answer["problems"][0]["key"], "http.threads");
  out_.str("");
  EXPECT_EQ(check(good, true), 0);
  EXPECT_EQ(nlohmann::json::parse(out_.str())["clusters"], 1);
}

TEST_F(CheckConfig, AsksTheKafkaClientAboutItsSettings) {
  EXPECT_EQ(check(good + "[cluster.kafka]\nsasl.mechanizm = \"PLAIN\"\n"), 2);
  EXPECT_THAT(err_.str(), HasSubstr(":5: cluster[0].kafka.sasl.mechanizm: "));
}

TEST_F(CheckConfig, RefusesSettingsThatTidemarkDependsOn) {
  EXPECT_EQ(check(good + "[cluster.kafka]\nisolation.level = \"read_uncommitted\"\n"), 2);
  EXPECT_THAT(err_.str(), HasSubstr(":5: cluster[0].kafka.isolation.level: "));
}

TEST_F(CheckConfig, RendersTheTemplatesOfReceivers) {
  const std::string receiver =
      "[[receiver]]\nname = \"r\"\n[receiver.webhook]\nurl = \"https://x/y\"\n";
  EXPECT_EQ(check(good + receiver + "body = '{\"a\": \"{{grup}}\"}'\n"), 2);
  EXPECT_THAT(err_.str(),
              HasSubstr(":8: receiver[0].webhook.body: line 1 of the template: {{grup}}"));
  err_.str("");
  EXPECT_EQ(check(good + receiver + "body = '{\"a\": {{group}}}'\n"), 2);
  EXPECT_THAT(err_.str(),
              HasSubstr(":8: receiver[0].webhook.body: rendered with a sample: is no JSON"));
  EXPECT_EQ(check(good + receiver), 0);
  EXPECT_EQ(out_.str(), file_ + ": ok: 1 cluster, 0 policies, 1 receiver, 0 routes\n");
}

TEST_F(CheckConfig, TakesTheExample) {
  std::istringstream in;
  const int code =
      check_config_command(std::string{TIDEMARK_SOURCE_DIR} + "/config/tidemark.example.toml",
                           false, process_surround(), {in, out_, err_});
  EXPECT_EQ(code, 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("ok: 2 clusters, 3 policies, 9 receivers, 1 route"));
}

}  // namespace
}  // namespace tidemark
