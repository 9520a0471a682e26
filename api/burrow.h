// Handlers of Burrow's API (v3 and /burrow/admin), for clients that exist already. Verdicts are
// ours in Burrow's words; docs/rest-api.md says where the answers are better than Burrow's.
#pragma once

#include "api/http_message.h"

namespace tidemark {

struct Call;

HttpReply burrow_admin(const Call& call);
HttpReply burrow_ready(const Call& call);

HttpReply burrow_clusters(const Call& call);
HttpReply burrow_cluster(const Call& call);          // {c}
HttpReply burrow_topics(const Call& call);           // {c}
HttpReply burrow_topic(const Call& call);            // {c}, {t}
HttpReply burrow_topic_consumers(const Call& call);  // {c}, {t}
HttpReply burrow_consumers(const Call& call);        // {c}
HttpReply burrow_consumer(const Call& call);         // {c}, {g}
HttpReply burrow_forget(const Call& call);           // {c}, {g}
HttpReply burrow_consumer_status(const Call& call);  // {c}, {g}
HttpReply burrow_consumer_lag(const Call& call);     // {c}, {g}

}  // namespace tidemark
