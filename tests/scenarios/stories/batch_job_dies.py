from tests.scenarios.story import Story

STORY = Story(
    id="F6c", kind="clock", group="none", theme="Groups in trouble",
    title="The same batch job dies: its habit of two hours is known, so it is missed after six.",
    event="batch job dies",
    expected="OK for 6 h → ERROR (stopped)")


def play(stage):
    stage.topic("orders")
    job = stage.group("nightly")
    with stage.steadily("orders", 1, every=60):
        with job.consume("orders", every=7200):
            stage.run(hours=6.01, step=30)
        last = 6.01 * 3600 - 6 * 3600
        stage.becomes_true("silent for three times its habit", after=6 * 3600 + 60 - last)
        with stage.never("nightly", "ERROR"):
            stage.run(hours=5.95, step=10)
        stage.expect("nightly", "ERROR", "stopped", within=180)
