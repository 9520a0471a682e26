// Where people reach the page, for links in messages.
#pragma once

#include <string>

#include "config/config.h"

namespace tidemark {

// `page_url`, else what it listens on; where that is every interface, by this machine's name.
// `port`: the one that it got, where the configuration left that open.
std::string page_address(const HttpConfig& http, int port = 0);

}  // namespace tidemark
