// What the configuration needs from this process: its environment, the Kafka client's opinion, and
// what becomes of templates.
#pragma once

#include "config/config.h"

namespace tidemark {

Surround process_surround();

}  // namespace tidemark
