"""Time lag against the truth that a story knows: when the oldest unread record was written."""

# Seconds: a log-end interval, a tick, and what a busy machine adds to both.
MAY_DIFFER = 3.0


def hold_time_lag(seen, written, what=""):
    """`seen` is a group's answer with `as_of`; `written` is when the oldest unread record was."""
    lag, age = seen["time_lag_seconds"], seen["as_of"] - written
    if lag is None or abs(lag - age) > MAY_DIFFER:
        raise AssertionError(f"{what} time lag {lag}, but the oldest unread record is {age:.1f} s old")
