from tests.scenarios.story import Story

STORY = Story(
    id="F3'", kind="clock", group="classic", theme="Groups in trouble",
    title="Two records come, the first is committed, and the consumer is killed.",
    event="consumer killed", expected="OK → ERROR (stopped) after patience_unknown")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    stage.produce("orders", 2)
    billing.read("orders", most=1)
    stage.becomes_true("10 min without a commit", after=600)
    billing.leave()
    with stage.never("billing", "ERROR"):
        stage.run(seconds=590)
    stage.expect("billing", "ERROR", "stopped", since="10 min without a commit", lag=1)
    stage.expect("billing", "STOPPED", "stopped", topic="orders", lag=1)
