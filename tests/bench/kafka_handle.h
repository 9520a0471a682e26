// A librdkafka client for the benchmark tools: settings in, a handle that ends with its owner out.
// A setting that is refused ends the tool with a message that names it.
#pragma once

#include <librdkafka/rdkafka.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tidemark::bench {

struct Destroy {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
using Handle = std::unique_ptr<rd_kafka_t, Destroy>;
using Settings = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] inline void fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

inline Handle connect(rd_kafka_type_t type, const Settings& settings) {
  char error[512] = "";
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [key, value] : settings) {
    if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), error, sizeof error) !=
        RD_KAFKA_CONF_OK) {
      fail(key + ": " + error);
    }
  }
  Handle handle(rd_kafka_new(type, conf, error, sizeof error));
  if (!handle) fail(std::string("librdkafka: ") + error);
  return handle;
}

}  // namespace tidemark::bench
