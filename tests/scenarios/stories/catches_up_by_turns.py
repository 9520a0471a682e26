from tests.scenarios.story import Story

STORY = Story(
    id="S6", kind="clock", group="none", theme="Healthy groups that look ill",
    title="After an hour of outage a group catches up, faster and slower by turns.",
    event="catching up",
    expected="ERROR (stopped) → OK (catching_up); never falling_behind")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 10):
        with job.consume("orders", every=10):
            stage.run(minutes=10)
        stage.run(minutes=60)
        stage.expect("job", "ERROR", "stopped")
        job.read("orders", most=300)
        stage.expect("job", "OK")
        with stage.never("job", "WARNING"), stage.never("job", "ERROR"):
            for _ in range(6):
                with job.consume("orders", every=10, rate=30):
                    stage.run(minutes=5)
                with job.consume("orders", every=10, rate=5):
                    stage.run(minutes=5)
            stage.expect("job", "OK", "catching_up")
            with job.consume("orders", every=10, rate=100):
                stage.run(minutes=30)
            stage.expect("job", "OK", lag=(0, 200))
