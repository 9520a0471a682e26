from tests.scenarios.age import hold_time_lag
from tests.scenarios.story import Story

STORY = Story(
    id="L1", title="Records arrive steadily, stamped by the broker; the group stands still, then reads all.",
    kind="broker", group="none", theme="Time lag", event="steady production (LogAppendTime)",
    expected="time lag = age of the oldest unread record, within one log-end interval → 0")


def play(stage):
    stage.topic("orders", message_timestamp_type="LogAppendTime")
    billing = stage.group("billing", policy="patient")
    billing.commit("orders", 0)
    stage.expect("billing", "OK", "caught_up", time_lag=0)
    with stage.steadily("orders", rate=50) as production:
        for _ in range(2):
            stage.run(seconds=4)
            hold_time_lag(stage.expect("billing", "OK"), production.began)
    billing.commit("orders", stage.log_end("orders"))
    stage.becomes_true("all is read")
    stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0, since="all is read")
