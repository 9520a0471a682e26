#include "daemon/pipeline/diagnosis_queue.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::seconds;
constexpr Instant start = from_ms(1'700'000'000'000);

TEST(DiagnosisQueue, TheLongestOverdueComesFirst) {
  DiagnosisQueue queue;
  queue.want("search", start + seconds{2});
  queue.want("payments", start + seconds{1});
  queue.want("audit", start + seconds{30});
  EXPECT_EQ(queue.take(start + seconds{10}), "payments");
  EXPECT_EQ(queue.take(start + seconds{10}), "search");
  EXPECT_EQ(queue.take(start + seconds{10}), std::nullopt) << "the third is not due";
  EXPECT_EQ(queue.size(), 1U);
}

TEST(DiagnosisQueue, AskingAgainNeverPutsOff) {
  DiagnosisQueue queue;
  queue.want("payments", start + seconds{5});
  queue.want("payments", start + seconds{60});
  EXPECT_EQ(queue.take(start + seconds{5}), "payments");
  queue.want("payments", start + seconds{60});
  queue.want("payments", start + seconds{6});
  EXPECT_EQ(queue.take(start + seconds{6}), "payments");
  EXPECT_EQ(queue.take(start + seconds{600}), std::nullopt);
}

TEST(DiagnosisQueue, AGroupThatIsWellAgainIsForgotten) {
  DiagnosisQueue queue;
  queue.want("payments", start);
  queue.forget("payments");
  queue.forget("search");
  EXPECT_EQ(queue.take(start), std::nullopt);
}

}  // namespace
}  // namespace tidemark
