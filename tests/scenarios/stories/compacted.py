import itertools

from tests.scenarios.age import hold_time_lag
from tests.scenarios.story import Story

STORY = Story(
    id="L5", title="Compaction has removed the records just behind the committed offset.",
    kind="broker", group="none", theme="Time lag", event="compacted topic with a gap",
    expected="time lag = age of the first record that is left, not of those that are gone")
ALL = 202


def play(stage):
    stage.topic("state", cleanup_policy="compact", segment_ms=1000, min_cleanable_dirty_ratio=0.01)
    stage.produce("state", 100, key="first")
    stage.run(seconds=6)
    second = stage.produce("state", 1, key="second")  # each of these begins a segment
    stage.run(seconds=2)
    stage.produce("state", 100, key="first")
    stage.run(seconds=2)
    stage.produce("state", 1, key="third")
    looks = itertools.count()
    stage.until("all but the newest record of each key is gone", lambda: left(stage, looks) == 3)
    reader = stage.group("reader", policy="patient")
    reader.commit("state", 20)
    stage.becomes_true("a commit in the gap")
    stage.expect("reader", "OK", committed_offset=20, log_end=ALL, topic="state",
                 time_lag=(0.01, 600), since="a commit in the gap")

    def exact():
        hold_time_lag(stage.ask("reader"), second)
        return True
    stage.until("the time lag is that of the first record that is left", exact,
                since="a commit in the gap")


def left(stage, looks):
    """How many records a reader from the beginning gets."""
    scout, member = stage.group("scout"), f"look-{next(looks)}"
    scout.consume("state", member=member, partitions=[0], commit_every_ms=10_000_000)
    stage.until("it has read to the end", lambda: ALL in scout.status(member)["read_to"].values())
    records = scout.status(member)["records"]
    scout.die(member)
    return records
