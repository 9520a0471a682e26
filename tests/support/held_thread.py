"""Holds one thread of a running program, as a debugger does, while its others go on.

    with held_thread(daemon.pid(), "pipe live"): …

The program needs to be a child of this process. It is held where it waits for something to do, so
that it holds no lock of others.
"""
import contextlib
import ctypes
import os

from tests.support.waiting import eventually

_SEIZE, _INTERRUPT, _DETACH = 0x4206, 0x4207, 17
_ANY_THREAD = 0x40000000
_FUTEX = {"x86_64": "202", "aarch64": "98"}[os.uname().machine]  # what a thread waits in

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_ulong] * 4


@contextlib.contextmanager
def held_thread(pid, name):
    thread = _thread_of(pid, name)
    eventually(f"the thread {name} is held while it waits", lambda: _hold(pid, thread), 30)
    try:
        yield
    finally:
        _trace(_DETACH, thread)


def _thread_of(pid, name):
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/comm") as comm:
            if comm.read().rstrip("\n") == name:
                return int(thread)
    raise AssertionError(f"process {pid} has no thread {name}")


def _hold(pid, thread):
    _trace(_SEIZE, thread)
    _trace(_INTERRUPT, thread)
    os.waitpid(thread, _ANY_THREAD)
    with open(f"/proc/{pid}/task/{thread}/syscall") as call:
        waits = call.read().split()[0] == _FUTEX
    if not waits:
        _trace(_DETACH, thread)
    return waits


def _trace(request, thread):
    if _libc.ptrace(request, thread, 0, 0) != 0:
        raise AssertionError(f"ptrace({request:#x}, {thread}): {os.strerror(ctypes.get_errno())}")
