from tests.scenarios.story import Story

STORY = Story(
    id="B21", kind="clock", group="classic", theme="A blind monitor",
    title="The monitor's own process stands still for half an hour and wakes up; one group went "
          "on meanwhile, one died just before.",
    event="own process paused",
    expected="OK all along for the living; ERROR (stopped) for the dead only after what was "
             "missed is read")


def play(stage):
    stage.topic("orders")
    alive = stage.group("alive").join("alive-1", "orders")
    dead = stage.group("dead").join("dead-1", "orders")
    with stage.steadily("orders", 10), alive.consume("orders"):
        with dead.consume("orders"):
            stage.run(minutes=10)
        dead.leave()
        with stage.never("alive", "ERROR"), stage.never("alive", "WARNING"):
            with stage.monitor_paused():
                stage.run(minutes=30)
            stage.becomes_true("it looks again")
            stage.expect("dead", "ERROR", "stopped", since="it looks again")
            stage.run(minutes=5)
            stage.expect("alive", "OK", stale=False)
