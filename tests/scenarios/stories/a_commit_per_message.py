from tests.scenarios.story import Story

STORY = Story(
    id="F6", kind="clock", group="none", theme="Healthy groups that look ill",
    title="A commit per message, ten within 24 s, then a pause of 30 s while a record waits.",
    event="short pause",
    expected="OK (keeping_up); ERROR (stopped) only after its patience")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    stage.produce("orders", 100)
    job.read("orders")
    stage.run(seconds=20)
    with stage.steadily("orders", 0.4):
        stage.run(seconds=5)
        for _ in range(10):
            stage.run(seconds=2.4)
            job.read("orders", most=1)
    stage.produce("orders", 1)
    stage.becomes_true("unread for longer than its patience", after=300)
    with stage.never("job", "ERROR"), stage.never("job", "WARNING"):
        stage.run(seconds=30)
        stage.expect("job", "OK", "keeping_up", lag=(1, 3))
        stage.run(seconds=240)
    stage.expect("job", "ERROR", "stopped", within=60)
