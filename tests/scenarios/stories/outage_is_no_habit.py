from tests.scenarios.story import Story

STORY = Story(
    id="S2", kind="clock", group="classic", theme="Groups in trouble",
    title="An outage of two hours is repaired, then the consumer is killed again.",
    event="killed after an outage",
    expected="ERROR (stopped) after 5 min: one outage is no habit")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.steadily("orders", 1):
        with billing.consume("orders", every=60):
            stage.run(minutes=10)
        stage.run(hours=2, step=5)
        stage.expect("billing", "ERROR", "stopped")
        with billing.consume("orders", every=60):
            stage.run(minutes=10)
            stage.expect("billing", "OK")
        stage.becomes_true("no commit for 5 min", after=300)
        with stage.never("billing", "ERROR"):
            stage.run(seconds=295)
        stage.expect("billing", "ERROR", "stopped", since="no commit for 5 min")
