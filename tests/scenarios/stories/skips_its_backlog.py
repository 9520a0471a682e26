from tests.scenarios.story import Story

STORY = Story(
    id="C27", kind="clock", group="consumer", theme="Coming and going",
    title="A KIP-848 group with an hour of backlog is set to the end by hand.",
    event="offsets reset forwards",
    expected="ERROR (stopped) → OK (caught_up), nothing lost")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing", kind="consumer").join("billing-1", "orders")
    with stage.steadily("orders", 5):
        with billing.consume("orders"):
            stage.run(minutes=5)
        billing.leave()
        stage.run(minutes=60)
        stage.expect("billing", "ERROR", "stopped", members=0)
    billing.commit("orders", stage.kafka.log("orders", 0).end)
    stage.becomes_true("it is set to the end")
    stage.expect("billing", "OK", "caught_up", lag=0, lost=0, since="it is set to the end")
    with stage.never("billing", "ERROR"):
        stage.run(hours=2)
