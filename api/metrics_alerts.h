// tidemark_incidents* and tidemark_deliveries*: what is open, and how it is told.
#pragma once

#include "api/prometheus_text.h"
#include "storage/alert_status.h"

namespace tidemark {

void write_alerts(Samples& out, const AlertStatus& status);

}  // namespace tidemark
