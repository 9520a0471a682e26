#include "api/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace tidemark {
namespace {

constexpr int kLevel = 1;
constexpr int kWindow = 15 + 16;  // 32 KB; 16 asks for gzip's frame
constexpr int kMemory = 6;        // zlib's own 8 takes more memory and a tenth more time here
constexpr std::size_t kMost = std::numeric_limits<uInt>::max();

}  // namespace

struct Gzip::Impl {
  explicit Impl(const BodySink& sink) : to(sink) {
    if (deflateInit2(&stream, kLevel, Z_DEFLATED, kWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Impl() { deflateEnd(&stream); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Until all input is taken and, with a flush, nothing is left inside.
  bool run(int flush) {
    do {
      stream.next_out = out.data();
      stream.avail_out = static_cast<uInt>(out.size());
      deflate(&stream, flush);
      const std::size_t made = out.size() - stream.avail_out;
      if (made > 0 && !to({reinterpret_cast<const char*>(out.data()), made})) return false;
    } while (stream.avail_out == 0);
    return true;
  }

  const BodySink& to;
  z_stream stream{};
  std::array<Bytef, 32 * 1024> out{};
  bool begun = false;
};

Gzip::Gzip(const BodySink& to) : impl_(std::make_unique<Impl>(to)) {}
Gzip::~Gzip() = default;

bool Gzip::write(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t taken = std::min(piece.size(), kMost);
    impl_->stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    impl_->stream.avail_in = static_cast<uInt>(taken);
    if (!impl_->run(impl_->begun ? Z_NO_FLUSH : Z_SYNC_FLUSH)) return false;
    impl_->begun = true;
    piece.remove_prefix(taken);
  }
  return true;
}

bool Gzip::finish() { return impl_->run(Z_FINISH); }

std::string gzipped(std::string_view body) {
  std::string out;
  const BodySink keep = [&](std::string_view piece) {
    out += piece;
    return true;
  };
  Gzip gzip(keep);
  gzip.write(body);
  gzip.finish();
  return out;
}

std::string gunzipped(std::string_view compressed) {
  z_stream stream{};
  if (inflateInit2(&stream, kWindow) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string out;
  std::array<Bytef, 16 * 1024> piece{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = piece.data();
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return out;
}

}  // namespace tidemark
