#include "notifiers/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>

#include "notifiers/text.h"

namespace tidemark {
namespace {

constexpr std::size_t most_lines = 200;

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  return static_cast<Transfer*>(transfer)->take_body(bytes, size * count);
}

std::size_t on_line(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  return static_cast<Transfer*>(transfer)->take_line(bytes, size * count);
}

int on_progress(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(transfer)->stopped() ? 1 : 0;
}

CURL* new_handle() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  return curl_easy_init();
}

}  // namespace

Transfer::Transfer(const Transport& transport, const Attempt& attempt)
    : attempt_(attempt), handle_(new_handle()), problem_(CURL_ERROR_SIZE, '\0') {
  if (handle_ != nullptr) set_up(transport);
}

Transfer::~Transfer() {
  if (handle_ != nullptr) curl_easy_cleanup(handle_);
}

void Transfer::set_up(const Transport& transport) {
  const auto limit = std::clamp<long>(static_cast<long>(attempt_.limit.count()), 1, 86'400'000);
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, problem_.data());
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, limit);
  curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, limit);
  curl_easy_setopt(handle_, CURLOPT_QUICK_EXIT, 1L);  // no waiting for a name that is looked up
  curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, on_line);
  curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!transport.proxy.empty()) {
    curl_easy_setopt(handle_, CURLOPT_PROXY, transport.proxy.c_str());
  }
  if (!transport.ca_file.empty()) {
    curl_easy_setopt(handle_, CURLOPT_CAINFO, transport.ca_file.c_str());
    curl_easy_setopt(handle_, CURLOPT_CAPATH, nullptr);
  }
}

Status Transfer::run() {
  if (handle_ == nullptr) return Error{"libcurl gives no handle: is there memory left?"};
  if (stopped()) return Error{"interrupted: Tidemark is stopping"};
  const CURLcode code = curl_easy_perform(handle_);
  if (code == CURLE_OK) return Done{};
  if (code == CURLE_ABORTED_BY_CALLBACK) return Error{"interrupted: Tidemark is stopping"};
  const std::string detail = problem_.c_str();
  return Error{one_line(detail.empty() ? curl_easy_strerror(code) : detail, 300)};
}

int Transfer::code() const {
  long out = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &out);
  return static_cast<int>(out);
}

std::size_t Transfer::take_body(const char* bytes, std::size_t size) {
  body_.append(bytes, std::min(size, longest_answer - body_.size()));
  return size;
}

std::size_t Transfer::take_line(const char* bytes, std::size_t size) {
  if (lines_.size() == most_lines) return size;
  std::string line{bytes, std::min(size, longest_answer)};
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  lines_.push_back(std::move(line));
  return size;
}

}  // namespace tidemark
