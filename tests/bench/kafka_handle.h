// A librdkafka client for the benchmark tools: settings in, a handle that ends with its owner out.
// A setting that is refused ends the tool with a message that names it.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/settings.h"

namespace tidemark::bench {

struct Destroy {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
using Handle = std::unique_ptr<rd_kafka_t, Destroy>;
using ClientSettings = std::vector<std::pair<std::string, std::string>>;
using Delivered = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);

// `delivered` (or nullptr): what a producer calls for each record that is with the broker, with
// `whose` as its last.
inline Handle connect(rd_kafka_type_t type, const ClientSettings& settings,
                      Delivered delivered = nullptr, void* whose = nullptr) {
  char error[512] = "";
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [key, value] : settings) {
    if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), error, sizeof error) !=
        RD_KAFKA_CONF_OK) {
      fail(key + ": " + error);
    }
  }
  rd_kafka_conf_set_dr_msg_cb(conf, delivered);
  rd_kafka_conf_set_opaque(conf, whose);
  Handle handle(rd_kafka_new(type, conf, error, sizeof error));
  if (!handle) fail(std::string("librdkafka: ") + error);
  return handle;
}

}  // namespace tidemark::bench
