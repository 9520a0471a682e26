// Room for one more at the end of a list. A list that grows by doubling is a quarter empty on
// average; where the lists of a cluster hold a million entries together, that counts.
#pragma once

#include <vector>

namespace tidemark {

template <class T>
void make_room(std::vector<T>& list) {
  if (list.size() == list.capacity()) list.reserve(list.size() + list.size() / 8 + 2);
}

}  // namespace tidemark
