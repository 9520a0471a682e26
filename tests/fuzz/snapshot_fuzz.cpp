// Any bytes as parts of a snapshot: what is read of them has no more items than there are bytes and
// no enum beyond its last, and what was read whole is written as it is read. The sanitizers watch
// the rest.
//
// Input: a kind (1 byte), then the bytes.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "daemon/snapshot/kept_fields.h"
#include "evaluator/log_end_history.h"
#include "storage/field_reader.h"

namespace tidemark {
namespace {

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

template <class T>
std::string written(const T& value) {
  std::string out;
  FieldWriter writer(out);
  writer(value);
  return out;
}

template <class T>
void check(std::string_view bytes) {
  T value{};
  FieldReader reader(bytes);
  reader(value);
  if (!reader.done()) return;
  const std::string again = written(value);
  T second{};
  FieldReader reread(again);
  reread(second);
  must(reread.done(), "what was read can be written and read");
  must(written(second) == again, "it says the same");
}

}  // namespace
}  // namespace tidemark

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      check<SnapshotHead>(bytes);
      break;
    case 1:
      check<KeptSlot>(bytes);
      break;
    case 2:
      check<KeptVerdict>(bytes);
      break;
    case 3:
      check<Topic>(bytes);
      break;
    case 4:
      check<Membership>(bytes);
      break;
    default:
      check<MemberLog>(bytes);
  }
  return 0;
}
