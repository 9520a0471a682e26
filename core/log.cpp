#include "core/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace tidemark::log {
namespace {

constexpr std::array<spdlog::level::level_enum, 4> spdlog_levels{
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

spdlog::level::level_enum to_spdlog(Level level) {
  return spdlog_levels.at(static_cast<std::size_t>(level));
}

void append_escaped(spdlog::memory_buf_t& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
  }
}

// A pattern would not escape the message, so the JSON line is written by hand.
class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& msg, spdlog::memory_buf_t& out) override {
    time_.format(msg, out);
    const auto level = spdlog::level::to_string_view(msg.level);
    fmt::format_to(std::back_inserter(out), "\"level\":\"{}\",\"message\":\"",
                   std::string_view(level.data(), level.size()));
    append_escaped(out, {msg.payload.data(), msg.payload.size()});
    constexpr std::string_view tail = "\"}\n";
    out.append(tail.data(), tail.data() + tail.size());
  }
  [[nodiscard]] std::unique_ptr<formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }

 private:
  spdlog::pattern_formatter time_{R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",)",
                                  spdlog::pattern_time_type::utc, ""};
};

std::atomic<std::uint64_t>& failures() {
  static std::atomic<std::uint64_t> count{0};
  return count;
}

std::shared_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink, const Settings& settings) {
  auto logger = std::make_shared<spdlog::logger>("tidemark", std::move(sink));
  if (settings.json) {
    logger->set_formatter(std::make_unique<JsonFormatter>());
  } else {
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%-5l%$ %v", spdlog::pattern_time_type::utc);
  }
  logger->set_level(to_spdlog(settings.level));
  logger->flush_on(spdlog::level::info);
  logger->set_error_handler([](const std::string&) { ++failures(); });
  return logger;
}

// Never destroyed: a library's thread may still have something to say while the process exits.
std::shared_ptr<spdlog::logger>& current() {
  using Logger = std::shared_ptr<spdlog::logger>;
  alignas(Logger) static std::array<std::byte, sizeof(Logger)> place;
  static Logger* const logger = new (place.data())
      Logger(make_logger(std::make_shared<spdlog::sinks::stderr_color_sink_mt>(), {}));
  return *logger;
}

}  // namespace

Status configure(const Settings& settings) {
  try {
    spdlog::sink_ptr sink;
    if (settings.file.empty()) {
      sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    } else {
      sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
          settings.file, settings.max_bytes, static_cast<std::size_t>(settings.max_files));
    }
    current() = make_logger(std::move(sink), settings);
    return Done{};
  } catch (const spdlog::spdlog_ex& problem) {
    return Error{"log file " + settings.file + ": " + problem.what()};
  }
}

void write(Level level, std::string_view message) {
  current()->log(to_spdlog(level), spdlog::string_view_t(message.data(), message.size()));
}

bool enabled(Level level) { return current()->should_log(to_spdlog(level)); }

std::uint64_t failed_lines() { return failures(); }

bool RateLimit::pass(std::chrono::steady_clock::time_point now) {
  const std::int64_t at = now.time_since_epoch().count();
  std::int64_t next = next_.load();
  if ((next != 0 && at < next) || !next_.compare_exchange_strong(next, at + every_.count())) {
    ++held_;
    return false;
  }
  reported_ = held_.exchange(0);
  return true;
}

}  // namespace tidemark::log
