#include "collectors/cluster_collector.h"

#include <utility>

#include "collectors/cluster_board.h"
#include "collectors/link_tracker.h"
#include "collectors/log_end_poller.h"
#include "collectors/metadata_poller.h"
#include "collectors/offsets_reader.h"
#include "collectors/outlet.h"
#include "collectors/prober.h"
#include "collectors/share_state_reader.h"
#include "collectors/topic_settings_poller.h"
#include "core/urgency.h"
#include "core/worker.h"

namespace tidemark {

// The threads are last: they end before what they use.
struct ClusterCollector::Impl {
  Impl(CollectorSettings of, Channel<Observation>& inlet, const Clock& clock)
      : settings(std::move(of)),
        outlet(settings.cluster.get(), inlet),
        link(settings.bootstrap),
        metadata(settings, outlet, board, link, clock),
        log_ends(settings, outlet, board, clock),
        offsets(settings, outlet, board, link, clock),
        share_state(settings, outlet, board, link, clock),
        topic_settings(settings, outlet, board, clock),
        prober(settings, outlet, clock) {
    const std::string& name = settings.cluster.get();
    start("meta " + name, metadata);
    start("ends " + name, log_ends);
    start("read " + name, offsets);
    start("share " + name, share_state);
    start("conf " + name, topic_settings);
    start("probe " + name, prober);
  }

  // librdkafka's threads are started by these, and are as patient.
  template <class Collector>
  void start(const std::string& name, Collector& collector) {
    threads.push_back(std::make_unique<Worker>(name, [&collector](const std::stop_token& stop) {
      take_long_turns();
      collector.run(stop);
    }));
  }

  void request_stop() {
    for (const auto& thread : threads) thread->request_stop();
  }

  const CollectorSettings settings;
  Outlet outlet;
  ClusterBoard board;
  LinkTracker link;
  MetadataPoller metadata;
  LogEndPoller log_ends;
  OffsetsReader offsets;
  ShareStateReader share_state;
  TopicSettingsPoller topic_settings;
  Prober prober;
  std::vector<std::unique_ptr<Worker>> threads;
};

ClusterCollector::ClusterCollector(CollectorSettings settings, Channel<Observation>& inlet,
                                   const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(settings), inlet, clock)) {}

ClusterCollector::~ClusterCollector() { impl_->request_stop(); }

void ClusterCollector::request_stop() { impl_->request_stop(); }

void ClusterCollector::resume_from(ResumeFrom where) { impl_->board.resume_from(std::move(where)); }

void ClusterCollector::refresh_soon() { impl_->board.wish_metadata(); }

bool ClusterCollector::probe(ProbeQuestion question) {
  return impl_->prober.ask(std::move(question));
}

CollectorCounters ClusterCollector::counters() const { return impl_->outlet.counters(); }

}  // namespace tidemark
