// Any bytes as a block of a group's history, and as a row of its totals. The decoders may refuse
// them; what they give out must hold together, and come back when it is written again.
//
// Input: what it is (1 byte: odd for totals), bytes.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "storage/history_codec.h"
#include "storage/history_totals.h"

namespace tidemark {
namespace {

const Instant hour = block_of(from_ms(1'700'000'000'000));

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

// By itself, as the first piece of its block.
void check_that_it_comes_back(const GroupSample& sample) {
  HistoryEncoder encoder;
  const std::string piece = encoder.piece(sample);
  must(!piece.empty(), "the first piece is written");
  std::string_view bytes = piece;
  HistoryDecoder decoder(block_of(sample.at));
  must(static_cast<bool>(decoder.next(bytes)), "what was written can be read");
  must(bytes.empty(), "a piece has an end");
  must(decoder.sample() == sample, "and it is the same");
}

void check_block(std::string_view bytes) {
  HistoryDecoder decoder(hour);
  while (!bytes.empty()) {
    const std::size_t before = bytes.size();
    if (!decoder.next(bytes)) return;
    must(bytes.size() < before, "each piece takes bytes");
    const GroupSample& sample = decoder.sample();
    must(sample.at >= hour && sample.at < hour + std::chrono::hours{1}, "it is of its hour");
    check_that_it_comes_back(sample);
  }
}

void check_totals(std::string_view bytes) {
  const Duration step = std::chrono::minutes{5};
  const auto steps = steps_of(bytes, hour, step);
  must(steps.size() <= bytes.size(), "each step takes bytes");
  std::string again;
  for (const TotalsStep& each : steps) append(again, each, hour, step);
  must(steps_of(again, hour, step) == steps, "they come back");
}

}  // namespace
}  // namespace tidemark

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // A copy of exactly its size: AddressSanitizer then sees a read past its end.
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    tidemark::check_block(bytes);
  } else {
    tidemark::check_totals(bytes);
  }
  return 0;
}
