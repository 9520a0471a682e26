"""What a person at a terminal gets: a screen that is redrawn and given back, colours, pipes.

The daemon is a real one. Its only cluster is a port that refuses connections, which is enough to have
something to say.
"""
import fcntl
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import termios
import threading
import time
import unittest

from tests.support.places import TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"
LIMIT = 20


def set_size(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Terminal:
    """A command on a pseudo-terminal of its own."""

    def __init__(self, arguments, columns=100, rows=20, **environment):
        self.main, side = pty.openpty()
        set_size(side, columns, rows)
        self.before = termios.tcgetattr(side)
        self.side = side
        env = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        self.process = subprocess.Popen(
            [str(TIDEMARK), *arguments], stdin=side, stdout=side, stderr=side,
            env={**env, "TERM": "xterm-256color", **environment}, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        self.seen = b""

    def read_until(self, wanted, times=1, limit=LIMIT):
        end = time.monotonic() + limit
        while self.seen.count(wanted) < times:
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{wanted!r} did not come: {self.seen!r}")
            if select.select([self.main], [], [], left)[0]:
                self.seen += os.read(self.main, 65536)
        return self.seen

    def read_rest(self):
        self.code = self.process.wait(LIMIT)
        while select.select([self.main], [], [], 0)[0]:
            self.seen += os.read(self.main, 65536)
        return self.seen

    def type(self, keys):
        os.write(self.main, keys)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(LIMIT)
        os.close(self.main)
        os.close(self.side)


class AtATerminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = temporary_folder("terminal")
        port = free_port()
        cls.url = f"http://127.0.0.1:{port}"
        cls.daemon = ChildProcess(
            "tidemark", [TIDEMARK, "run", "--bootstrap", f"127.0.0.1:{free_port()}", "--name", "DOWN",
                         "--listen", f"127.0.0.1:{port}", "--state-dir", folder / "state"],
            folder / "daemon.log")
        eventually("the daemon says that its cluster is unreachable",
                   lambda: "DOWN: unreachable" in cls.tidemark("groups").stdout)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()

    @classmethod
    def tidemark(cls, *arguments):
        return subprocess.run([TIDEMARK, *arguments, "--url", cls.url], capture_output=True,
                              text=True, timeout=LIMIT, check=False)

    def terminal(self, *arguments, **options):
        terminal = Terminal([*arguments, "--url", self.url], **options)
        self.addCleanup(terminal.close)
        return terminal

    def assertScreenGivenBack(self, terminal):
        self.assertLess(terminal.seen.rindex(HIDE_CURSOR), terminal.seen.rindex(SHOW_CURSOR))
        self.assertLess(terminal.seen.rindex(ENTER), terminal.seen.rindex(LEAVE))
        self.assertEqual(termios.tcgetattr(terminal.side), terminal.before)

    def test_a_pipe_gets_neither_colours_nor_shapes(self):
        answer = self.tidemark("groups")
        self.assertEqual(answer.returncode, 0)
        self.assertNotIn("\x1b", answer.stdout)
        self.assertTrue(answer.stdout.startswith("CLUSTER  GROUP  STATUS  LAG"), answer.stdout)

    def test_a_terminal_gets_colours(self):
        terminal = self.terminal("groups")
        self.assertIn(b"\x1b[1;31m! DOWN: unreachable", terminal.read_rest())

    def test_a_terminal_gets_no_colours_where_nobody_wants_them(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            terminal = self.terminal("groups", **environment)
            self.assertNotIn(b"\x1b", terminal.read_rest())

    def test_watching_is_redrawn_until_ctrl_c_and_gives_the_screen_back(self):
        terminal = self.terminal("groups", "--watch")
        terminal.read_until(ENTER)
        terminal.read_until(b"DOWN: unreachable")
        terminal.read_until(b"DOWN: unreachable", times=2)
        terminal.type(b"\x03")
        terminal.read_rest()
        self.assertEqual(terminal.code, 0)
        self.assertScreenGivenBack(terminal)

    def test_watching_gives_the_screen_back_whatever_ends_it(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            terminal = self.terminal("groups", "--watch")
            terminal.read_until(b"DOWN: unreachable")
            terminal.process.send_signal(number)
            terminal.read_rest()
            self.assertEqual(terminal.code, 0)
            self.assertScreenGivenBack(terminal)

    def test_watching_follows_the_size_of_the_window(self):
        terminal = self.terminal("groups", "--watch")
        terminal.read_until(b"DOWN: unreachable")
        set_size(terminal.side, columns=12, rows=20)
        terminal.process.send_signal(signal.SIGWINCH)
        terminal.read_until("! DOWN: unr…".encode())

    def test_watching_ends_with_its_pipe(self):
        with subprocess.Popen([TIDEMARK, "groups", "--watch", "--url", self.url],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            self.assertIn(b"CLUSTER", process.stdout.readline())
            process.stdout.close()
            self.assertEqual(process.wait(LIMIT), 1)

    def test_events_are_followed_until_ctrl_c(self):
        terminal = self.terminal("events", "--follow")
        terminal.read_until(b"blind: unreachable")
        terminal.type(b"\x03")
        terminal.read_rest()
        self.assertEqual(terminal.code, 0)

    def test_json_lines_keep_coming_when_they_are_watched(self):
        with subprocess.Popen([TIDEMARK, "groups", "--watch", "--json", "--url", self.url],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            for _ in range(2):
                self.assertTrue(process.stdout.readline().startswith(b'{"data":['))
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(LIMIT), 0)


class SomethingElseAnswers(unittest.TestCase):
    """What stands at the URL is no Tidemark."""

    def ask(self, bytes_sent):
        with socket.create_server(("127.0.0.1", 0)) as server:
            def serve():
                connection, _ = server.accept()
                with connection:
                    connection.recv(65536)
                    if bytes_sent is None:
                        connection.recv(1)  # until the client gives up
                    else:
                        connection.sendall(bytes_sent)
            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}"
            answer = subprocess.run([TIDEMARK, "groups", "--url", url], capture_output=True,
                                    text=True, timeout=60, check=False)
            thread.join(LIMIT)
        self.assertEqual(answer.returncode, 1)
        self.assertIn(url, answer.stderr)
        return answer.stderr

    def test_a_web_page(self):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
        self.assertIn("is not Tidemark (HTTP status 200)", self.ask(page))

    def test_another_protocol(self):
        self.assertIn("no Tidemark answers", self.ask(b"220 mail.example.com ESMTP\r\n"))

    def test_silence_has_an_end(self):
        self.assertIn("it accepts connections, but sends no answer", self.ask(None))

    def test_nothing(self):
        self.assertIn("no Tidemark answers", self.ask(b""))


if __name__ == "__main__":
    unittest.main()
