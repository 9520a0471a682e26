#include "collectors/kafka_settings.h"

#include <gtest/gtest.h>

#include "collectors/cluster_collector.h"

namespace tidemark {
namespace {

using Settings = std::map<std::string, std::string>;

KafkaClientSettings with(Settings kafka, Isolation isolation = Isolation::read_committed) {
  return {"PROD", "b1:9092", std::move(kafka), isolation};
}

TEST(KafkaSettings, WhatTheReaderDependsOnIsRefusedWithAReason) {
  for (const char* key :
       {"group.id", "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset",
        "isolation.level", "bootstrap.servers", "metadata.broker.list", "enable.partition.eof",
        "queued.min.messages", "queued.max.messages.kbytes", "fetch.min.bytes", "fetch.wait.max.ms",
        "allow.auto.create.topics", "error_cb", "opaque", "interceptors", "plugin.library.paths",
        "test.mock.num.brokers"}) {
    EXPECT_FALSE(refused_kafka_key(key).empty()) << key;
  }
}

TEST(KafkaSettings, TheReasonSaysWhatToDoInstead) {
  EXPECT_NE(refused_kafka_key("bootstrap.servers").find("\"bootstrap\""), std::string::npos);
  EXPECT_NE(refused_kafka_key("topic.blacklist").find("ignore = true"), std::string::npos);
}

TEST(KafkaSettings, SecurityAndConnectionsMayBeSet) {
  for (const char* key : {"security.protocol", "sasl.mechanism", "sasl.username", "sasl.password",
                          "ssl.ca.location", "ssl.key.password", "client.id", "socket.timeout.ms",
                          "reconnect.backoff.max.ms", "broker.address.family"}) {
    EXPECT_EQ(refused_kafka_key(key), "") << key;
  }
}

TEST(KafkaSettings, LibrdkafkaItselfJudgesNamesAndValues) {
  EXPECT_EQ(check_kafka_setting("security.protocol", "sasl_ssl"), "");
  EXPECT_NE(check_kafka_setting("security.protocol", "tls").find("security.protocol"),
            std::string::npos);
  EXPECT_NE(check_kafka_setting("socket.timeout.ms", "soon").find("socket.timeout.ms"),
            std::string::npos);
  EXPECT_NE(check_kafka_setting("no.such.key", "1").find("no.such.key"), std::string::npos);
}

TEST(KafkaSettings, EverythingThatTidemarkSetsIsTakenByLibrdkafka) {
  for (const auto& [key, value] : effective_kafka_settings(with({}))) {
    EXPECT_EQ(check_kafka_setting(key, value), "") << key;
  }
}

TEST(KafkaSettings, APersonOverridesDefaultsButNotWhatTheReaderDependsOn) {
  const Settings set = effective_kafka_settings(
      with({{"client.id", "watcher"}, {"enable.auto.commit", "true"}, {"sasl.username", "u"}}));
  EXPECT_EQ(set.at("client.id"), "watcher");
  EXPECT_EQ(set.at("sasl.username"), "u");
  EXPECT_EQ(set.at("enable.auto.commit"), "false");
  EXPECT_EQ(set.at("bootstrap.servers"), "b1:9092");
}

TEST(KafkaSettings, OnlyTheHandleForLogEndsReadsUncommittedRecords) {
  EXPECT_EQ(effective_kafka_settings(with({})).at("isolation.level"), "read_committed");
  EXPECT_EQ(effective_kafka_settings(with({}, Isolation::read_uncommitted)).at("isolation.level"),
            "read_uncommitted");
}

TEST(KafkaSettings, SmallAnswersAreGatheredForAMomentButAProbeIsAnsweredAtOnce) {
  const Settings bulk = effective_kafka_settings(with({}));
  EXPECT_GT(std::stoi(bulk.at("fetch.min.bytes")), 100'000);
  EXPECT_LE(std::stoi(bulk.at("fetch.wait.max.ms")), 250) << "commits are seen that much later";
  KafkaClientSettings probes = with({});
  probes.use = HandleUse::probes;
  EXPECT_EQ(effective_kafka_settings(probes).at("fetch.min.bytes"), "1");
}

TEST(KafkaSettings, TheEndOfABacklogIsNotWaitedFor) {
  KafkaClientSettings backlog = with({});
  backlog.use = HandleUse::backlog;
  Settings hasty = effective_kafka_settings(backlog);
  EXPECT_LE(std::stoi(hasty.at("fetch.wait.max.ms")), 20);
  Settings patient = effective_kafka_settings(with({}));
  hasty.erase("fetch.wait.max.ms");
  patient.erase("fetch.wait.max.ms");
  EXPECT_EQ(hasty, patient) << "in all else they are one";
}

TEST(KafkaSettings, OnlyTheReaderOfTheOffsetsTopicHoldsManyRecords) {
  const auto queue_kb = [](HandleUse use) {
    KafkaClientSettings settings = with({});
    settings.use = use;
    return std::stoi(effective_kafka_settings(settings).at("queued.max.messages.kbytes"));
  };
  EXPECT_LE(queue_kb(HandleUse::timed), 4096);
  EXPECT_LE(queue_kb(HandleUse::probes), 1024);
  EXPECT_EQ(queue_kb(HandleUse::bulk), 65'536);
}

TEST(KafkaSettings, TheRequestLimitFollowsTheSocketTimeout) {
  EXPECT_EQ(request_limit({}), Duration{5000});
  EXPECT_EQ(request_limit({{"socket.timeout.ms", "20000"}}), Duration{20000});
  EXPECT_EQ(request_limit({{"socket.timeout.ms", "soon"}}), Duration{5000});
}

TEST(KafkaSettings, SecretsAreReplacedByStarsWhereverTheyStand) {
  const auto secrets = secrets_in({{"sasl.password", "hunter2"},
                                   {"ssl.key.password", "hunter22"},
                                   {"ssl.key.pem", "-----BEGIN"},
                                   {"sasl.oauthbearer.client.secret", "s3"},
                                   {"sasl.username", "alice"}});
  EXPECT_EQ(redact("alice: hunter22, hunter2, hunter2! -----BEGIN s3", secrets),
            "alice: ***, ***, ***! *** ***");
  EXPECT_EQ(redact("nothing here", secrets), "nothing here");
  EXPECT_TRUE(secrets_in({{"sasl.password", ""}}).empty());
}

}  // namespace
}  // namespace tidemark
