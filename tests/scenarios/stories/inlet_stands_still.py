from tests.scenarios.story import Story

STORY = Story(
    id="B27", kind="clock", group="classic", theme="A blind monitor",
    title="For three minutes nothing gets through from the collectors to the verdicts; then all "
          "of it comes at once, in order.",
    event="queue full",
    expected="stale, nobody ERROR → OK as before, a group that died meanwhile ERROR (stopped) in "
             "time")


def play(stage):
    stage.topic("orders")
    alive = stage.group("alive").join("alive-1", "orders")
    dies = stage.group("dies").join("dies-1", "orders")
    with stage.steadily("orders", 10), alive.consume("orders"):
        with dies.consume("orders"):
            stage.run(minutes=10)
            stage.monitor.hold(True)
            stage.becomes_true("nothing seen for three refreshes", after=30)
            with stage.never("alive", "ERROR"), stage.never("dies", "ERROR"):
                stage.expect("alive", "OK", "monitor_stale", stale=True,
                             since="nothing seen for three refreshes")
                stage.run(minutes=1)
        stage.becomes_true("no commit for longer than its patience", after=300)
        with stage.never("alive", "ERROR"), stage.never("dies", "ERROR"):
            stage.run(minutes=2)
            stage.monitor.hold(False)
            stage.expect("alive", "OK", stale=False)
            stage.run(minutes=2.8)
        stage.expect("dies", "ERROR", "stopped", since="no commit for longer than its patience")
        stage.expect("alive", "OK", stale=False, lag=(0, 200))
