#include "daemon/history/recorder.h"

#include <algorithm>
#include <utility>

#include "core/urgency.h"

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds look_every{500};
constexpr std::chrono::milliseconds rest_between_steps{10};  // of upkeep
constexpr std::chrono::minutes complain_every{10};

HistoryStatus first_status(const RecorderSettings& settings) {
  HistoryStatus out;
  out.state = HistoryStatus::State::starting;
  out.path = settings.file.path;
  out.interval = settings.interval;
  return out;
}

Instant on_grid(Instant at, Duration interval) {
  return Instant{(at.time_since_epoch() / interval) * interval};
}

}  // namespace

Recorder::Recorder(RecorderSettings settings, std::function<ClusterReports()> reports,
                   const Clock& clock)
    : settings_(std::move(settings)),
      reports_(std::move(reports)),
      clock_(clock),
      complaints_(complain_every),
      now_(first_status(settings_)),
      status_(std::make_shared<HistoryStatus>(now_)) {}

void Recorder::start() {
  thread_ = std::make_unique<Worker>("history", [this](const std::stop_token& stop) {
    give_way();  // a whole sample of a big cluster takes a tenth of a second and more
    bool more = false;
    do {
      more = work();
    } while (!stopped_within(stop, more ? rest_between_steps : look_every));
  });
}

void Recorder::request_stop() {
  if (thread_) thread_->request_stop();
}

bool Recorder::work() {
  const Instant now = clock_.now() + clock_.step();
  if (!ready()) return false;
  const Instant due = on_grid(now, settings_.interval);
  if (!next_ || now >= *next_ || *next_ > due + 2 * settings_.interval) {
    if (next_) record(due);
    next_ = due + settings_.interval;
    publish();
  }
  if (!file_) return false;
  const auto kept = file_->keep_up(now);
  take(kept.error);
  return kept.more;
}

// Opens the file if need be, and a new one where it is damaged.
bool Recorder::ready() {
  if (now_.state == HistoryStatus::State::off) return false;
  if (file_) return true;
  file_ = std::make_unique<HistoryFile>(settings_.file);
  const DatabaseError error = file_->open();
  if (error.ok()) {
    const bool again =
        now_.state == HistoryStatus::State::failing;  // said by record(), if it works
    if (!again) log::info("history is kept in {}", settings_.file.path);
    return true;
  }
  take(error);
  publish();
  return false;
}

// What a failure leads to; forgets nothing that is in the file.
void Recorder::take(const DatabaseError& error) {
  if (error.ok()) return;
  forget_all();
  now_.reason = error.message;
  if (error.fault == DatabaseFault::newer) {
    now_.state = HistoryStatus::State::off;
    file_.reset();
    log::error("no history is recorded: {}", error.message);
    return;
  }
  now_.state = HistoryStatus::State::failing;
  if (complaints_.pass(clock_.steady())) {
    log::error("the last samples of history are lost: {}; trying again at each interval",
               error.message);
  }
  file_.reset();
  if (error.fault != DatabaseFault::damaged) return;
  const auto moved = set_aside(settings_.file.path, to_ms(clock_.now() + clock_.step()));
  if (moved) {
    log::error("{} is damaged: it is now {}, and a new one begins", settings_.file.path,
               moved.value());
  } else {
    log::error("{} is damaged, and stays: {}", settings_.file.path, moved.error().message);
  }
}

void Recorder::forget_all() { clusters_.clear(); }

void Recorder::record(Instant at) {
  for (const auto& report : reports_()) {
    if (!file_) return;
    if (report->health.caught_up) record(*report, at);
  }
}

void Recorder::record(const ClusterReport& report, Instant at) {
  Cluster& cluster = clusters_[report.cluster.get()];
  if (at <= cluster.last) {  // the clock was set back
    cluster = {};
    cluster.last = at;
    return;
  }
  cluster.last = at;
  now_.samples += report.groups.size();
  const DatabaseError error = file_->write(
      report.cluster.get(), at, [&](const PutPiece& put) { put_pieces(report, cluster, at, put); });
  if (!error.ok()) {
    now_.lost += report.groups.size();
    take(error);
    return;
  }
  if (now_.state == HistoryStatus::State::failing) {
    log::info("history is recorded again, in {}", settings_.file.path);
  }
  now_.state = HistoryStatus::State::recording;
  now_.reason.clear();
  now_.last = at;
}

void Recorder::put_pieces(const ClusterReport& report, Cluster& cluster, Instant at,
                          const PutPiece& put) {
  const auto add = [&](const std::string& group, HistoryEncoder& encoder,
                       const GroupSample& sample) {
    const std::string piece = encoder.piece(sample);
    if (!piece.empty()) put(group, piece);
  };
  std::set<std::string_view> there;
  for (const auto& group : report.groups) {
    if (group->history == HistoryDetail::none) continue;
    there.insert(group->name.get());
    add(group->name.get(), cluster.encoders[group->name.get()],
        cluster.sampling.sample(*group, report, at));
  }
  for (auto known = cluster.encoders.begin(); known != cluster.encoders.end();) {
    if (there.contains(known->first)) {
      ++known;
      continue;
    }
    GroupSample gone;
    gone.at = at;
    gone.gone = true;
    add(known->first, known->second, gone);
    cluster.sampling.forget(known->first);
    known = cluster.encoders.erase(known);
  }
}

void Recorder::publish() {
  if (file_) now_.bytes = file_->bytes();
  status_.publish(std::make_shared<HistoryStatus>(now_));
}

}  // namespace tidemark
