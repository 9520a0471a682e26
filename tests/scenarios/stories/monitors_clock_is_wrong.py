from tests.scenarios.story import Story

STORY = Story(
    id="B23", kind="clock", group="none", theme="A blind monitor",
    title="The monitor's machine is two hours ahead of the brokers; a group dies.",
    event="monitor's clock wrong",
    expected="OK → ERROR (stopped) after its patience, not two hours early or late")


def play(stage):
    stage.monitor_ahead = 7200_000
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 1):
        with job.consume("orders", every=60):
            stage.run(minutes=10)
        stage.becomes_true("no commit for longer than its patience", after=300)
        with stage.never("job", "ERROR"):
            stage.run(seconds=290)
        stage.expect("job", "ERROR", "stopped", since="no commit for longer than its patience")
        stage.expect("job", "STOPPED", topic="orders", time_lag=(295, 325))
