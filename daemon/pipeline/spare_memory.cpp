#include "daemon/pipeline/spare_memory.h"

#include <malloc.h>

namespace tidemark {

void give_back_spare_memory() { malloc_trim(0); }

}  // namespace tidemark
