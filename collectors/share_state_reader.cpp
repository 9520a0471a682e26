#include "collectors/share_state_reader.h"

#include <utility>

#include "collectors/link_tracker.h"
#include "collectors/metadata_poller.h"

namespace tidemark {
namespace {

constexpr Duration fetch_wait{100};
constexpr std::size_t most_records = 1000;  // in one batch
constexpr std::chrono::milliseconds look_every{5000};

}  // namespace

ShareStateReader::ShareStateReader(const CollectorSettings& settings, Outlet& outlet,
                                   ClusterBoard& board, LinkTracker& link, const Clock& clock)
    : settings_(settings),
      outlet_(outlet),
      board_(board),
      link_(link),
      clock_(clock),
      reads_({share_state_topic, "share_state",
              [this](bool allowed) {
                problem_ =
                    allowed ? "" : "the right to read the topic __share_group_state is missing";
              }},
             settings, outlet, clock) {}

void ShareStateReader::run(const std::stop_token& stop) {
  if (!wait_for_topic(stop)) return;
  client_ = open_client(
      settings_, Isolation::read_committed, stop,
      [&](const KafkaError& error) { outlet_.failed("share_state_fetch", error.message); },
      HandleUse::timed);
  if (!client_) return;
  while (!stop.stop_requested()) {
    const auto note = [&] { note_errors(*client_, link_, outlet_); };
    reads_.adopt(board_.plan()->share_state_partitions, client_, stop, note);
    take(client_->fetch(fetch_wait, most_records), stop);
    reads_.resume(*client_);
    if (note_errors(*client_, link_, outlet_)) board_.need_metadata();
  }
  client_->be_quiet();
}

// It comes with the first share group: most clusters have none.
bool ShareStateReader::wait_for_topic(const std::stop_token& stop) {
  auto plan = board_.plan();
  while (!plan || plan->share_state_partitions == 0) {
    plan = board_.wait_for_plan(plan ? plan->version : 0, look_every, stop);
    if (stop.stop_requested()) return false;
  }
  return true;
}

void ShareStateReader::take(const Fetched& fetched, const std::stop_token& stop) {
  ShareStateBatch batch;
  CollectorCounters counters;
  batch.positions = reads_.note(fetched.records());
  for (const FetchedRecord& each : fetched.records()) {
    if (each.fault != KafkaFault::none) continue;
    ++counters.records_read;
    const auto value = each.value_null ? std::nullopt : std::optional(each.value);
    const auto record = decode_share_record(each.key, value);
    if (!record) {
      ++counters.skipped_records["ShareState"];
      continue;
    }
    const Instant written_at = each.time_ms ? from_ms(*each.time_ms) : clock_.now();
    batch.records.push_back(progress_.take(*record, written_at));
  }
  outlet_.count(counters);
  const bool news = told_problem_ != problem_;
  if (batch.records.empty() && batch.positions.empty() && !news) return;
  batch.problem = told_problem_ = problem_;
  outlet_.send(std::move(batch), stop);
}

}  // namespace tidemark
