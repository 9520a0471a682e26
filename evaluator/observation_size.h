// What an observation takes of the room between the threads: how many records, partitions or other
// things it tells of, and the bytes of memory that it holds, spare room of its strings and lists
// included. Pure; costs next to nothing beside making the observation.
#pragma once

#include "core/channel.h"
#include "evaluator/observation.h"

namespace tidemark {

Load load_of(const Observation& seen);

}  // namespace tidemark
