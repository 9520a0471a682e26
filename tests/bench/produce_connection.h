// One plain connection to a broker, on which record batches are produced to the offsets topic. One
// thread. Whatever goes wrong ends the tool, and so does a broker that says nothing for a minute.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/commit_batches.h"

namespace tidemark::bench {

class ProduceConnection {
 public:
  explicit ProduceConnection(const std::string& bootstrap);
  ~ProduceConnection();
  ProduceConnection(const ProduceConnection&) = delete;
  ProduceConnection& operator=(const ProduceConnection&) = delete;

  // One request; each batch is of another partition. Waits for an answer only where many are open.
  void send(const std::vector<const CommitBatch*>& batches);
  // All answers are here.
  void finish();

 private:
  void write_all(const std::string& bytes);
  std::string read_exactly(std::size_t count);
  void take_answer();

  int socket_ = -1;
  std::int32_t last_request_ = 0;
  std::int32_t last_answer_ = 0;
};

}  // namespace tidemark::bench
