from tests.scenarios.story import Story

STORY = Story(
    id="N1", kind="clock", group="classic", theme="Groups in trouble",
    title="A group commits once a minute at zero lag, then dies while records go on arriving.",
    event="consumer dies after zero lag",
    expected="OK → ERROR (stopped): zero lag earlier does not excuse it",
    others="In Burrow any stored commit with lag at or below allowed-lag makes STALL and WARN "
           "impossible.")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.steadily("orders", 1):
        with billing.consume("orders", every=60):
            stage.run(minutes=10)
        billing.leave()
        stage.becomes_true("no commit for longer than its patience", after=300)
        with stage.never("billing", "ERROR"):
            stage.run(seconds=295)
        stage.expect("billing", "ERROR", "stopped", since="no commit for longer than its patience",
                     members=0)
