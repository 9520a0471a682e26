// The list of the first day: what nobody was woken for, told once to each receiver. Pure.
#pragma once

#include <vector>

#include "notifiers/bundle.h"

namespace tidemark {

// Digests of several routes and bundles that are told at the same moment become one for each
// receiver, with each incident once. Other tellings stay as they are.
void merge_digests(std::vector<Telling>& tellings);

}  // namespace tidemark
