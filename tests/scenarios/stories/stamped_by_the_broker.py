from tests.scenarios.story import Story

STORY = Story(
    id="L23", kind="clock", group="none", theme="Time lag",
    title="A topic whose records are stamped by the broker (LogAppendTime), written by a producer "
          "whose clock is a day slow.",
    event="LogAppendTime",
    expected="time lag = age by the broker's stamp, also just after the monitor's start")


def play(stage):
    stage.topic("orders", log_append_time=True)
    job = stage.group("job")
    with stage.before_the_monitor():
        stage.produce("orders", 10)
        job.read("orders")
        stage.run(minutes=1)
        stage.produce("orders", 100, clock_ahead=-86400)
        stage.run(minutes=5)
    stage.start_monitor()
    stage.run(seconds=15)
    stage.expect("job", "OK", topic="orders", lag=100, time_lag=(314, 320))
