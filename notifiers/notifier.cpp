#include "notifiers/notifier.h"

namespace tidemark {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::delivered:
      return "delivered";
    case Outcome::try_again:
      return "try_again";
    case Outcome::refused:
      break;
  }
  return "refused";
}

}  // namespace tidemark
