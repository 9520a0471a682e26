// What a pipeline is told of a record, by its bytes.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>

#include "collectors/record.h"
#include "tests/collectors/record_bytes.h"

namespace tidemark::testing {

inline RecordBytes version_0() { return RecordBytes().i16(0); }

template <class Seen>
Seen seen(const std::string& key, const std::string& value) {
  DecodedRecord decoded = decode_record(key, value);
  const auto out = observed(std::move(std::get<DecodedGroupRecord>(decoded)));
  EXPECT_TRUE(out.has_value());
  return out ? std::get<Seen>(*out) : Seen{};
}

}  // namespace tidemark::testing
