#include "storage/database.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

class DatabaseTest : public testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name = "a.db") const { return folder_ / name; }
  [[nodiscard]] DatabaseSettings settings() const {
    return {path(), {"CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT)"}};
  }
  static void add(Database& to, std::int64_t id, std::string_view word) {
    to.prepare("INSERT INTO words VALUES(?1, ?2)").bind(1, id).bind_text(2, word).run();
  }
  static std::string word(Database& of, std::int64_t id) {
    Statement question = of.prepare("SELECT word FROM words WHERE id = ?1");
    return question.bind(1, id).step() ? std::string(question.bytes(0)) : "";
  }
  static std::int64_t count(Database& of) {
    Statement question = of.prepare("SELECT count(*) FROM words");
    return question.step() ? question.number(0) : -1;
  }

  test::TemporaryFolder folder_;
};

TEST_F(DatabaseTest, KeepsWhatWasCommitted) {
  {
    Database database;
    ASSERT_TRUE(database.open(settings()).ok());
    add(database, 7, "tide");
    EXPECT_EQ(database.changes(), 1);
  }
  Database again;
  ASSERT_TRUE(again.open(settings()).ok());
  EXPECT_EQ(word(again, 7), "tide");
}

TEST_F(DatabaseTest, MakesItsFolder) {
  Database database;
  DatabaseSettings deeper = settings();
  deeper.path = path("one/two/a.db");
  EXPECT_TRUE(database.open(deeper).ok());
  EXPECT_TRUE(fs::exists(deeper.path));
}

TEST_F(DatabaseTest, WhatIsRolledBackWasNeverThere) {
  Database database;
  ASSERT_TRUE(database.open(settings()).ok());
  ASSERT_TRUE(database.begin());
  add(database, 1, "lost");
  database.roll_back();
  EXPECT_EQ(count(database), 0);
}

// A transaction with a failure in it is taken back whole, and the failure is told once.
TEST_F(DatabaseTest, AFailureTakesItsTransactionBack) {
  Database database;
  ASSERT_TRUE(database.open(settings()).ok());
  ASSERT_TRUE(database.begin());
  add(database, 1, "one");
  add(database, 1, "one again");
  EXPECT_FALSE(database.commit());
  const DatabaseError error = database.take_error();
  EXPECT_EQ(error.fault, DatabaseFault::other);
  EXPECT_NE(error.message.find(path()), std::string::npos) << error.message;
  EXPECT_TRUE(database.take_error().ok());
  EXPECT_EQ(count(database), 0);
  add(database, 2, "two");
  EXPECT_EQ(count(database), 1);
}

TEST_F(DatabaseTest, ReadersSeeWhatIsCommittedAndNeverWait) {
  Database writer;
  ASSERT_TRUE(writer.open(settings()).ok());
  DatabaseSettings reading = settings();
  reading.read_only = true;
  Database reader;
  ASSERT_TRUE(reader.open(reading).ok());
  ASSERT_TRUE(writer.begin());
  add(writer, 1, "one");
  EXPECT_EQ(count(reader), 0);
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(count(reader), 1);
}

TEST_F(DatabaseTest, OlderSchemasAreBroughtUp) {
  {
    Database old;
    ASSERT_TRUE(old.open(settings()).ok());
    add(old, 1, "tide");
  }
  DatabaseSettings newer = settings();
  newer.migrations.emplace_back("ALTER TABLE words ADD COLUMN kind TEXT DEFAULT 'noun'");
  Database database;
  ASSERT_TRUE(database.open(newer).ok());
  Statement question = database.prepare("SELECT word, kind FROM words");
  ASSERT_TRUE(question.step());
  EXPECT_EQ(question.bytes(0), "tide");
  EXPECT_EQ(question.bytes(1), "noun");
}

TEST_F(DatabaseTest, ANewerSchemaIsRefusedAndLeftAlone) {
  {
    DatabaseSettings newer = settings();
    newer.migrations.emplace_back("CREATE TABLE more(id INTEGER PRIMARY KEY)");
    Database database;
    ASSERT_TRUE(database.open(newer).ok());
  }
  Database database;
  const DatabaseError error = database.open(settings());
  EXPECT_EQ(error.fault, DatabaseFault::newer);
  EXPECT_NE(error.message.find("schema 2"), std::string::npos) << error.message;
}

