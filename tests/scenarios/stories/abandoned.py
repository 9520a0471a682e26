from tests.scenarios.story import Story

STORY = Story(
    id="T27", kind="clock", group="none", theme="Groups in trouble",
    title="A group has been dead for more than a day.",
    event="dead for a day",
    expected="ERROR (stopped) → ERROR (abandoned)")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 1, every=60):
        with job.consume("orders", every=60):
            stage.run(minutes=10)
        stage.becomes_true("a day beyond its patience", after=24 * 3600 + 360)
        stage.run(hours=24, step=30)
        stage.run(minutes=5)
        stage.expect("job", "ERROR", "stopped")
        stage.expect("job", "ERROR", "abandoned", since="a day beyond its patience")
