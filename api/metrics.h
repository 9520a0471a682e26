// /metrics: the families of every cluster, made while they are sent.
#pragma once

#include "api/http_message.h"

namespace tidemark {

struct Call;

HttpReply get_metrics(const Call& call);

}  // namespace tidemark
