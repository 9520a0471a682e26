from tests.scenarios.story import Story

STORY = Story(
    id="B22", kind="clock", group="none", theme="A blind monitor",
    title="The brokers' clock is set forward by an hour, and half an hour later back again.",
    event="brokers' clock stepped",
    expected="OK all the time: instants are compared on the brokers' clock")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 10), job.consume("orders"):
        stage.run(minutes=10)
        with stage.never("job", "ERROR"), stage.never("job", "UNKNOWN"):
            stage.broker_ahead = 3600_000
            stage.run(minutes=30)
            stage.expect("job", "OK", lag=(0, 200), stale=False)
            stage.broker_ahead = 0
            stage.run(minutes=30)
            stage.expect("job", "OK", lag=(0, 200), stale=False)
