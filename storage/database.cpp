#include "storage/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

constexpr int lock_limit_ms = 2000;

// What the system said of an input or output that failed; 0: nothing. `last` is errno after the
// call: SQLite does not pass on what made a commit fail.
int system_fault_of(int code, sqlite3* handle, int last) {
  const bool of_the_system = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
  if (!of_the_system || handle == nullptr) return 0;
  const int passed_on = sqlite3_system_errno(handle);
  return passed_on != 0 ? passed_on : last;
}

DatabaseFault fault_of(int code, int of_the_system = 0) {
  if (of_the_system == ENOSPC || of_the_system == EDQUOT || of_the_system == EFBIG) {
    return DatabaseFault::full;
  }
  if (of_the_system == EROFS) return DatabaseFault::read_only;
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return DatabaseFault::none;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DatabaseFault::damaged;
    case SQLITE_FULL:
      return DatabaseFault::full;
    case SQLITE_READONLY:
      return DatabaseFault::read_only;
    default:
      return DatabaseFault::other;
  }
}

}  // namespace

struct Database::Impl {
  std::string path;
  sqlite3* handle = nullptr;
  DatabaseError error;
  bool in_transaction = false;
  bool doomed = false;  // something in it failed

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { sqlite3_close_v2(handle); }

  bool check(int code) {
    const int last = errno;
    if (fault_of(code) == DatabaseFault::none) return true;
    doomed = in_transaction;
    if (error.ok()) {
      const int of_the_system = system_fault_of(code, handle, last);
      const char* why = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
      error = {fault_of(code, of_the_system), path + ": " + why};
      if (of_the_system != 0) {
        error.message += " (" + std::generic_category().message(of_the_system) + ")";
      }
    }
    return false;
  }
  bool run(std::string_view sql) {
    errno = 0;
    return check(sqlite3_exec(handle, std::string(sql).c_str(), nullptr, nullptr, nullptr));
  }
};

struct Statement::Impl {
  Database::Impl* of = nullptr;
  sqlite3_stmt* handle = nullptr;
  bool failed = false;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { sqlite3_finalize(handle); }

  void check(int code) {
    if (!of->check(code)) failed = true;
  }
};

