// What to open and what to type next, said once on standard output after the first verdicts.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "evaluator/report.h"

namespace tidemark {

using Reports = std::vector<std::shared_ptr<const ClusterReport>>;

// Every cluster is caught up, or its trouble is known.
bool first_verdicts_are_in(const Reports& reports);

// What the commands and addresses in it are made from.
struct Whereabouts {
  std::string program;        // as it was called
  std::string url;            // where it answers
  std::string config_origin;  // a file or flags
  std::string mails;          // the folder that mails of alerts come into; empty: there is none
};

void say_welcome(std::ostream& out, const Reports& reports, const Whereabouts& where);

}  // namespace tidemark
