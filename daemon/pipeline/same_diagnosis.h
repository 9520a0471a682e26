// Whether two diagnoses tell people the same, so that a report need not be made anew for it. Pure.
#pragma once

#include "evaluator/finding.h"

namespace tidemark {

// The same sentences, and speeds and times within 5 % of each other.
bool same_diagnosis(const Diagnosis& a, const Diagnosis& b);

}  // namespace tidemark
