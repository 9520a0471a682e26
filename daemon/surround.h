// What the configuration needs from this process: its environment, and the Kafka client's opinion.
#pragma once

#include "config/config.h"

namespace tidemark {

Surround process_surround();

}  // namespace tidemark
