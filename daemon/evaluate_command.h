// `tidemark evaluate`: stories of single partitions as JSON lines in, verdicts as JSON lines out,
// one answer per line, in order. The same functions judge as in the running monitor.
#pragma once

#include <istream>
#include <ostream>
#include <string_view>

namespace tidemark {

// `rules_override` is --rules: used for lines that name no rule set; empty: tidemark. A line that
// can't be read is answered by {"name": …, "error": …} and the run goes on. Blank lines are
// skipped. Returns the exit code: 0; 1 if there was such a line, or `in` or `out` broke; 2 if there
// is no such rule set, which standard error then says.
int evaluate_command(std::istream& in, std::ostream& out, std::string_view rules_override);

}  // namespace tidemark
