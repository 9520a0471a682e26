"""Which core does what: the monitor has one of its own, the brokers and all load share another, so
that neither is measured by what the other leaves."""
import contextlib
import os

ALL = os.sched_getaffinity(0)
LOAD = {min(ALL)}
MONITOR = {max(ALL)}
URGENT = os.SCHED_RR


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
    """What is started meanwhile gets its core before all others at once (real time), where we may
    say so: what a client waits for a core would count as the daemon's time."""
    before, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, URGENT, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, before, parameters)
