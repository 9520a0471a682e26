#include "collectors/prober.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds idle_wait{200};
constexpr Duration fetch_wait{20};
constexpr std::size_t most_records = 256;  // taken at once
constexpr std::chrono::seconds unused_for{60};
constexpr std::size_t most_topics = 2000;  // met by one handle

std::string name_of(const std::string& topic, std::int32_t partition, Offset from) {
  return fmt::format("{}-{} from offset {}", topic, partition, from.get());
}

}  // namespace

void Prober::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    take_questions();
    close_if_unused();
    if (waiting_.empty() && in_flight_.empty()) continue;
    if (!client_ && !open(stop)) continue;
    start(stop);
    fetch(stop);
    give_up_late_ones(stop);
    note_errors();
  }
  if (client_) client_->be_quiet();
}

void Prober::take_questions() {
  if (waiting_.size() >= most_in_flight) return;
  const bool idle = waiting_.empty() && in_flight_.empty();
  for (ProbeQuestion& each : questions_.take(idle ? idle_wait : std::chrono::milliseconds{0})) {
    waiting_.push_back(std::move(each));
  }
  if (!waiting_.empty()) used_at_ = clock_.steady();
}

bool Prober::open(const std::stop_token& stop) {
  auto opened = KafkaClient::open({settings_.cluster.get(), settings_.bootstrap, settings_.kafka,
                                   Isolation::read_committed, HandleUse::probes});
  client_ = std::move(opened.value);
  for (; !client_ && !waiting_.empty(); waiting_.pop_front()) {
    const ProbeQuestion& each = waiting_.front();
    fail({each.topic.get(), each.partition.get()}, each.from, opened.error.message, stop);
  }
  return client_ != nullptr;
}

void Prober::close_if_unused() {
  if (!client_ || !in_flight_.empty()) return;
  const bool unused = waiting_.empty() && clock_.steady() - used_at_ > unused_for;
  if (!unused && met_.size() < most_topics) return;
  client_.reset();
  met_.clear();
  denied_.clear();
}

// One question per partition at a time: one that asks of a partition in flight waits for it.
void Prober::start(const std::stop_token& stop) {
  for (auto at = waiting_.begin();
       at != waiting_.end() && in_flight_.size() < most_in_flight && met_.size() < most_topics;) {
    const Key key{at->topic.get(), at->partition.get()};
    if (in_flight_.contains(key)) {
      ++at;
      continue;
    }
    const Offset from = at->from;
    at = waiting_.erase(at);
    met_.insert(key.first);
    in_flight_[key] = {from, clock_.steady() + time_limit};
    const KafkaError error = client_->read_from(key.first, key.second, from.get());
    if (!error.ok()) fail(key, from, error.message, stop);
  }
}

void Prober::fetch(const std::stop_token& stop) {
  // A fetch of many waits for all of them; so first for one, then for what else is there.
  const Fetched first = client_->fetch(fetch_wait, 1);
  if (first.records().empty()) return;
  for (const FetchedRecord& record : first.records()) take(record, stop);
  const Fetched rest = client_->fetch(Duration{0}, most_records);
  for (const FetchedRecord& record : rest.records()) take(record, stop);
}

void Prober::take(const FetchedRecord& record, const std::stop_token& stop) {
  const Key key{std::string(record.topic), record.partition};
  const auto found = in_flight_.find(key);
  if (found == in_flight_.end()) return;
  Reading& reading = found->second;
  ProbeSeen seen;
  seen.question = {TopicName{key.first}, PartitionId{key.second}, reading.from};
  const bool is_record = record.fault == KafkaFault::none;
  if (record.fault == KafkaFault::out_of_range && !reading.from_log_start) {
    resume_at_log_start(key, reading, stop);
  } else if (record.fault == KafkaFault::not_authorized) {
    denied_.insert(key.first);
    seen.outcome = ProbeSeen::Outcome::not_authorized;
    seen.problem = std::string(record.value);
    answer(std::move(seen), stop);
  } else if (!is_record && record.fault != KafkaFault::end_of_log) {
    fail(key, reading.from, std::string(record.value), stop);
  } else if (record.offset < reading.from.get()) {
    fail(key, reading.from, "the log ends before that offset", stop);
  } else {
    seen.outcome = is_record ? ProbeSeen::Outcome::record : ProbeSeen::Outcome::end;
    seen.empty_to = Offset{record.offset};
    if (is_record && record.time_ms) seen.record_time = from_ms(*record.time_ms);
    seen.log_append_time = is_record && record.log_append_time;
    seen.below_log_start = reading.from_log_start;
    denied_.erase(key.first);
    answer(std::move(seen), stop);
  }
}

// It is below log start; or beyond the log end, and then what comes will be before it.
void Prober::resume_at_log_start(const Key& key, Reading& reading, const std::stop_token& stop) {
  reading.from_log_start = true;
  const KafkaError error = client_->read_from(key.first, key.second, std::nullopt);
  if (!error.ok()) fail(key, reading.from, error.message, stop);
}

void Prober::give_up_late_ones(const std::stop_token& stop) {
  const Steady now = clock_.steady();
  std::vector<std::pair<Key, Offset>> late;
  for (const auto& [key, reading] : in_flight_) {
    if (reading.until <= now) late.emplace_back(key, reading.from);
  }
  for (const auto& [key, from] : late) {
    if (denied_.contains(key.first)) {
      ProbeSeen seen;
      seen.question = {TopicName{key.first}, PartitionId{key.second}, from};
      seen.outcome = ProbeSeen::Outcome::not_authorized;
      seen.problem = "the right to read it is still missing";
      answer(std::move(seen), stop);
      continue;
    }
    std::string why = fmt::format("no answer within {} s", time_limit.count() / 1000);
    if (!last_error_.empty()) why += "; last error: " + last_error_;
    fail(key, from, std::move(why), stop);
  }
}

void Prober::note_errors() {
  for (const KafkaError& error : client_->take_errors()) last_error_ = error.message;
  if (in_flight_.empty()) last_error_.clear();
}

void Prober::fail(const Key& key, Offset from, std::string why, const std::stop_token& stop) {
  ProbeSeen seen;
  seen.question = {TopicName{key.first}, PartitionId{key.second}, from};
  seen.problem = name_of(key.first, key.second, from) + ": " + why;
  outlet_.failed("probe", seen.problem);
  answer(std::move(seen), stop);
}

void Prober::answer(ProbeSeen seen, const std::stop_token& stop) {
  const Key key{seen.question.topic.get(), seen.question.partition.get()};
  in_flight_.erase(key);
  if (client_) client_->stop_reading(key.first, key.second);
  outlet_.send(std::move(seen), stop);
}

}  // namespace tidemark
