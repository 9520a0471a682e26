// `tidemark decode`: records of the offsets topic as hexadecimal JSON lines in, their fields as
// JSON lines out, one answer per line, in order. For people with a record that they can't explain,
// and for tests: it decodes with what the daemon decodes with.
#pragma once

#include <istream>
#include <ostream>

namespace tidemark {

// A line that can't be read or decoded is answered by {"error": …} and the run goes on. Returns the
// exit code: 0, or 1 if there was such a line or `in` or `out` broke.
int decode_command(std::istream& in, std::ostream& out);

}  // namespace tidemark
