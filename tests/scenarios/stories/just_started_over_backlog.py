from tests.scenarios.story import Story

STORY = Story(
    id="L21", kind="clock", group="classic", theme="Time lag",
    title="The monitor is started while a group has an hour of unread records; the producers' "
          "clocks are right.",
    event="monitor just started",
    expected="time lag = age of the oldest unread record, by one probe")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.before_the_monitor():
        with stage.steadily("orders", 5):
            with billing.consume("orders"):
                stage.run(minutes=10)
            stage.run(minutes=60)
    stage.becomes_true("the monitor is started")
    stage.expect("billing", "ERROR", "stopped", since="the monitor is started", lag=(17900, 18100))
    stage.expect("billing", "STOPPED", topic="orders", time_lag=(3600, 3620))
