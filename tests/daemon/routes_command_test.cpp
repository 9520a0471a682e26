// `tidemark routes`: who would be told, and why.
#include "daemon/routes_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "daemon/surround.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

class RoutesCommand : public testing::Test {
 protected:
  int routes(const std::string& group, const std::string& status = "ERROR") {
    out_.str("");
    err_.str("");
    const RoutesRequest request{folder_ / "t.toml", "PROD", group, status, "status", ""};
    return routes_command(request, process_surround(), {in_, out_, err_});
  }
  void config(const std::string& rest) {
    std::ofstream(folder_ / "t.toml")
        << "[[cluster]]\nname = \"PROD\"\nbootstrap = \"b:9092\"\n"
           "[[receiver]]\nname = \"ops\"\n[receiver.command]\ncommand = [\"true\"]\n"
        << rest;
  }

  test::TemporaryFolder folder_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(RoutesCommand, SaysWhoIsToldAndWhyNotOthers) {
  config(R"(
[[policy]]
group = "pay.*"
labels = { team = "checkout" }
[[route]]
name = "warnings"
status = "WARNING"
[[route]]
name = "checkout"
labels = { team = "checkout" }
receivers = ["ops"]
quiet = ["22:00-06:30 Europe/Berlin"]
escalate = ["15m ops"]
)");
  EXPECT_EQ(routes("payments"), 0) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("labels: team=\"checkout\"\n"));
  EXPECT_THAT(out_.str(), HasSubstr("warnings: no: status \"ERROR\" is not \"WARNING\"\n"));
  EXPECT_THAT(out_.str(), HasSubstr("checkout: yes: tells ops\n"));
  EXPECT_THAT(out_.str(), HasSubstr("22:00 to 06:30 Europe/Berlin"));
  EXPECT_THAT(out_.str(), HasSubstr("not acknowledged after 15m: also ops"));
  EXPECT_EQ(routes("billing"), 1);
  EXPECT_THAT(out_.str(), HasSubstr("nobody is told"));
  EXPECT_EQ(routes("payments", "WARNING"), 1) << "it takes it and tells nobody";
}

TEST_F(RoutesCommand, WithoutRoutesEveryReceiverIsTold) {
  config("");
  EXPECT_EQ(routes("payments"), 0);
  EXPECT_THAT(out_.str(), HasSubstr("default: yes: tells ops"));
}

TEST_F(RoutesCommand, RefusesWhatIsWrong) {
  config("[[route]]\nquiet = [\"22:00-06:00 Europe/Atlantis\"]\n");
  EXPECT_EQ(routes("payments"), 2);
  EXPECT_THAT(err_.str(), HasSubstr("Europe/Atlantis"));
  config("");
  EXPECT_EQ(routes("payments", "BROKEN"), 2);
  EXPECT_THAT(err_.str(), HasSubstr("BROKEN"));
}

}  // namespace
}  // namespace tidemark
