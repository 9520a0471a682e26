#include "core/aside.h"

#include <future>
#include <optional>
#include <system_error>

#include "core/urgency.h"
#include "core/worker.h"

namespace tidemark {

void do_aside(const std::string& thread_name, const std::function<void()>& work) {
  std::packaged_task<void()> task(work);
  auto done = task.get_future();
  std::optional<Worker> worker;
  try {
    worker.emplace(thread_name, [&](const std::stop_token&) {
      give_way();
      task();
    });
  } catch (const std::system_error&) {
    task();
  }
  done.get();
}

}  // namespace tidemark
