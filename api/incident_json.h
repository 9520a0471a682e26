// An incident as the API shows it: an object, in docs/rest-api.md.
#pragma once

#include <string>

namespace tidemark {

struct IncidentRow;

std::string incident_json(const IncidentRow& row);

}  // namespace tidemark
