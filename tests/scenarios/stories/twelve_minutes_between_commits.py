from tests.scenarios.story import Story

STORY = Story(
    id="N2", kind="clock", group="none", theme="Groups in trouble",
    title="A group commits every 12 minutes and dies while its lag grows.",
    event="slow group dies",
    expected="OK → ERROR (stopped) after 36 min, three times its habit")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 1):
        with job.consume("orders", every=720):
            stage.run(minutes=48.1, step=1)
        # Since its last commit 6 s ago; what came with it has been waiting for 12 min already.
        stage.becomes_true("silent for three times its habit", after=36 * 60 - 6)
        with stage.never("job", "ERROR"):
            stage.run(minutes=35.7)
        stage.expect("job", "ERROR", "stopped", since="silent for three times its habit")
