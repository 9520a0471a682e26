#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/config/loading.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

// A folder for one test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "tidemark-config-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path() const { return path_; }
  [[nodiscard]] std::string file(const std::string& content) const {
    const std::string name = path_ + "/tidemark.toml";
    std::ofstream(name, std::ios::binary) << content;
    return name;
  }

 private:
  std::string path_;
};

std::string only_problem(const std::string& path) {
  const Loaded loaded = load_config(path, Outside{}.surround());
  EXPECT_EQ(loaded.problems.size(), 1u) << texts_of(loaded);
  return loaded.problems.empty() ? "" : loaded.problems.front().text();
}

TEST(LoadFile, ReadsAFile) {
  const Folder folder;
  const Loaded loaded = load_config(folder.file(one_cluster), Outside{}.surround());
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  EXPECT_EQ(loaded.config->clusters[0].name, "PROD");
}

TEST(LoadFile, NamesTheFileInEachProblem) {
  const Folder folder;
  const std::string path = folder.file(one_cluster + "[http]\nthreads = 0\n");
  EXPECT_THAT(only_problem(path), HasSubstr(path + ":5: http.threads: 0 is out of range"));
}

TEST(LoadFile, SaysThatThereIsNoFile) {
  EXPECT_EQ(only_problem("/nowhere/t.toml"), "/nowhere/t.toml: the file does not exist");
}

TEST(LoadFile, SaysThatItIsAFolder) {
  const Folder folder;
  EXPECT_EQ(only_problem(folder.path()), folder.path() + ": the file is a directory");
}

TEST(LoadFile, SaysThatItMayNotBeRead) {
  if (geteuid() == 0) {
    // The superuser may read everything; a path through a file fails for everybody.
    const Folder folder;
    const std::string path = folder.file(one_cluster) + "/below";
    EXPECT_EQ(only_problem(path), path + ": the file can't be read (Not a directory)");
    return;
  }
  const Folder folder;
  const std::string path = folder.file(one_cluster);
  std::filesystem::permissions(path, std::filesystem::perms::none);
  EXPECT_EQ(only_problem(path), path + ": the file can't be read (Permission denied)");
}

TEST(LoadFile, DoesNotReadWithoutEnd) {
  EXPECT_THAT(only_problem("/dev/zero"), HasSubstr("is larger than"));
}

TEST(LoadFile, TakesTheExampleAsItIs) {
  const Loaded loaded = load_config(
      std::string{TIDEMARK_SOURCE_DIR} + "/config/tidemark.example.toml", Outside{}.surround());
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  EXPECT_EQ(loaded.config->clusters.size(), 2u);
  EXPECT_EQ(loaded.config->policies.entries().size(), 3u);
}

}  // namespace
}  // namespace tidemark
