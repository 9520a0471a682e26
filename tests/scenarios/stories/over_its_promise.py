from tests.scenarios.story import Story

STORY = Story(
    id="T26", kind="clock", group="none", theme="Groups in trouble",
    title="A team promises that its records are read within two minutes; a slow stretch takes "
          "four.",
    event="over its promise",
    expected="OK → WARNING (over_max_time_lag) → OK")


def play(stage):
    stage.policy(max_time_lag="2m")
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 5):
        with job.consume("orders"):
            stage.run(minutes=10)
        stage.becomes_true("unread for longer than promised", after=120)
        with stage.never("job", "WARNING"):
            stage.run(seconds=115)
        stage.expect("job", "WARNING", conditions=["over_max_time_lag"],
                     since="unread for longer than promised")
        stage.run(minutes=1)
        with job.consume("orders"):
            stage.expect("job", "OK", conditions=[])
