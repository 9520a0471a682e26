// Real-looking files of Burrow become configurations that load.
#include "config/burrow_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.h"

namespace tidemark {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view plain = R"(
[general]
pidfile="burrow.pid"
stdout-logfile="burrow.out"
access-control-allow-origin="https://mysite.example.com"

[logging]
filename="logs/burrow.log"
level="info"
maxsize=100
maxbackups=30
maxage=10
use-localtime=false
use-compression=true

[zookeeper]
servers=[ "zkhost01.example.com:2181", "zkhost02.example.com:2181" ]
timeout=6
root-path="/burrow"

[client-profile.test]
client-id="burrow-test"
kafka-version="0.10.0"

[cluster.Local]
class-name="kafka"
servers=[ "kafka01.example.com:10251", "kafka02.example.com:10251" ]
client-profile="test"
topic-refresh=120
offset-refresh=30

[consumer.local]
class-name="kafka"
cluster="Local"
servers=[ "kafka01.example.com:10251", "kafka02.example.com:10251" ]
client-profile="test"
group-denylist="^(console-consumer-|python-kafka-consumer-|quick-).*$"
group-allowlist=""

[consumer.local_zk]
class-name="kafka_zk"
cluster="local"
servers=[ "zk01.example.com:2181" ]
zookeeper-path="/kafka-cluster"
zookeeper-timeout=30
group-denylist="^(console-consumer-|python-kafka-consumer-|quick-).*$"

[httpserver.default]
address=":8000"

[storage.default]
class-name="inmemory"
workers=20
intervals=15
expire-group=604800
min-distance=1

[notifier.default]
class-name="http"
url-open="http://someservice.example.com:1467/v1/event"
interval=60
timeout=5
keepalive=30
extras={ api_key="REDACTED", app="burrow", tier="STG", fabric="mydc" }
template-open="conf/default-http-post.tmpl"
template-close="conf/default-http-delete.tmpl"
method-close="DELETE"
send-close=true
threshold=1
)";

constexpr std::string_view secured = R"(
[client-profile.prod]
client-id = "burrow"
kafka-version = "2.8.0"
tls = "mytls"
sasl = "mysasl"

[tls.mytls]
certfile = "/etc/burrow/client.pem"
keyfile = "/etc/burrow/client.key"
cafile = "/etc/burrow/ca.pem"
noverify = false

[sasl.mysasl]
username = "burrow"
password = "hunter2-kafka"
mechanism = "SCRAM-SHA-512"
handshake-first = true

[cluster.prod]
class-name = "kafka"
servers = "a.example.com:9093 b.example.com:9093"
client-profile = "prod"

[cluster.dr]
class-name = "kafka"
servers = ["c.example.com:9093"]
client-profile = "prod"

[consumer.prod]
class-name = "kafka"
cluster = "prod"
servers = ["a.example.com:9093"]
client-profile = "prod"
group-allowlist = "^billing-"

[evaluator.mine]
class-name = "caching"
expire-cache = 10
minimum-complete = 0.5
allowed-lag = 3

[notifier.Mail]
class-name = "email"
server = "smtp.example.com"
port = 587
from = "Burrow <burrow@example.com>"
to = "Ops <ops@example.com>, second@example.com"
auth-type = "plain"
username = "burrow"
password = "hunter2-mail"
group-allowlist = "^billing"
group-denylist = "test$"
interval = 30
send-interval = 900
threshold = 3
send-close = true
extra-ca = "/etc/burrow/mail-ca.pem"
noverify = true
template-open = "mail.tmpl"

[notifier.slack]
class-name = "http"
url-open = "https://hooks.slack.com/services/T0/B0/SECRETPATH"
template-open = "slack.tmpl"
send-once = true

[notifier.hook]
class-name = "http"
url-open = "https://alerts.example.com/burrow"
username = "u"
password = "hunter2-hook"
headers = { Authorization = "Bearer hunter2-token", X-Team = "data" }
template-open = "hook.tmpl"

[notifier.pager]
class-name = "http"
url-open = "https://events.pagerduty.com/generic/2010-04-15/create_event.json"
template-open = "pager.tmpl"
extras = { api_key = "hunter2-pager" }

