"""Waiting for something to become true, with a deadline that says what was waited for."""
import time


def eventually(what, condition, within=30.0, every=0.1):
    """Calls `condition` until it returns something true, and returns that.

    An AssertionError or OSError from it counts as "not yet"; the last one is told when time is up.
    """
    end = time.monotonic() + within
    last = None
    while True:
        try:
            outcome = condition()
            if outcome:
                return outcome
            last = f"last answer: {outcome!r}"
        except (AssertionError, OSError) as problem:
            last = f"{type(problem).__name__}: {problem}"
        if time.monotonic() > end:
            raise AssertionError(f"after {within:g} s still not: {what}; {last}")
        time.sleep(every)


def always(what, condition, during=3.0, every=0.2):
    """Fails as soon as `condition` is false within the next `during` seconds."""
    end = time.monotonic() + during
    while time.monotonic() < end:
        outcome = condition()
        if not outcome:
            raise AssertionError(f"no longer: {what}; {outcome!r}")
        time.sleep(every)
