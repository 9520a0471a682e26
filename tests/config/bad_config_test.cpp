#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/loading.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

struct Row {
  std::string story;
  std::string text;  // the whole file
  std::uint32_t line;
  std::string key;
  std::string message;  // how it begins, or a part of it
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.story; }

// The rows below put their mistake into line 4 or later, after a good cluster.
std::string after_cluster(const std::string& text) { return one_cluster + text; }
std::string in_policy(const std::string& text) { return one_cluster + "[[policy]]\n" + text; }

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

const std::vector<Row> rows{
    // keys
    {"a mistyped key", "[[cluster]]\nname = \"A\"\nbootstrap = \"k:1\"\nrefesh = \"1s\"\n", 4,
     "cluster[0].refesh", R"(is not a known key; did you mean "refresh"?)"},
    {"a mistyped section", after_cluster("[htpp]\n"), 4, "htpp", R"(did you mean "http"?)"},
    {"a key of another section", after_cluster("[http]\nstate_dir = \"x\"\n"), 5, "http.state_dir",
     "it belongs to [storage]"},
    {"a key outside its section", "listen = \"127.0.0.1:1\"\n" + one_cluster, 1, "listen",
     "it belongs to [http]"},
    {"a key like none", after_cluster("[metrics]\nzzzzzz = 1\n"), 5, "metrics.zzzzzz",
     "known here: granularity, max_series, topics, burrow"},
    {"the cluster's refresh in a policy", in_policy("refresh = \"1s\"\n"), 5, "policy[0].refresh",
     "it belongs to [[cluster]]"},
    // kinds
    {"text for a number", after_cluster("[http]\nthreads = \"64\"\n"), 5, "http.threads",
     "is text; it has to be a whole number, without quotes"},
    {"a number for text", after_cluster("[http]\nlisten = 8000\n"), 5, "http.listen",
     "is a whole number; it has to be text in quotes"},
    {"text for true or false", after_cluster("[metrics]\nburrow = \"no\"\n"), 5, "metrics.burrow",
     "it has to be true or false, without quotes"},
    {"one table for clusters", "[cluster]\nname = \"A\"\n", 1, "cluster",
     "it has to be a list of tables: [[cluster]] with double brackets"},
    {"a list for one table", after_cluster("[[http]]\n"), 4, "http",
     "it has to be one table: [http]"},
    {"a word in a list of clusters", "cluster = [\"PROD\"]\n", 1, "cluster[0]", "is text"},
    {"a date for a duration", in_policy("window = 2026-01-01\n"), 5, "policy[0].window",
     "is a date or time"},
    {"a granularity that is none", after_cluster("[metrics]\ngranularity = \"topics\"\n"), 5,
     "metrics.granularity", R"("topics" is none of)"},
    {"a granularity of a policy that is none", in_policy("metrics = \"off\"\n"), 5,
     "policy[0].metrics", R"("off" is none of)"},
    {"a negative number of series", after_cluster("[metrics]\nmax_series = -1\n"), 5,
     "metrics.max_series", "it has to be 0 to 1000000000"},
    // durations
    {"an unknown unit", in_policy("window = \"10 parsecs\"\n"), 5, "policy[0].window",
     R"("10 parsecs" is not a duration; write "10s", "5m" or "2h")"},
    {"a duration without a unit", in_policy("window = 300\n"), 5, "policy[0].window",
     "300 has no unit"},
    {"a negative duration", in_policy("remember = \"-1h\"\n"), 5, "policy[0].remember",
     R"("-1h" is not a duration)"},
    {"a duration of more than 64 bits", in_policy("remember = \"99999999999999999d\"\n"), 5,
     "policy[0].remember", "is not a duration"},
    {"a window of nothing", in_policy("window = \"0s\"\n"), 5, "policy[0].window",
     R"("0s" is out of range; it has to be 1s to 3650d)"},
    {"log ends all the time",
     "[[cluster]]\nname = \"A\"\nbootstrap = \"k:1\"\nrefresh = \"10ms\"\n", 4,
     "cluster[0].refresh", "it has to be 100ms to 1h"},
    // clusters
    {"no cluster at all", "[http]\n", 0, "cluster", "there is none; add a [[cluster]]"},
    {"an empty list of clusters", "cluster = []\n", 0, "cluster", "there is none"},
    {"a cluster without a name", "[[cluster]]\nbootstrap = \"k:1\"\n", 1, "cluster[0].name",
     "is missing; write name = \"PROD\""},
    {"a cluster without brokers", "[[cluster]]\nname = \"A\"\n", 1, "cluster[0].bootstrap",
     "is missing; write bootstrap = "},
    {"a cluster named nothing", "[[cluster]]\nname = \"\"\nbootstrap = \"k:1\"\n", 2,
     "cluster[0].name", "is empty"},
    {"a cluster named like a folder", "[[cluster]]\nname = \"..\"\nbootstrap = \"k:1\"\n", 2,
     "cluster[0].name", "can't be part of a URL"},
    {"a name with a line break", "[[cluster]]\nname = \"a\\nb\"\nbootstrap = \"k:1\"\n", 2,
     "cluster[0].name", R"("a\nb" has a control character)"},
    {"the same name in other letters",
     after_cluster("[[cluster]]\nname = \"prod\"\nbootstrap = \"k:1\"\n"), 5, "cluster[1].name",
     R"("prod" is the name of cluster[0] (line 1) already)"},
    // brokers
    {"empty bootstrap", "[[cluster]]\nname = \"A\"\nbootstrap = \"\"\n", 3, "cluster[0].bootstrap",
     "is empty; write the brokers"},
    {"an empty list of brokers", "[[cluster]]\nname = \"A\"\nbootstrap = []\n", 3,
     "cluster[0].bootstrap", "is empty; write the brokers"},
    {"a broker without a port", "[[cluster]]\nname = \"A\"\nbootstrap = \"k\"\n", 3,
     "cluster[0].bootstrap", R"("k" has no port)"},
    {"a comma too many", "[[cluster]]\nname = \"A\"\nbootstrap = \"k:1,\"\n", 3,
     "cluster[0].bootstrap", R"("" is empty)"},
    {"the second of two brokers", "[[cluster]]\nname = \"A\"\nbootstrap = [\"k:1\",\n\"k:x\"]\n", 4,
     "cluster[0].bootstrap[1]", R"("k:x" has a port that is not a number from 1 to 65535)"},
    {"port 0 to connect to", "[[cluster]]\nname = \"A\"\nbootstrap = \"k:0\"\n", 3,
     "cluster[0].bootstrap", "from 1 to 65535"},
    {"a protocol before the broker", "[[cluster]]\nname = \"A\"\nbootstrap = \"SSL://k:1\"\n", 3,
     "cluster[0].bootstrap", "begins with a protocol"},
    {"a bare IPv6 address", "[[cluster]]\nname = \"A\"\nbootstrap = \"::1:9092\"\n", 3,
     "cluster[0].bootstrap", "stands in brackets"},
    {"a host with a blank", "[[cluster]]\nname = \"A\"\nbootstrap = \"a b:1\"\n", 3,
     "cluster[0].bootstrap", "no host name has"},
    // listener, log
    {"a listener without a port", after_cluster("[http]\nlisten = \"0.0.0.0\"\n"), 5, "http.listen",
     R"("0.0.0.0" has no port)"},
    {"a listener without a host", after_cluster("[http]\nlisten = \":8000\"\n"), 5, "http.listen",
     R"(has no host, for example "127.0.0.1:8000")"},
    {"a port beyond all ports", after_cluster("[http]\nlisten = \"127.0.0.1:65536\"\n"), 5,
     "http.listen", "from 0 to 65535"},
    {"no threads", after_cluster("[http]\nthreads = 0\n"), 5, "http.threads",
     "0 is out of range; it has to be 1 to 4096"},
    {"an origin with a path", after_cluster("[http]\nallow_origin = \"https://a/b\"\n"), 5,
     "http.allow_origin", "is not an origin"},
    {"an origin with a header of its own",
     after_cluster("[http]\nallow_origin = \"https://a\\r\\nX: y\"\n"), 5, "http.allow_origin",
     "is not an origin"},
    {"a home that only a shell knows", after_cluster("[storage]\nstate_dir = \"~/t\"\n"), 5,
     "storage.state_dir", "write \"${HOME}/…\""},
    {"a level that does not exist", after_cluster("[log]\nlevel = \"warning\"\n"), 5, "log.level",
     R"("warning" is none of debug, info, warn, error)"},
    {"a mistyped level", after_cluster("[log]\nlevel = \"degub\"\n"), 5, "log.level",
     R"(did you mean "debug"?)"},
    {"a log file of a few bytes", after_cluster("[log]\nmax_bytes = 10\n"), 5, "log.max_bytes",
     "10 is out of range"},
    // policies
    {"a broken pattern", in_policy("group = \"(a\"\n"), 5, "policy[0].group",
     R"("(a" is not a regular expression: missing ): (a)"},
    {"a pattern for no cluster", in_policy("cluster = \"PRD.*\"\n"), 5, "policy[0].cluster",
     R"("PRD.*" matches none of the clusters (PROD))"},
    {"a pattern for a part of a name", in_policy("cluster = \"PRO\"\n"), 5, "policy[0].cluster",
     "has to match the full name"},
    {"a policy after one for all", in_policy("[[policy]]\ngroup = \"a\"\n"), 5, "policy[1]",
     "can never match: the first match wins, and policy[0] (line 4)"},
    {"rules of nobody", in_policy("rules = \"burow\"\n"), 5, "policy[0].rules",
     R"(did you mean "burrow"?)"},
    {"a window of one sample", in_policy("intervals = 1\n"), 5, "policy[0].intervals",
     "it has to be 2 to 255"},
    {"a negative lag", in_policy("allowed_lag = -1\n"), 5, "policy[0].allowed_lag",
     "-1 is too small; it has to be 0 or more"},
    {"more than complete", in_policy("minimum_complete = 1.5\n"), 5, "policy[0].minimum_complete",
     "1.5 is out of range; it has to be 0 to 1"},
    {"least patience beyond the most", in_policy("patience_min = \"2d\"\n"), 5,
     "policy[0].patience_min", "patience_min (2d) is longer than patience_max (30h)"},
    // the environment
    {"a variable that is not set", in_policy("group = \"${TEAM}-.*\"\n"), 5, "policy[0].group",
     "the environment variable TEAM is not set"},
    {"a reference that is not closed", in_policy("group = \"${TEAM\"\n"), 5, "policy[0].group",
     "is not closed"},
    // the file as text
    {"text without quotes", "[[cluster]]\nname = PROD\n", 2, "",
     "not valid TOML at column 8: this value is of no kind that TOML knows"},
    {"a quote that is missing", "[[cluster]]\nname = \"PROD\n", 2, "", "not valid TOML"},
    {"a key twice", "[http]\nthreads = 1\nthreads = 2\n", 3, "",
     "cannot redefine existing integer 'threads'"},
    {"a key without end", "\n" + repeated("a.", 100'000) + "b = 1\n", 2, "",
     "has a key of more than 500 parts"},
    {"tables in tables without end", "a = " + repeated("{a=", 100'000), 1, "", "not valid TOML"},
    {"lists in lists without end", "a = " + repeated("[", 100'000), 1, "", "not valid TOML"},
    {"bytes of Latin-1", "[http]\n# caf\xe9\n", 2, "", "is not UTF-8"},
};

class BadConfig : public testing::TestWithParam<Row> {};

TEST_P(BadConfig, IsSaidOnceWithItsPlace) {
  const Row& row = GetParam();
  const Loaded loaded = load_text(row.text);
  EXPECT_FALSE(loaded.config.has_value());
  ASSERT_EQ(loaded.problems.size(), 1u) << texts_of(loaded);
  const Problem& problem = loaded.problems.front();
  EXPECT_EQ(problem.file, "t.toml");
  EXPECT_EQ(problem.line, row.line) << problem.text();
  EXPECT_EQ(problem.key, row.key) << problem.text();
  EXPECT_THAT(problem.message, HasSubstr(row.message));
}

std::string name_of(const testing::TestParamInfo<Row>& info) {
  std::string out = info.param.story;
  for (char& c : out) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(Mistakes, BadConfig, testing::ValuesIn(rows), name_of);

TEST(BadConfigs, SayEveryMistakeAtOnceInTheOrderOfTheFile) {
  const Loaded loaded = load_text(R"([http]
listen = "nowhere"
threads = 0
[log]
level = "loud"
[[cluster]]
name = "A"
bootstrap = "k"
refresh = "soon"
[[cluster]]
name = "a"
colour = "green"
[[policy]]
group = "["
window = 5
)");
  std::vector<std::string> keys;
  for (const Problem& problem : loaded.problems) keys.push_back(problem.key);
  EXPECT_THAT(
      keys, testing::ElementsAre("http.listen", "http.threads", "log.level", "cluster[0].bootstrap",
                                 "cluster[0].refresh", "cluster[1].bootstrap", "cluster[1].name",
                                 "cluster[1].colour", "policy[0].group", "policy[0].window"))
      << texts_of(loaded);
}

TEST(BadConfigs, AreOneLineEach) {
  const Loaded loaded = load_text(one_cluster + "\"a\\nb\" = 1\n");
  ASSERT_EQ(loaded.problems.size(), 1u);
  EXPECT_THAT(loaded.problems.front().text(), HasSubstr(R"(t.toml:4: cluster[0].a\nb: is not)"));
}

TEST(BadConfigs, DoNotShowWhatCameFromTheEnvironment) {
  const Loaded loaded = load_text("[[cluster]]\nname = \"A\"\nbootstrap = \"${SERVERS}\"\n",
                                  {{{"SERVERS", "user-and-password"}}, {}});
  ASSERT_EQ(loaded.problems.size(), 1u);
  EXPECT_EQ(loaded.problems.front().message, R"("${SERVERS}" has no port; write it as host:port)");
}

}  // namespace
}  // namespace tidemark