[notifier.byname]
class-name = "http"
url-open = "http://x.example.com/{{.Cluster}}/{{.Group}}"
template-open = "x.tmpl"

[notifier.nobody]
class-name = "null"
)";

Surround surround() {
  Surround out;
  out.environment = [](const std::string& name) -> std::optional<std::string> {
    const bool url = name.find("URL") != std::string::npos;
    return url ? "https://hooks.slack.com/services/x" : "from the environment";
  };
  out.check_kafka = [](const std::string&, const std::string&) { return std::string(); };
  return out;
}

struct Imported {
  BurrowImport import;
  Config config;
};

Imported imported(std::string_view text) {
  auto found = import_burrow(text);
  EXPECT_TRUE(found);
  Loaded loaded = parse_config(found.value().toml, "made", surround());
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.text();
  EXPECT_TRUE(loaded.config) << found.value().toml;
  return {std::move(found.value()), loaded.config.value_or(Config{})};
}

TEST(BurrowImport, TheFileThatComesWithBurrow) {
  const auto [import, config] = imported(plain);
  ASSERT_EQ(config.clusters.size(), 1u);
  EXPECT_EQ(config.clusters[0].name, "local");
  EXPECT_EQ(config.clusters[0].bootstrap, "kafka01.example.com:10251,kafka02.example.com:10251");
  EXPECT_EQ(config.clusters[0].refresh, std::chrono::seconds{30});
  EXPECT_EQ(config.clusters[0].kafka.at("client.id"), "burrow-test");
  EXPECT_EQ(config.http.listen, "0.0.0.0:8000");
  EXPECT_EQ(config.http.allow_origin, "https://mysite.example.com");
  EXPECT_EQ(config.log.file, "logs/burrow.log");
  const PolicyTable& policies = config.policies;
  EXPECT_TRUE(policies.find("local", "console-consumer-1", "t").ignore);
  const Policy& others = policies.find("local", "billing", "t");
  EXPECT_FALSE(others.ignore);
  EXPECT_EQ(others.rules, RuleSet::burrow);
  EXPECT_EQ(others.intervals, 15);
  EXPECT_EQ(others.min_distance, std::chrono::seconds{1});
  ASSERT_EQ(config.receivers.size(), 1u);
  EXPECT_EQ(std::get<WebhookSettings>(config.receivers[0].channel).url.get(),
            "http://someservice.example.com:1467/v1/event");
  EXPECT_THAT(
      import.notes,
      AllOf(Contains(HasSubstr("consumer.local_zk: offsets in ZooKeeper")),
            Contains(HasSubstr("notifier.default: template-open conf/default-http-post.tmpl "
                               "is a Go template")),
            Contains(HasSubstr("template-close")), Contains(HasSubstr("method-close")),
            Contains(HasSubstr("threshold 1")), Contains(HasSubstr("extras"))));
  EXPECT_THAT(import.notes, Each(Not(HasSubstr("not known to this translation"))));
  EXPECT_THAT(import.variables, IsEmpty());
}

TEST(BurrowImport, NoSecretIsInWhatComesOut) {
  const auto [import, config] = imported(secured);
  EXPECT_THAT(import.toml, Not(HasSubstr("hunter2")));
  EXPECT_THAT(import.toml, Not(HasSubstr("SECRETPATH")));
  EXPECT_THAT(import.notes, Each(AllOf(Not(HasSubstr("hunter2")), Not(HasSubstr("SECRETPATH")))));
  EXPECT_THAT(
      import.variables,
      testing::UnorderedElementsAre(
          "BURROW_SASL_MYSASL_PASSWORD", "BURROW_NOTIFIER_MAIL_PASSWORD",
          "BURROW_NOTIFIER_SLACK_URL_OPEN", "BURROW_NOTIFIER_HOOK_PASSWORD",
          "BURROW_NOTIFIER_HOOK_HEADERS_AUTHORIZATION", "BURROW_NOTIFIER_PAGER_ROUTING_KEY"));
}

