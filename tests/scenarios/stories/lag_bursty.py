from tests.scenarios.age import hold_time_lag
from tests.scenarios.story import Story

STORY = Story(
    id="L2", title="Bursts with silence between them: the group has read half of the second burst.",
    kind="broker", group="none", theme="Time lag", event="bursty production (CreateTime)",
    expected="time lag = age of the second burst, not of the first")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing", policy="patient")
    billing.commit("orders", 0)
    stage.expect("billing", "OK", "caught_up")
    stage.produce("orders", 100)
    stage.run(seconds=6)
    second = stage.produce("orders", 100)
    stage.run(seconds=3)
    billing.commit("orders", 150)
    stage.becomes_true("50 of the second burst are unread")
    seen = stage.expect("billing", "OK", lag=50, time_lag=(0.1, 60),
                        since="50 of the second burst are unread")
    hold_time_lag(seen, second)
    stage.run(seconds=3)
    hold_time_lag(stage.expect("billing", "OK", lag=50), second)
    billing.commit("orders", 200)
    stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0)
