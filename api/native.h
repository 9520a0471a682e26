// Handlers of the native API and of health; docs/rest-api.md says what they answer.
#pragma once

#include "api/http_message.h"

namespace tidemark {

struct Call;

HttpReply get_index(const Call& call);
HttpReply get_health(const Call& call);
HttpReply get_readiness(const Call& call);

HttpReply get_clusters(const Call& call);
HttpReply get_cluster(const Call& call);  // {c}

HttpReply get_groups(const Call& call);
HttpReply get_groups_of_cluster(const Call& call);   // {c}
HttpReply get_group(const Call& call);               // {c}, {g}
HttpReply get_group_by_query(const Call& call);      // {c} and ?name=
HttpReply explain_group(const Call& call);           // {c}, {g}
HttpReply explain_group_by_query(const Call& call);  // {c} and ?name=

HttpReply get_history(const Call& call);            // {c}, {g}
HttpReply get_history_by_query(const Call& call);   // {c} and ?name=
HttpReply get_partition_history(const Call& call);  // {c}, {g}, {t}, {p}

HttpReply get_events(const Call& call);
HttpReply get_incidents(const Call& call);
HttpReply get_incident(const Call& call);
HttpReply get_receivers(const Call& call);
HttpReply get_deliveries(const Call& call);

// What changes something: for those who have the right.
HttpReply get_access(const Call& call);  // what the caller may do
HttpReply get_silences(const Call& call);
HttpReply preview_silence(const Call& call);
HttpReply add_silence(const Call& call);
HttpReply end_silence(const Call& call);            // {id}
HttpReply acknowledge_incident(const Call& call);   // {id}
HttpReply forget_group(const Call& call);           // {c}, {g}
HttpReply forget_group_by_query(const Call& call);  // {c} and ?name=
HttpReply reload(const Call& call);

HttpReply get_topics(const Call& call);  // {c}
HttpReply get_topic(const Call& call);   // {c}, {t}

}  // namespace tidemark
