#include "evaluator/group_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "evaluator/report.h"

namespace tidemark {
namespace {

using Places = std::vector<std::uint32_t>;

GroupList groups_named(const std::vector<std::string>& names) {
  GroupList out;
  for (const std::string& name : names) {
    auto group = std::make_shared<GroupReport>();
    group->name = GroupName{name};
    out.push_back(std::move(group));
  }
  return out;
}

std::string lowered(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// One name after the other.
Places looked_through(const std::vector<std::string>& names, const std::string& part) {
  Places out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (lowered(names[i]).find(lowered(part)) != std::string::npos) {
      out.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return out;
}

TEST(GroupNames, AreFoundInAnyLetterCase) {
  const GroupNames names;
  const GroupList groups = groups_named({"Billing", "orders", "re-billing"});
  EXPECT_EQ(names.with("BILL", groups), (Places{0, 2}));
  EXPECT_EQ(names.with("orders", groups), (Places{1}));
  EXPECT_EQ(names.with("none", groups), Places{});
  EXPECT_EQ(names.with("", groups), (Places{0, 1, 2}));
}

TEST(GroupNames, APartIsInOneNameNotInTwo) {
  const GroupNames names;
  const GroupList groups = groups_named({"abc", "def", "", "cd"});
  EXPECT_EQ(names.with("cd", groups), (Places{3}));
  EXPECT_EQ(names.with("fcd", groups), Places{});
}

TEST(GroupNames, OfNoGroups) { EXPECT_EQ(GroupNames().with("a", GroupList()), Places{}); }

// Few letters, so that parts are found often, and across the ends of names too.
TEST(GroupNames, AreThoseThatLookingIntoEachOneFinds) {
  std::mt19937 random(1);
  const auto word = [&](std::size_t longest) {
    std::string out;
    for (std::size_t left = random() % (longest + 1); left > 0; --left) out += "abAB"[random() % 4];
    return out;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> words(random() % 80);
    for (std::string& each : words) each = word(6);
    const GroupList groups = groups_named(words);
    const GroupNames names;
    for (int question = 0; question < 10; ++question) {
      const std::string part = word(4);
      ASSERT_EQ(names.with(part, groups), looked_through(words, part)) << "part " << part;
    }
  }
}

}  // namespace
}  // namespace tidemark