TEST(BurrowImport, HowClustersAreReached) {
  const Config config = imported(secured).config;
  ASSERT_EQ(config.clusters.size(), 2u);
  for (const ClusterConfig& cluster : config.clusters) {
    EXPECT_EQ(cluster.kafka.at("security.protocol"), "SASL_SSL");
    EXPECT_EQ(cluster.kafka.at("sasl.mechanism"), "SCRAM-SHA-512");
    EXPECT_EQ(cluster.kafka.at("ssl.ca.location"), "/etc/burrow/ca.pem");
    EXPECT_EQ(cluster.kafka.at("sasl.password"), "from the environment");
  }
  EXPECT_FALSE(config.policies.find("prod", "billing-1", "t").ignore);
  EXPECT_TRUE(config.policies.find("prod", "others", "t").ignore);
  EXPECT_FALSE(config.policies.find("dr", "others", "t").ignore);
  EXPECT_EQ(config.policies.find("dr", "others", "t").allowed_lag, 3);
}

TEST(BurrowImport, NotifiersAreReceiversAndRoutes) {
  const auto [import, config] = imported(secured);
  std::vector<std::string> names;
  for (const ReceiverSettings& receiver : config.receivers) names.push_back(receiver.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("mail", "slack", "hook", "pager"));
  for (const ReceiverSettings& receiver : config.receivers) {
    if (receiver.name != "mail") continue;
    const auto& mail = std::get<EmailSettings>(receiver.channel);
    EXPECT_EQ(mail.server, "smtp.example.com:587");
    EXPECT_EQ(mail.from, "burrow@example.com");
    EXPECT_THAT(mail.to, ElementsAre("ops@example.com", "second@example.com"));
    EXPECT_EQ(mail.login.password.get(), "from the environment");
    EXPECT_EQ(receiver.transport.ca_file, "/etc/burrow/mail-ca.pem");
  }
  for (const RouteConfig& route : config.routes) {
    EXPECT_TRUE(route.go_on);
    if (route.name != "mail") continue;
    EXPECT_TRUE(route.group->matches("billing-eu"));
    EXPECT_FALSE(route.group->matches("my-billing"));
    EXPECT_TRUE(route.not_group->matches("billing-test"));
    EXPECT_EQ(route.status->text(), "ERROR");
    EXPECT_EQ(route.repeat_interval, std::chrono::minutes{15});
  }
  EXPECT_THAT(import.notes, AllOf(Contains(HasSubstr("notifier.byname: url-open is a Go template")),
                                  Contains(HasSubstr("notifier.nobody: it tells nobody")),
                                  Contains(HasSubstr("noverify has no counterpart"))));
}

TEST(BurrowImport, WhatIsNotKnownIsNamed) {
  const auto found = import_burrow(R"(
[cluster.a]
servers = ["b:9092"]
colour = "blue"
[general]
access-control-allow-origin = "mysite.example.com"
[lagzilla.x]
a = 1
[notifier.n]
class-name = "pigeon"
[notifier.m]
class-name = "email"
to = "a@example.com"
)");
  ASSERT_TRUE(found);
  EXPECT_THAT(found.value().notes,
              AllOf(Contains(HasSubstr("cluster.a: colour is not known")),
                    Contains(HasSubstr("lagzilla is not known")),
                    Contains(HasSubstr("mysite.example.com is no origin")),
                    Contains(HasSubstr("class-name \"pigeon\" is not known")),
                    Contains(HasSubstr("notifier.m: server, from or to is missing"))));
  EXPECT_TRUE(parse_config(found.value().toml, "made", surround()).config);
}

TEST(BurrowImport, WhatIsNoTomlIsSaid) {
  const auto found = import_burrow("[cluster\n");
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().message, HasSubstr("not valid TOML"));
}

TEST(BurrowImport, QuotesAndDollarsStayWhatTheyAre) {
  const auto found = import_burrow(
      "[cluster.a]\nservers = [\"b:9092\"]\n[logging]\nfilename = "
      "'/a \"b\" \\ ${HOME}'\n");
  ASSERT_TRUE(found);
  const Loaded loaded = parse_config(found.value().toml, "made", surround());
  ASSERT_TRUE(loaded.config) << found.value().toml;
  EXPECT_EQ(loaded.config->log.file, "/a \"b\" \\ ${HOME}");
}

}  // namespace
}  // namespace tidemark