Statement::Statement(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Statement::~Statement() = default;
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;

Statement& Statement::bind(int at, std::int64_t value) {
  if (!impl_->failed) impl_->check(sqlite3_bind_int64(impl_->handle, at, value));
  return *this;
}

Statement& Statement::bind_null(int at) {
  if (!impl_->failed) impl_->check(sqlite3_bind_null(impl_->handle, at));
  return *this;
}

Statement& Statement::bind_text(int at, std::string_view value) {
  if (!impl_->failed) {
    impl_->check(sqlite3_bind_text64(impl_->handle, at, value.data(), value.size(),
                                     SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  return *this;
}

Statement& Statement::bind_blob(int at, std::string_view value) {
  if (!impl_->failed) {
    const char* data = value.empty() ? "" : value.data();
    impl_->check(sqlite3_bind_blob64(impl_->handle, at, data, value.size(), SQLITE_TRANSIENT));
  }
  return *this;
}

bool Statement::step() {
  // SQLite takes some failed transactions back by itself, and what follows would stand alone.
  if (impl_->failed || impl_->of->doomed) return false;
  errno = 0;
  const int code = sqlite3_step(impl_->handle);
  impl_->check(code);
  return code == SQLITE_ROW;
}

bool Statement::run() {
  while (step()) {
  }
  const bool fine = !impl_->failed && !impl_->of->doomed;
  reset();
  return fine;
}

void Statement::reset() {
  if (impl_->handle != nullptr) {
    sqlite3_reset(impl_->handle);
    impl_->failed = false;
  }
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(impl_->handle, column);
}

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(impl_->handle, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(impl_->handle, column));
  return {static_cast<const char*>(data), size};
}

Database::Database() = default;
Database::~Database() = default;

namespace {

std::int64_t ask_number(Database& database, std::string_view sql) {
  Statement question = database.prepare(sql);
  return question.step() ? question.number(0) : 0;
}

}  // namespace

DatabaseError Database::open(const DatabaseSettings& settings) {
  impl_ = std::make_unique<Impl>();
  impl_->path = settings.path;
  if (!settings.read_only) {
    std::error_code ignored;  // opening says why
    std::filesystem::create_directories(std::filesystem::path(settings.path).parent_path(),
                                        ignored);
  }
  const int mode =
      settings.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (!impl_->check(sqlite3_open_v2(settings.path.c_str(), &impl_->handle,
                                    mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr))) {
    return take_error();
  }
  sqlite3_busy_timeout(impl_->handle, lock_limit_ms);
  const auto newest = static_cast<std::int64_t>(settings.migrations.size());
  std::int64_t version = ask_number(*this, "PRAGMA user_version");
  if (!impl_->error.ok()) return take_error();
  if (version > newest || (settings.read_only && version != newest)) {
    return {DatabaseFault::newer, settings.path + " has schema " + std::to_string(version) +
                                      ", this version of Tidemark knows " + std::to_string(newest)};
  }
  if (settings.read_only) return {};
  // Both only have an effect on a new file; the first must come before any table.
  run("PRAGMA auto_vacuum=INCREMENTAL");
  run("PRAGMA journal_mode=WAL");
  run(settings.durability == Durability::each_transaction ? "PRAGMA synchronous=FULL"
                                                          : "PRAGMA synchronous=NORMAL");
  for (; version < newest && impl_->error.ok(); ++version) {
    begin();
    run(settings.migrations[static_cast<std::size_t>(version)]);
    run("PRAGMA user_version=" + std::to_string(version + 1));
    if (!commit()) break;
  }
  return take_error();
}

Statement Database::prepare(std::string_view sql) {
  auto made = std::make_unique<Statement::Impl>();
  made->of = impl_.get();
  const int code = sqlite3_prepare_v3(impl_->handle, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made->handle, nullptr);
  // It is valid for the schema, so the schema is not what the file's version says.
  made->check(code == SQLITE_ERROR ? SQLITE_CORRUPT : code);
  return Statement(std::move(made));
}

bool Database::run(std::string_view sql) { return !impl_->doomed && impl_->run(sql); }

bool Database::begin() {
  impl_->in_transaction = run("BEGIN IMMEDIATE");
  return impl_->in_transaction;
}

bool Database::commit() {
  if (impl_->in_transaction && !impl_->doomed && run("COMMIT")) {
    impl_->in_transaction = false;
    return true;
  }
  roll_back();
  return false;
}

void Database::roll_back() {
  impl_->in_transaction = impl_->doomed = false;
  if (sqlite3_get_autocommit(impl_->handle) == 0) {
    sqlite3_exec(impl_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

DatabaseError Database::take_error() { return std::exchange(impl_->error, {}); }

std::uint64_t Database::bytes() {
  return static_cast<std::uint64_t>(ask_number(*this, "PRAGMA page_count") *
                                    ask_number(*this, "PRAGMA page_size"));
}

std::int64_t Database::free_pages() { return ask_number(*this, "PRAGMA freelist_count"); }

std::int64_t Database::changes() { return sqlite3_changes64(impl_->handle); }

void Database::shrink(int pages) {
  prepare("PRAGMA incremental_vacuum(" + std::to_string(pages) + ")").run();
}

Result<std::string> set_aside(const std::string& path, std::int64_t now_ms) {
  const std::string suffix = ".damaged-" + std::to_string(now_ms);
  for (const char* log : {"", "-wal", "-shm"}) {
    const std::string from = path + log;
    std::error_code failed;
    std::filesystem::rename(from, path + suffix + log, failed);
    if (failed && failed != std::errc::no_such_file_or_directory) {
      return Error{"can't move " + from + " out of the way: " + failed.message()};
    }
  }
  return path + suffix;
}

}  // namespace tidemark
