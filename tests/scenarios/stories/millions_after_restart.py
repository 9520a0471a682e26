from tests.scenarios.story import Story

STORY = Story(
    id="F9", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="A busy group is restarted: for a minute its lag goes into the millions.",
    event="restart under load",
    expected="OK (keeping_up): no verdict changes from it")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.steadily("orders", 50000):
        with billing.consume("orders", every=5):
            stage.run(minutes=10)
        with stage.always("billing", "OK", stale=False):
            billing.leave()
            stage.run(minutes=1)
            billing.join("billing-2", "orders")
            stage.expect("billing", "OK", "keeping_up", lag=(2_000_000, 4_000_000))
            with billing.consume("orders", every=5):
                stage.run(minutes=10)
