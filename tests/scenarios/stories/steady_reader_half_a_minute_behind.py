from tests.scenarios.story import Story

STORY = Story(
    id="L25", kind="clock", group="none", theme="Time lag",
    title="Records arrive steadily and a group reads at their speed, always half a minute behind.",
    event="steady topic",
    expected="time lag 30 s within one log-end interval, all the time")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    log = stage.kafka.log("orders", 0)
    with stage.steadily("orders", 20):
        stage.run(minutes=1)
        with stage.every(1, lambda: job.commit("orders", log.end - 600)):
            stage.run(seconds=30)
            with stage.always("job", "OK", topic="orders", time_lag=(19, 41)):
                stage.run(minutes=20)
