#include "storage/alert_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/alert_schema.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant noon = from_ms(1'700'000'000'000);

IncidentRow incident(const std::string& id, const std::string& group, Instant opened = noon) {
  IncidentRow out;
  out.id = id;
  out.cluster = "PROD";
  out.group = group;
  out.kind = "status";
  out.status = "ERROR";
  out.worst = "ERROR";
  out.since = opened - hours{1};
  out.opened = opened;
  out.flaps = 3;
  out.learning = true;
  out.reason = "it stands still";
  out.topic = std::string("t\0\xFF", 3);
  out.partition = 7;
  return out;
}

OutboxRow mail(const std::string& message) {
  return {0,    "people", message, "a@b", std::string("\0\xFFwords", 7), message + "-a",
          noon, 0,        noon};
}

class AlertFileTest : public testing::Test {
 protected:
  AlertFileTest() { restart(); }

  void restart() {
    file_ = std::make_unique<AlertFile>();
    const DatabaseError error = file_->open(folder_ / "alerts.db", noon);
    EXPECT_TRUE(error.ok()) << error.message;
  }
  void write(AlertBatch batch) {
    const DatabaseError error = file_->write(batch);
    EXPECT_TRUE(error.ok()) << error.message;
  }
  std::vector<std::string> ids(const IncidentQuery& query) {
    std::vector<std::string> out;
    for (const IncidentRow& row : file_->find(query)) out.push_back(row.id);
    return out;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<AlertFile> file_;
};

TEST_F(AlertFileTest, RemembersWhenItWasMade) {
  AlertFile again;
  ASSERT_TRUE(again.open(folder_ / "alerts.db", noon + hours{5}).ok());
  EXPECT_EQ(again.installed(), noon);
}

TEST_F(AlertFileTest, GivesBackAnIncidentAsItWas) {
  write({{incident("i", "payments")}, {}, {}, {}});
  restart();
  const auto open = file_->open_incidents();
  ASSERT_THAT(open, SizeIs(1));
  const IncidentRow expected = incident("i", "payments");
  EXPECT_EQ(open[0].id, "i");
  EXPECT_EQ(open[0].group, "payments");
  EXPECT_EQ(open[0].since, expected.since);
  EXPECT_EQ(open[0].opened, expected.opened);
  EXPECT_EQ(open[0].until, std::nullopt);
  EXPECT_EQ(open[0].flaps, 3);
  EXPECT_TRUE(open[0].learning);
  EXPECT_EQ(open[0].topic, expected.topic);
  EXPECT_EQ(open[0].partition, 7);
}

TEST_F(AlertFileTest, AnEndedOneIsNotOpenAndLeavesWhenItIsOld) {
  write({{incident("i", "payments")}, {}, {{"m", "i"}}, {}});
  IncidentRow ended = incident("i", "payments");
  ended.until = noon + hours{1};
  ended.end = "recovered";
  write({{ended}, {}, {}, {}});
  EXPECT_THAT(file_->open_incidents(), IsEmpty());
  EXPECT_EQ(file_->incident("i")->until, noon + hours{1});
  EXPECT_FALSE(file_->remove_old(noon + hours{1}));
  EXPECT_TRUE(file_->remove_old(noon + hours{2}));
  EXPECT_FALSE(file_->remove_old(noon + hours{2}));
  EXPECT_EQ(file_->incident("i"), std::nullopt);
}

SilenceRow silence(const std::string& id, Instant begin, Instant end) {
  SilenceRow out;
  out.id = id;
  out.cluster = "PROD";
  out.group = std::string("pay\xFF.*", 6);
  out.kind = "";
  out.labels = {{"team", "a|b"}, {"", ".*"}};
  out.author = "alice";
  out.comment = "upgrade";
  out.created = begin;
  out.begin = begin;
  out.end = end;
  return out;
}

TEST_F(AlertFileTest, GivesBackASilenceAsItWas) {
  ASSERT_TRUE(file_->write(silence("s", noon, noon + hours{1})).ok());
  restart();
  const auto back = file_->silence("s");
  ASSERT_TRUE(back);
  const SilenceRow expected = silence("s", noon, noon + hours{1});
  EXPECT_EQ(back->cluster, "PROD");
  EXPECT_EQ(back->group, expected.group);
  EXPECT_EQ(back->topic, std::nullopt);
  EXPECT_EQ(back->status, std::nullopt);
  EXPECT_EQ(back->kind, "") << "matches the empty text alone, not anything";
  EXPECT_EQ(back->labels, expected.labels);
  EXPECT_EQ(back->author, "alice");
  EXPECT_EQ(back->comment, "upgrade");
  EXPECT_EQ(back->begin, noon);
  EXPECT_EQ(back->end, noon + hours{1});
  EXPECT_EQ(file_->silence("t"), std::nullopt);
}

TEST_F(AlertFileTest, ASilenceIsReplacedAndLeavesWhenItIsOld) {
  SilenceRow row = silence("s", noon, noon + hours{9});
  ASSERT_TRUE(file_->write(row).ok());
  row.end = noon + hours{1};
  row.labels = {{"team", "c"}};
  ASSERT_TRUE(file_->write(row).ok());
  EXPECT_EQ(file_->silence("s")->labels, row.labels);
  SilenceQuery active;
  active.state = SilenceQuery::State::active;
  active.now = noon;
  EXPECT_EQ(file_->count(active), 1u);
  active.now = noon + hours{1};
  EXPECT_EQ(file_->count(active), 0u);
  EXPECT_FALSE(file_->remove_old(noon + hours{1}));
  EXPECT_TRUE(file_->remove_old(noon + hours{2}));
  EXPECT_EQ(file_->silence("s"), std::nullopt);
  EXPECT_TRUE(file_->take_error().ok());
}

TEST_F(AlertFileTest, ASilenceIsUnsettledUntilItsEndIsTold) {
  SilenceQuery unsettled;
  unsettled.state = SilenceQuery::State::unsettled;
  unsettled.now = noon + hours{5};
  SilenceRow row = silence("s", noon, noon + hours{9});
  ASSERT_TRUE(file_->write(row).ok());
  EXPECT_EQ(file_->count(unsettled), 1u) << "in force";
  row.end = noon + hours{1};
  ASSERT_TRUE(file_->write(row).ok());
  restart();
  EXPECT_EQ(file_->count(unsettled), 1u) << "over, and nobody knows";
  row.end_told = true;
  ASSERT_TRUE(file_->write(row).ok());
  restart();
  EXPECT_EQ(file_->count(unsettled), 0u);
  EXPECT_TRUE(file_->silence("s")->end_told);
}

TEST_F(AlertFileTest, EndsFromBeforeTheyWereToldAreNotToldAllAtOnce) {
  const std::string path = folder_ / "old.db";
  {
    const auto steps = alert_migrations();
    Database old;
    ASSERT_TRUE(old.open({path, {steps[0], steps[1]}}).ok());
    const std::string columns = "(id, author, comment, created, begun, ended)";
    ASSERT_TRUE(old.run("INSERT INTO silences" + columns + " VALUES('a', x'', x'', 1, 1, 2)"));
    ASSERT_TRUE(
        old.run("INSERT INTO silences" + columns + " VALUES('b', x'', x'', 1, 1, 9000000000000)"));
  }
  AlertFile file;
  ASSERT_TRUE(file.open(path, noon).ok());
  EXPECT_TRUE(file.silence("a")->end_told);
  EXPECT_FALSE(file.silence("b")->end_told);
}

TEST_F(AlertFileTest, AnAcknowledgementStaysWithItsIncidentHoweverOftenThatIsWritten) {
  write({{incident("i", "payments")}, {}, {}, {}});
  ASSERT_TRUE(file_->write(AcknowledgementRow{"i", "bob", "on it", noon}).ok());
  IncidentRow ended = incident("i", "payments");
  ended.until = noon + hours{1};
  ended.end = "recovered";
  write({{ended}, {}, {}, {}});
  restart();
  const auto back = file_->incident("i");
  ASSERT_TRUE(back && back->acknowledged);
  EXPECT_EQ(back->acknowledged->author, "bob");
  EXPECT_EQ(back->acknowledged->comment, "on it");
  EXPECT_EQ(back->acknowledged->at, noon);
  EXPECT_TRUE(file_->find({})[0].acknowledged);
  EXPECT_TRUE(file_->remove_old(noon + hours{2}));
  write({{incident("i", "payments")}, {}, {}, {}});
  EXPECT_FALSE(file_->incident("i")->acknowledged) << "it left with the incident";
}

TEST_F(AlertFileTest, AFileOfVersion1IsBroughtToTheNewest) {
  const std::string path = folder_ / "old.db";
  {
    Database old;
    ASSERT_TRUE(old.open({path, {alert_migrations().front()}}).ok());
    ASSERT_TRUE(
        old.run("INSERT INTO incidents VALUES('i', x'61', x'62', 'status', 'ERROR',"
                " 'ERROR', 1, 2, NULL, '', 3, 0, x'63', x'', 0)"));
  }
  AlertFile file;
  ASSERT_TRUE(file.open(path, noon).ok());
  ASSERT_THAT(file.open_incidents(), SizeIs(1));
  EXPECT_FALSE(file.open_incidents()[0].acknowledged);
  ASSERT_TRUE(file.write(AcknowledgementRow{"i", "bob", "", noon}).ok());
  ASSERT_TRUE(file.write(silence("s", noon, noon + hours{1})).ok());
  EXPECT_TRUE(file.open_incidents()[0].acknowledged);
  AlertFile reader;
  EXPECT_TRUE(reader.open_to_read(path).ok());
}

TEST_F(AlertFileTest, BundlesComeAndGo) {
  write({{}, {{"all", "k", "{}"}, {"all", "l", "{}"}}, {}, {}});
  write({{}, {{"all", "k", ""}, {"all", "l", "{1}"}}, {}, {}});
  const auto left = file_->bundles();
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left[0].key, "l");
  EXPECT_EQ(left[0].state, "{1}");
}