TEST_F(DatabaseTest, AMigrationThatFailsLeavesTheVersionBefore) {
  {
    Database database;
    ASSERT_TRUE(database.open(settings()).ok());
    add(database, 1, "tide");
  }
  DatabaseSettings broken = settings();
  broken.migrations.emplace_back("CREATE TABLE more(id INTEGER PRIMARY KEY); NONSENSE");
  Database failing;
  EXPECT_EQ(failing.open(broken).fault, DatabaseFault::other);
  Database database;
  ASSERT_TRUE(database.open(settings()).ok());
  EXPECT_EQ(word(database, 1), "tide");
}

TEST_F(DatabaseTest, WhatIsNoDatabaseIsDamagedAndCanBeSetAside) {
  std::ofstream(path()) << std::string(10'000, 'x');
  {
    Database database;
    EXPECT_EQ(database.open(settings()).fault, DatabaseFault::damaged);
  }
  const auto moved = set_aside(path(), 1'700'000'000'000);
  ASSERT_TRUE(moved.ok());
  EXPECT_TRUE(fs::exists(moved.value()));
  EXPECT_EQ(fs::file_size(moved.value()), 10'000U);
  Database database;
  EXPECT_TRUE(database.open(settings()).ok());
}

// The header is fine, and a page in the middle is not.
TEST_F(DatabaseTest, DamageInTheMiddleIsToldWhenItIsMet) {
  {
    Database database;
    ASSERT_TRUE(database.open(settings()).ok());
    database.begin();
    for (int i = 0; i < 5000; ++i) add(database, i, std::string(100, 'a'));
    database.commit();
  }
  {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(3 * 4096);
    file << std::string(50 * 4096, '\xff');
  }
  Database database;
  ASSERT_TRUE(database.open(settings()).ok());
  Statement question = database.prepare("SELECT sum(length(word)) FROM words");
  EXPECT_FALSE(question.step());
  EXPECT_EQ(database.take_error().fault, DatabaseFault::damaged);
}

// The kernel's limit on file sizes stands for a disk without room.
TEST_F(DatabaseTest, AFullDiskIsToldAndWhatWasThereStays) {
  Database database;
  ASSERT_TRUE(database.open(settings()).ok());
  add(database, 1, "tide");
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{200'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  database.begin();
  for (int i = 2; i < 20'000; ++i) add(database, i, std::string(200, 'x'));
  const bool committed = database.commit();
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_FALSE(committed);
  const DatabaseError error = database.take_error();
  EXPECT_EQ(error.fault, DatabaseFault::full);
  EXPECT_NE(error.message.find("File too large"), std::string::npos) << error.message;
  EXPECT_EQ(word(database, 1), "tide");
  add(database, 2, "again");
  EXPECT_EQ(count(database), 2);
}

TEST(DatabaseErrorTest, AFaultIsKnownInOtherWordsAndWhatHasNoNameIsNot) {
  const DatabaseError full{DatabaseFault::full, "a.db: database or disk is full"};
  const DatabaseError full_too{DatabaseFault::full,
                               "a.db: disk I/O error (No space left on device)"};
  EXPECT_TRUE(full_too.known_from(full));
  EXPECT_FALSE(full.known_from({}));
  EXPECT_FALSE((DatabaseError{DatabaseFault::read_only, full.message}).known_from(full));
  const DatabaseError locked{DatabaseFault::other, "a.db: database is locked"};
  EXPECT_TRUE(locked.known_from(locked));
  EXPECT_FALSE((DatabaseError{DatabaseFault::other, "a.db: no rights"}).known_from(locked));
}

TEST_F(DatabaseTest, RoomOfDeletedRowsIsGivenBackInSteps) {
  Database database;
  ASSERT_TRUE(database.open(settings()).ok());
  database.begin();
  for (int i = 0; i < 20'000; ++i) add(database, i, std::string(100, 'a'));
  database.commit();
  const auto whole = database.bytes();
  database.run("DELETE FROM words");
  database.shrink(100);
  EXPECT_EQ(database.bytes(), whole - 100 * 4096);
  database.shrink(1'000'000);
  EXPECT_LT(database.bytes(), whole / 10);
}

}  // namespace
}  // namespace tidemark
