from tests.scenarios.story import Story

STORY = Story(
    id="F6d", kind="clock", group="none", theme="Healthy groups that look ill",
    title="An hourly job commits every 5 s for 10 minutes and sleeps for 50.",
    event="long pauses that are a habit",
    expected="ERROR (stopped) in its first pauses, OK from the third run on")


def play(stage):
    stage.topic("orders")
    job = stage.group("hourly")

    def one_run(expect_well):
        with job.consume("orders", every=5):
            stage.run(minutes=10)
        if expect_well:
            with stage.never("hourly", "ERROR"):
                stage.run(minutes=50)
        else:
            stage.run(minutes=20)
            stage.expect("hourly", "ERROR", "stopped")
            stage.run(minutes=30)

    with stage.steadily("orders", 1, every=5):
        one_run(False)
        one_run(False)
        for _ in range(3):
            one_run(True)
