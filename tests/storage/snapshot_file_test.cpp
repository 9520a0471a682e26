// A snapshot's file is whole, or it is refused with the reason; and a failed one leaves the one
// from before where it is.
#include "storage/snapshot_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

class SnapshotFiles : public testing::Test {
 protected:
  using Parts = std::vector<std::pair<int, std::string>>;

  void write(const Parts& parts) {
    SnapshotFileWriter writer(path);
    ASSERT_TRUE(writer.begin());
    for (const auto& [kind, bytes] : parts) {
      ASSERT_TRUE(writer.add(static_cast<std::uint8_t>(kind), bytes));
    }
    ASSERT_TRUE(writer.finish());
    EXPECT_EQ(writer.bytes(), std::filesystem::file_size(path));
  }
  Parts read() {
    auto opened = SnapshotFile::open(path);
    EXPECT_TRUE(opened.file) << opened.refused;
    Parts out;
    if (!opened.file) return out;
    for (const SnapshotFile::Part& part : opened.file->parts()) {
      out.emplace_back(part.kind, opened.file->read(part).value());
    }
    return out;
  }
  std::string refusal() { return SnapshotFile::open(path).refused; }
  std::string bytes() {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void put(const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

  const Parts some{{1, "head"}, {2, ""}, {7, std::string(3'000'000, 'x')}, {2, "more"}};
  test::TemporaryFolder folder;
  std::string path = folder / "snapshot.bin";
};

TEST_F(SnapshotFiles, give_back_their_parts_in_order) {
  write(some);
  EXPECT_EQ(read(), some);
  write({});
  EXPECT_TRUE(read().empty());
}

TEST_F(SnapshotFiles, that_are_not_there_are_no_fault) {
  const auto opened = SnapshotFile::open(path);
  EXPECT_FALSE(opened.file);
  EXPECT_EQ(opened.refused, "");
}

TEST_F(SnapshotFiles, that_are_torn_anywhere_are_refused) {
  write({{1, "head"}, {2, "groups"}, {3, ""}});
  const std::string whole = bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    put(whole.substr(0, size));
    EXPECT_NE(refusal(), "") << size << " of " << whole.size();
  }
  put(whole + "x");
  EXPECT_EQ(refusal(), "it goes on behind its end");
  put(whole);
  EXPECT_EQ(refusal(), "");
}

TEST_F(SnapshotFiles, with_any_byte_changed_are_refused) {
  write({{1, "head"}, {2, "groups"}, {3, ""}});
  const std::string whole = bytes();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    put(damaged);
    EXPECT_NE(refusal(), "") << "byte " << at;
  }
}

TEST_F(SnapshotFiles, of_another_version_or_kind_say_so) {
  write({{1, "head"}});
  std::string newer = bytes();
  newer[newer.find('\n') + 1] = 2;
  put(newer);
  EXPECT_EQ(refusal(), "it is of format 2, and this version reads format 1");
  put("SQLite format 3 and some more of it");
  EXPECT_EQ(refusal(), "it is no snapshot");
  put("");
  EXPECT_EQ(refusal(), "it is torn: it has no beginning");
}

TEST_F(SnapshotFiles, that_are_not_finished_leave_the_one_before) {
  write({{1, "first"}});
  {
    SnapshotFileWriter writer(path);
    ASSERT_TRUE(writer.begin());
    ASSERT_TRUE(writer.add(1, "second"));
  }
  EXPECT_EQ(read(), (Parts{{1, "first"}}));
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
}

TEST_F(SnapshotFiles, in_a_folder_that_is_not_there_name_it) {
  SnapshotFileWriter writer(folder / "missing/snapshot.bin");
  const Status begun = writer.begin();
  ASSERT_FALSE(begun);
  EXPECT_NE(begun.error().message.find("/missing/snapshot.bin"), std::string::npos);
}

}  // namespace
}  // namespace tidemark
