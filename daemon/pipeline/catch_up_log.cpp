#include "daemon/pipeline/catch_up_log.h"

#include "evaluator/words.h"

namespace tidemark {
namespace {

std::string counted(std::uint64_t number) {
  return words::number(static_cast<std::int64_t>(number));
}

}  // namespace

std::string CatchUpLog::line(const ClusterHealth& health, std::size_t groups, Steady now) {
  if (done_) return "";
  if (health.caught_up) {
    done_ = true;
    const auto took = std::chrono::duration<double>(now - began_).count();
    const auto tenths = static_cast<std::int64_t>(took * 10);
    return "caught up with the offsets topic " + std::to_string(tenths / 10) + "." +
           std::to_string(tenths % 10) + " s after the start: " + counted(health.records_read) +
           " records read, " + words::count(static_cast<std::int64_t>(groups), "group") + " found";
  }
  // Without a connection there is nothing to be far with, and the link says so itself.
  if (now - said_ < pause || health.catch_up_total == 0) return "";
  said_ = now;
  const double part =
      static_cast<double>(health.catch_up_done) / static_cast<double>(health.catch_up_total);
  return "reading the offsets topic: " + counted(health.catch_up_done) + " of " +
         counted(health.catch_up_total) + " records (" + words::share(part) + "), " +
         words::count(static_cast<std::int64_t>(groups), "group") + " found so far";
}

}  // namespace tidemark