TEST_F(AlertFileTest, WhatIsToBeSentWaitsUntilItIsKnownToHaveArrived) {
  AlertBatch batch{{}, {}, {}, {mail("m1"), mail("m2")}};
  write(batch);
  restart();
  auto waiting = file_->outbox();
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_LT(waiting[0].id, waiting[1].id);
  EXPECT_EQ(waiting[0].content, mail("m1").content);
  const DeliveryRow failed{"people", "m1", "a@b", noon, "try_again", 1, "nobody there"};
  ASSERT_TRUE(file_->record(waiting[0].id, failed, noon + hours{1}).ok());
  const DeliveryRow arrived{"people", "m2", "a@b", noon, "delivered", 1, "250 OK"};
  ASSERT_TRUE(file_->record(waiting[1].id, arrived, std::nullopt).ok());
  restart();
  waiting = file_->outbox();
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].message, "m1");
  EXPECT_EQ(waiting[0].attempts, 1u);
  EXPECT_EQ(waiting[0].next, noon + hours{1});
  const auto log = file_->deliveries("people", 10);
  ASSERT_THAT(log, SizeIs(2));
  EXPECT_EQ(log[0].said, "250 OK");
}

TEST_F(AlertFileTest, IdsOfWhatIsSentAreNeverUsedAgain) {
  AlertBatch first{{}, {}, {}, {mail("m1")}};
  ASSERT_TRUE(file_->write(first).ok());
  ASSERT_TRUE(
      file_->record(first.outbox[0].id, {"people", "m1", "", noon, "delivered", 1, ""}, {}).ok());
  restart();
  AlertBatch second{{}, {}, {}, {mail("m2")}};
  ASSERT_TRUE(file_->write(second).ok());
  EXPECT_GT(second.outbox[0].id, first.outbox[0].id);
}

