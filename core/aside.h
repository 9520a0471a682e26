// Long work on a thread of its own that gives way to all others, while the caller waits: what is
// asked of the process meanwhile is answered first.
#pragma once

#include <functional>
#include <string>

namespace tidemark {

// Returns when the work is done; throws what it throws. Where no thread can be had, the calling one
// does it.
void do_aside(const std::string& thread_name, const std::function<void()>& work);

}  // namespace tidemark
