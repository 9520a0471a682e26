// Handlers of the page for people: its HTML under /ui/, and the files that it is made of. Without
// state, from any thread.
#pragma once

#include "api/http_message.h"

namespace tidemark {

struct Call;

HttpReply to_page(const Call& call);        // a redirect from / and /ui
HttpReply get_page(const Call& call);       // /ui/
HttpReply get_page_file(const Call& call);  // {version}, {file}: kept for ever by whoever has it

}  // namespace tidemark