TEST_F(AlertFileTest, TheLogOfAReceiverIsBounded) {
  for (int i = 0; i < AlertFile::deliveries_kept + 5; ++i) {
    const DeliveryRow row{"people", std::to_string(i), "", noon, "delivered", 1, ""};
    ASSERT_TRUE(file_->record(0, row, std::nullopt).ok());
  }
  EXPECT_THAT(file_->deliveries("people", 5000), SizeIs(AlertFile::deliveries_kept));
  EXPECT_EQ(file_->deliveries("people", 1)[0].message, "1004");
}

TEST_F(AlertFileTest, AnswersQuestions) {
  IncidentRow ended = incident("c", "billing", noon + hours{2});
  ended.until = noon + hours{3};
  ended.end = "recovered";
  write({{incident("a", "payments"), incident("b", "", noon + hours{1}), ended},
         {},
         {{"m", "a"}, {"m", "c"}},
         {}});
  EXPECT_THAT(ids({}), ElementsAre("c", "b", "a"));
  IncidentQuery query;
  query.open = true;
  EXPECT_THAT(ids(query), ElementsAre("b", "a"));
  query.group = "";
  EXPECT_THAT(ids(query), ElementsAre("b"));
  query = {};
  query.message = "m";
  EXPECT_THAT(ids(query), ElementsAre("c", "a"));
  EXPECT_EQ(file_->count(query), 2u);
  query.open = false;
  EXPECT_THAT(ids(query), ElementsAre("c"));
  query = {};
  query.kind = "data_loss";
  EXPECT_THAT(ids(query), IsEmpty());
  query = {};
  query.cluster = "DEV";
  EXPECT_EQ(file_->count(query), 0u);
}

TEST_F(AlertFileTest, PagesMissNothingOfTheSameInstant) {
  AlertBatch batch;
  for (int i = 100; i < 200; ++i) batch.incidents.push_back(incident(std::to_string(i), "g"));
  write(batch);
  IncidentQuery query;
  query.limit = 7;
  std::vector<std::string> all;
  while (true) {
    const auto rows = file_->find(query);
    if (rows.empty()) break;
    for (const IncidentRow& row : rows) all.push_back(row.id);
    query.before = {rows.back().opened, rows.back().id};
  }
  EXPECT_EQ(all.size(), 100u);
  EXPECT_EQ(all.front(), "199");
  EXPECT_EQ(all.back(), "100");
}

TEST_F(AlertFileTest, IsReadBesideItsWriter) {
  write({{incident("i", "payments")}, {}, {}, {}});
  AlertFile reader;
  ASSERT_TRUE(reader.open_to_read(folder_ / "alerts.db").ok());
  EXPECT_THAT(reader.find({}), SizeIs(1));
}

}  // namespace
}  // namespace tidemark
