// The commits of one round of a world as record batches, made once: a later round writes new values
// over those of the one before. One thread at a time uses a batch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "tests/bench/world.h"

namespace tidemark::bench {

// All for one partition of the offsets topic, as a producer sends it (format 2, not compressed).
class CommitBatch {
 public:
  explicit CommitBatch(int offsets_partition) : offsets_partition_(offsets_partition) {}

  void add(const World& world, int group, int partition);
  // What its groups commit in this round. Before the batch is sent.
  void set_round(const World& world, int round, Instant now);

  [[nodiscard]] int offsets_partition() const { return offsets_partition_; }
  [[nodiscard]] std::size_t records() const { return places_.size(); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  struct Place {
    int group = 0;
    int partition = 0;
    std::size_t value = 0;  // where it begins
  };

  int offsets_partition_;
  std::string bytes_;
  std::vector<Place> places_;
};

// Of all groups, those of one offsets partition next to each other; so many records in each at
// most.
std::vector<CommitBatch> commit_batches(const World& world, std::size_t most_records);

}  // namespace tidemark::bench
