from tests.scenarios.story import Story

STORY = Story(
    id="B1", title="Tidemark's own process is frozen (SIGSTOP) for longer than the patience of a healthy "
    "group, and goes on.",
    kind="broker", group="classic", theme="A blind monitor", event="the monitor paused by SIGSTOP",
    expected="nobody is accused: the healthy group is never ERROR; a dead one still is",
    alone=True)


def play(stage):
    stage.topic("orders")
    healthy, dead = stage.group("healthy"), stage.group("dead")
    with stage.steadily("orders", rate=20):
        healthy.consume("orders")
        dead.commit("orders", 0)
        stage.expect("healthy", "OK", lag=(0, 60))
        stage.expect("dead", "ERROR", "stopped")
        with stage.never("healthy", "ERROR"), stage.never("dead", "OK"):
            with stage.paused_daemon():
                stage.run(seconds=9)
            stage.becomes_true("the monitor goes on")
            stage.expect("healthy", "OK", stale=False, lag=(0, 60), since="the monitor goes on")
            stage.run(seconds=5)
            stage.expect("dead", "ERROR", "stopped", stale=False)
