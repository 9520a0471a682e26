#include "notifiers/incident_rows.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::seconds;

TEST(IncidentRows, OnceAMinuteWhatHasChangedAndNothingElse) {
  const Instant start = from_ms(1'700'000'000'000);
  IncidentRows rows;
  std::vector<IncidentRow> out;
  Incident incident;
  incident.id = "a-1";
  rows.write(incident, out);
  EXPECT_EQ(out.size(), 1u);
  ASSERT_TRUE(rows.due(start));
  rows.refresh(incident, out);
  rows.refreshed(start);
  EXPECT_EQ(out.size(), 1u) << "it is as it was written";
  incident.flaps = 1;
  EXPECT_FALSE(rows.due(start + seconds{59}));
  ASSERT_TRUE(rows.due(start + seconds{60}));
  rows.refresh(incident, out);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[1].flaps, 1);
  rows.refresh(incident, out);
  EXPECT_EQ(out.size(), 2u);
}

}  // namespace
}  // namespace tidemark
