// A request to stop ends what waits for somebody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "notifiers/child.h"
#include "notifiers/receivers.h"
#include "tests/notifiers/messages.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

// It takes connections and never says a word.
class SilentServer {
 public:
  SilentServer() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(fd_, raw, sizeof address), 0);
    EXPECT_EQ(listen(fd_, 8), 0);
    socklen_t size = sizeof address;
    getsockname(fd_, raw, &size);
    port_ = ntohs(address.sin_port);
  }
  ~SilentServer() { close(fd_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  int fd_;
  int port_ = 0;
};

constexpr Duration for_ever = std::chrono::hours{24};

Delivery stopped_while_sending(const ChannelSettings& channel) {
  const auto notifier = make_notifier({"r", {}, channel});
  const auto prepared = notifier->prepare(test::opened());
  EXPECT_TRUE(prepared);
  std::stop_source stop;
  Delivery out;
  std::thread sender([&] {
    out = notifier->send(prepared.value().at(0), {test::now, for_ever, stop.get_token()});
  });
  stop.request_stop();
  sender.join();
  return out;
}

TEST(Stopping, EndsARequestThatNobodyAnswers) {
  const SilentServer server;
  WebhookSettings webhook;
  webhook.url = Secret{"http://" + server.address()};
  const Delivery delivery = stopped_while_sending(webhook);
  EXPECT_EQ(delivery.outcome, Outcome::try_again);
  EXPECT_EQ(delivery.said, "interrupted: Tidemark is stopping");
}

TEST(Stopping, EndsAMailThatNobodyTakes) {
  const SilentServer server;
  EmailSettings mail;
  mail.server = server.address();
  mail.from = "a@b";
  mail.to = {"c@d"};
  EXPECT_EQ(stopped_while_sending(mail).said, "interrupted: Tidemark is stopping");
}

TEST(Stopping, EndsAProgramAndWhatItStarted) {
  CommandSettings command;
  command.command = {"/bin/sh", "-c", "sleep 86400 & sleep 86400"};
  EXPECT_EQ(stopped_while_sending(command).said, "killed: Tidemark is stopping");
}

ChildEnd run_shell(const std::string& script, Duration limit = for_ever) {
  return run_child({{"/bin/sh", "-c", script}, {"A=1"}, "hello\n", limit}, {});
}

TEST(Child, IsGivenItsInputAndNothingElse) {
  const ChildEnd end = run_shell("cat; echo $A; ls /proc/self/fd | wc -l");
  EXPECT_EQ(end.code, 0);
  EXPECT_EQ(end.output, "hello\n1\n4\n");  // the fourth is that of ls
}

TEST(Child, SaysHowItEnded) {
  EXPECT_EQ(run_shell("exit 7").code, 7);
  EXPECT_EQ(run_shell("exit 7").how, "exit code 7");
  EXPECT_EQ(run_shell("kill -9 $$").how, "ended by signal 9");
  EXPECT_THAT(run_shell("sleep 86400", Duration{50}).how, HasSubstr("killed after"));
}

TEST(Child, MayLeaveSomethingBehindAndSayALot) {
  EXPECT_EQ(run_shell("sleep 1 & exit 0").code, 0) << "nobody waits for the sleeper";
  const ChildEnd end = run_shell("yes | head -c 1000000");
  EXPECT_EQ(end.code, 0);
  EXPECT_EQ(end.output.size(), 16'384u);
}

TEST(Child, MayCloseItsOutput) { EXPECT_EQ(run_shell("exec >&- 2>&-; exit 3").code, 3); }

}  // namespace
}  // namespace tidemark
