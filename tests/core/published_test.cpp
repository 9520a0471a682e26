#include "core/published.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace tidemark {
namespace {

TEST(Published, AReaderKeepsWhatItGot) {
  Published<int> number(std::make_shared<const int>(1));
  const auto held = number.get();
  EXPECT_EQ(number.publish(std::make_shared<const int>(2)), held);
  EXPECT_EQ(*held, 1);
  EXPECT_EQ(*number.get(), 2);
}

TEST(Published, ManyReadersSeePicturesInOrder) {
  Published<int> number(std::make_shared<const int>(0));
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      for (int last = 0; last < 500;) {
        const int now = *number.get();
        EXPECT_GE(now, last);
        last = now;
      }
    });
  }
  for (int i = 1; i <= 500; ++i) number.publish(std::make_shared<const int>(i));
}

}  // namespace
}  // namespace tidemark
