// SIGTERM and SIGINT end a load in good order: it finishes what it promised and prints what it did.
#pragma once

namespace tidemark::bench {

// Before any thread is started. A second signal ends the tool at once.
void watch_for_stop();
[[nodiscard]] bool stop_asked();

}  // namespace tidemark::bench
