#include "api/page/page.h"

#include <algorithm>
#include <string>

#include "api/page/assets.h"
#include "api/replies.h"
#include "api/router.h"

namespace tidemark {
namespace {

// Nothing but what came with the binary, and nothing inside another site's frame.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

HttpReply file_reply(const Call& call, const PageFile& file, std::string_view caching) {
  HttpReply reply;
  reply.headers = {{"Cache-Control", std::string(caching)},
                   {"ETag", std::string(file.etag)},
                   {"Content-Security-Policy", std::string(kPolicy)},
                   {"X-Content-Type-Options", "nosniff"},
                   {"Referrer-Policy", "no-referrer"},
                   {"Cross-Origin-Opener-Policy", "same-origin"},
                   {"Vary", "Accept-Encoding"}};
  if (call.request.if_none_match.find(file.etag) != std::string::npos) {
    reply.status = 304;
    return reply;
  }
  reply.content_type = file.content_type;
  reply.body = file.gzip;
  reply.gzip = true;
  return reply;
}

}  // namespace

HttpReply to_page(const Call&) {
  HttpReply reply;
  reply.status = 302;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = "The page is at ui/\n";
  // Relative: whoever stands in front of the daemon may have moved it into a folder.
  reply.headers = {{"Location", "ui/"}, {"Cache-Control", "no-store"}, {"Vary", "Accept"}};
  return reply;
}

HttpReply get_page(const Call& call) { return file_reply(call, page_index(), "no-cache"); }

HttpReply get_page_file(const Call& call) {
  const auto& files = page_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const PageFile& file) { return file.name == call.names[1]; });
  if (call.names[0] != page_version() || found == files.end()) {
    return refusal_reply(
        {404, "unknown_path",
         "the page of this version has no file \"" + call.names[1] + "\"; reload it from /ui/",
         "path"});
  }
  return file_reply(call, *found, "public, max-age=31536000, immutable");
}

}  // namespace tidemark
