from tests.scenarios.story import Story

STORY = Story(
    id="R22", kind="clock", group="none", theme="Retention",
    title="The same group on a topic that keeps its records for ever.",
    event="no retention",
    expected="ERROR (stopped) for days, no retention_risk")


def play(stage):
    stage.topic("orders", deletes=False, compacts=True)
    job = stage.group("job")
    with stage.steadily("orders", 1, every=60):
        stage.run(minutes=5)
        job.read("orders")
        stage.run(minutes=20)
        with stage.always("job", "ERROR", conditions=[], lost=0):
            stage.run(hours=30, step=20)
