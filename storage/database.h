// One SQLite file: opened, brought to the newest schema, asked. All that knows of SQLite is behind
// this header.
//
// A connection and its statements belong to one thread at a time. Several connections, in any
// threads, may have one file open: it is in WAL mode, so that readers never wait for the writer nor
// the writer for them. Each call waits at most two seconds for a lock.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark {

// Why a database can't be used, as far as one does something different about it.
enum class DatabaseFault : std::uint8_t {
  none,
  damaged,    // its bytes are no database, or contradict themselves
  newer,      // made by a version of Tidemark that knows more
  full,       // no room on the disk
  read_only,  // the file, its folder or its disk
  other,      // locked for too long, no rights, …
};

struct DatabaseError {
  DatabaseFault fault = DatabaseFault::none;
  std::string message;  // names the file

  [[nodiscard]] bool ok() const { return fault == DatabaseFault::none; }
  // Whether who was told of `before` knows this too. Words differ for one fault: a disk is full, or
  // an input or output failed since there was no space left on it.
  [[nodiscard]] bool known_from(const DatabaseError& before) const {
    return fault == before.fault && (fault != DatabaseFault::other || message == before.message);
  }
};

// Whether a power cut may take the newest transactions (never the file).
enum class Durability : std::uint8_t { each_transaction, last_ones_may_be_lost };

struct DatabaseSettings {
  std::string path;
  // Statements that make schema version 1, 2, … each from the one before. Never edited once
  // released, only added to.
  std::vector<std::string_view> migrations;
  Durability durability = Durability::each_transaction;
  bool read_only = false;  // then it must exist and have the newest schema
};

class Database;

// A prepared question. bind() counts from 1, columns from 0. After a failure the rest of its calls
// do nothing until reset().
class Statement {
 public:
  ~Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;

  Statement& bind(int at, std::int64_t value);
  Statement& bind_null(int at);
  Statement& bind_text(int at, std::string_view value);  // copied
  Statement& bind_blob(int at, std::string_view value);  // copied

  // True if there is a row; false at the end and after a failure (see Database::error()).
  bool step();
  // Runs it to its end and makes it ready for the next time. False after a failure.
  bool run();
  void reset();

  [[nodiscard]] std::int64_t number(int column) const;
  // Valid until the next step.
  [[nodiscard]] std::string_view bytes(int column) const;

 private:
  friend class Database;
  struct Impl;
  explicit Statement(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

class Database {
 public:
  Database();
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Once. The file and its folder are made if need be.
  DatabaseError open(const DatabaseSettings& settings);

  // `sql` is ours and fixed: it must be valid for the schema.
  Statement prepare(std::string_view sql);
  bool run(std::string_view sql);

  bool begin();
  // Takes everything since begin() back if it fails.
  bool commit();
  void roll_back();

  // The first failure since the last look, which clears it.
  DatabaseError take_error();

  [[nodiscard]] std::uint64_t bytes();      // of the file, without what waits in its log
  [[nodiscard]] std::int64_t free_pages();  // of the file, to be used again or given back
  [[nodiscard]] std::int64_t changes();     // rows touched by the last statement
  // Gives up to so many free pages back to the file system.
  void shrink(int pages);

 private:
  friend class Statement;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Out of the way, never deleted: renames the file (and its logs) to PATH.damaged-TIME and returns
// the new name.
Result<std::string> set_aside(const std::string& path, std::int64_t now_ms);

}  // namespace tidemark
