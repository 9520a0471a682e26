from tests.scenarios.story import Story

STORY = Story(
    id="N5", kind="clock", group="classic", theme="A blind monitor",
    title="The monitor restarts while a group is dead: all that it knew is what the offsets topic "
          "tells.",
    event="monitor restarts",
    expected="ERROR (stopped) → ERROR (stopped)")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    alive = stage.group("shipping").join("shipping-1", "orders")
    with stage.steadily("orders", 1), alive.consume("orders", every=60):
        with billing.consume("orders", every=60):
            stage.run(minutes=10)
        billing.leave()
        stage.run(minutes=30)
        stage.expect("billing", "ERROR", "stopped")
        stage.restart_monitor()
        stage.becomes_true("the monitor is back")
        with stage.never("shipping", "ERROR"):
            stage.expect("billing", "ERROR", "stopped", kind="classic", since="the monitor is back")
            stage.expect("shipping", "OK")
            with stage.never("billing", "OK"):
                stage.run(minutes=15)
