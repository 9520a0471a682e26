"""Which core does what: the monitor has one of its own, the brokers and all load share another, so
that neither is measured by what the other leaves."""
import contextlib
import os

ALL = os.sched_getaffinity(0)
LOAD = {min(ALL)}
MONITOR = {max(ALL)}
URGENT = -10


@contextlib.contextmanager
def on(cores):
    """What is started meanwhile stays on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextlib.contextmanager
def first_in_line():
    """What is started meanwhile gets its core before others, where we may say so: what a client
    waits for a core would count as the daemon's time."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, URGENT)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, before)
