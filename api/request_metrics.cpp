#include "api/request_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace tidemark {
namespace {

// Seconds. A list of groups takes a millisecond or so, a scrape of a large fleet seconds.
const prometheus::Histogram::BucketBoundaries kBuckets = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10};

}  // namespace

struct RequestMetrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter()
          .Name("tidemark_http_requests_total")
          .Help("HTTP requests answered, by route and status code.")
          .Register(registry);
  prometheus::Family<prometheus::Histogram>& durations =
      prometheus::BuildHistogram()
          .Name("tidemark_http_request_duration_seconds")
          .Help("Time from the first byte of a request to the last of its reply, by route.")
          .Register(registry);
};

RequestMetrics::RequestMetrics() : impl_(std::make_unique<Impl>()) {}
RequestMetrics::~RequestMetrics() = default;

void RequestMetrics::count(std::string_view route, int status,
                           std::chrono::duration<double> taken) {
  const std::string name(route);
  impl_->requests.Add({{"route", name}, {"code", std::to_string(status)}}).Increment();
  impl_->durations.Add({{"route", name}}, kBuckets).Observe(taken.count());
}

std::string RequestMetrics::text() const {
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace tidemark
