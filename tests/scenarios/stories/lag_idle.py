from tests.scenarios.age import hold_time_lag
from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="L6", title="A topic is idle for longer than the group's patience; then one record comes and is left "
    "unread.",
    kind="broker", group="classic", theme="Time lag", event="idle topic, then one record",
    expected="OK, time lag 0 → counted from the record → ERROR (stopped)")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 3)
    billing = stage.group("billing")
    billing.consume("orders", commits="seen")
    stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0)
    billing.die()
    with stage.always("billing", "OK", time_lag=0):
        stage.run(seconds=PATIENCE + 3)
    began = stage.now()
    written = stage.produce("orders", 1)
    stage.becomes_true("one record has waited for its patience", after=PATIENCE)
    seen = stage.expect("billing", "OK", lag=1, time_lag=(0.01, 60))
    if seen["time_lag_seconds"] > seen["as_of"] - began + 1.2:
        raise AssertionError(f"time lag {seen['time_lag_seconds']}, written after {began}")
    seen = stage.expect("billing", "ERROR", "stopped", lag=1, time_lag=(PATIENCE - 2, 60),
                        since="one record has waited for its patience")
    hold_time_lag(seen, written)
