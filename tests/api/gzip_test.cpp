// Bodies that are compressed while they are made.
#include "api/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <random>
#include <vector>

#include "tests/api/everything.h"
#include "tests/api/fixture.h"
#include "tests/api/http_client.h"

namespace tidemark {
namespace {

using namespace test;

// What zlib itself makes of it; `whole`: whether the end was there, with the right sum.
struct Unpacked {
  std::string text;
  bool whole = false;
};

Unpacked unpack(std::string packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  Unpacked out;
  std::array<char, 4096> buffer{};
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = buffer.size();
    code = inflate(&stream, Z_SYNC_FLUSH);
    out.text.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  out.whole = code == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  return out;
}

// Text like that of a scrape, cut into pieces at random places.
std::vector<std::string> random_pieces(std::mt19937& random) {
  std::vector<std::string> out;
  for (auto left = random() % 50; left > 0; --left) {
    std::string piece;
    for (auto lines = random() % 300; lines > 0; --lines) {
      piece += "lag{group=\"g-" + std::to_string(random() % 100) + "\"} " +
               std::to_string(random() % 1000) + "\n";
    }
    out.push_back(piece.substr(0, random() % (piece.size() + 1)));
  }
  return out;
}

TEST(Gzip, ComesBackAsItWas) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string packed;
    std::string whole;
    const BodySink keep = [&](std::string_view piece) {
      packed += piece;
      return true;
    };
    Gzip gzip(keep);
    for (const std::string& piece : random_pieces(random)) {
      whole += piece;
      EXPECT_TRUE(gzip.write(piece));
    }
    EXPECT_TRUE(gzip.finish());
    const Unpacked back = unpack(packed);
    EXPECT_TRUE(back.whole);
    EXPECT_EQ(back.text, whole);
  }
}

TEST(Gzip, OfNothingIsNothing) {
  EXPECT_TRUE(unpack(gzipped("")).whole);
  EXPECT_EQ(unpack(gzipped("")).text, "");
}

TEST(Gzip, TheFirstPieceCanBeReadAtOnce) {
  std::string packed;
  const BodySink keep = [&](std::string_view piece) {
    packed += piece;
    return true;
  };
  Gzip gzip(keep);
  gzip.write("# HELP tidemark_build_info\n");
  EXPECT_EQ(unpack(packed).text, "# HELP tidemark_build_info\n");
}

TEST(Gzip, PassesOnSmallPiecesHoweverLargeOneComes) {
  std::mt19937 random(7);
  std::string noise(3'000'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  std::size_t largest = 0;
  const BodySink look = [&](std::string_view piece) {
    largest = std::max(largest, piece.size());
    return true;
  };
  Gzip gzip(look);
  gzip.write(noise);
  gzip.finish();
  EXPECT_LE(largest, 32U * 1024);
}

TEST(Gzip, AClientThatGoesEndsTheWork) {
  int pieces = 0;
  const BodySink gone = [&](std::string_view) { return ++pieces < 2; };
  Gzip gzip(gone);
  EXPECT_TRUE(gzip.write("first"));
  std::mt19937 random(7);
  std::string noise(1'000'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  EXPECT_FALSE(gzip.write(noise));
  EXPECT_EQ(pieces, 2);
}

class Compressed : public ::testing::Test {
 protected:
  Compressed() {
    view.shown = {many_groups(500)};
    ServerSettings settings;
    settings.port = 0;
    server = std::move(Server::start(settings, view).value());
  }
  Answer ask(const std::string& path) {
    return fetch(server->port(), path, "GET", "Accept-Encoding: gzip\r\n");
  }

  FakeView view;
  std::unique_ptr<Server> server;
};

TEST_F(Compressed, AScrapeIsTheSameInLessBytes) {
  const Answer answer = ask("/metrics");
  EXPECT_EQ(answer.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(answer.headers.at("transfer-encoding"), "chunked");
  const Unpacked back = unpack(answer.body);
  EXPECT_TRUE(back.whole);
  EXPECT_LT(answer.body.size(), back.text.size() / 5);
  EXPECT_NE(back.text.find("tidemark_group_lag{cluster=\"BIG\",group=\"group-499\"} 0\n"),
            std::string::npos);
}

TEST_F(Compressed, APlainReplyTellsItsLengthInBytesOnTheWire) {
  const Answer answer = ask("/api/v1/groups");
  EXPECT_EQ(answer.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(answer.headers.at("content-length"), std::to_string(answer.body.size()));
  EXPECT_EQ(unpack(answer.body).text, fetch(server->port(), "/api/v1/groups").body);
}

TEST(Gzip, IsUnpackedAgain) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919) + ' ';
  for (const std::string& body : {std::string(), std::string("a"), text}) {
    EXPECT_EQ(gunzipped(gzipped(body)), body);
  }
}

TEST(Gzip, WhatIsCutOffIsUnpackedAsFarAsItGoes) {
  const std::string packed = gzipped("a sentence that is not there to its end");
  EXPECT_EQ(gunzipped(packed.substr(0, 12)).find("zzz"), std::string::npos);
  EXPECT_EQ(gunzipped(""), "");
}

}  // namespace
}  // namespace tidemark
