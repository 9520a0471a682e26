"""Child processes that never outlive the test that started them.

Each runs in a session of its own, so that Ctrl-C reaches the test first; it ends at stop(), when the
test exits in any way, and by the kernel's hand if the test itself is killed. Start them from the
main thread only: the kernel ties a child to the thread that started it.
"""
import atexit
import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
_running = []


def _die_with_parent():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class ChildProcess:
    """A command with its standard error (and by default its output) in a log file; `output`: an open
    file for its output alone."""

    def __init__(self, name, command, log_path, env=None, cwd=None, piped=False,
                 output=None):
        self.name = name
        self.log_path = log_path
        self._suspended = False
        with open(log_path, "ab") as log:
            self.popen = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
                stdout=subprocess.PIPE if piped else output or log,
                stderr=log,
                env={**os.environ, **(env or {})},
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        _running.append(self)

    @property
    def pid(self):
        return self.popen.pid

    def running(self):
        return self.popen.poll() is None

    def log(self):
        with open(self.log_path, errors="replace") as log:
            return log.read()

    def log_tail(self, lines=40):
        return "\n".join(self.log().splitlines()[-lines:])

    def signal(self, number):
        if self.running():
            os.kill(self.pid, number)
            self._suspended = number == signal.SIGSTOP or (
                self._suspended and number != signal.SIGCONT)

    def suspend(self):
        """SIGSTOP: alive, its connections open, but it answers nothing."""
        self.signal(signal.SIGSTOP)

    def resume(self):
        self.signal(signal.SIGCONT)

    def stop(self, limit=20):
        """SIGTERM, and SIGKILL after `limit` seconds. Returns the exit code."""
        if self._suspended:
            self.resume()
        self.signal(signal.SIGTERM)
        try:
            self.popen.wait(limit)
        except subprocess.TimeoutExpired:
            self.kill()
        return self._forget()

    def kill(self):
        """SIGKILL to it and all that it started, without a chance to say goodbye."""
        if self.running():
            os.killpg(self.pid, signal.SIGKILL)
            self.popen.wait()
        return self._forget()

    def wait(self, limit):
        """The exit code of a process that ends by itself."""
        self.popen.wait(limit)
        return self._forget()

    def _forget(self):
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass  # it ended with something of ours unread
        if self in _running:
            _running.remove(self)
        return self.popen.returncode


@atexit.register
def _end_all():
    for process in list(_running):
        process.kill()


def _exit_on_signal(number, _frame):
    sys.exit(128 + number)  # runs what is registered with atexit


signal.signal(signal.SIGTERM, _exit_on_signal)
signal.signal(signal.SIGHUP, _exit_on_signal)
