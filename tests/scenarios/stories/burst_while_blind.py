from tests.scenarios.story import Story

STORY = Story(
    id="N7", kind="clock", group="none", theme="A blind monitor",
    title="A burst comes while no log end can be read for 20 minutes; nobody can tell when it "
          "came but a probe.",
    event="burst while blind",
    expected="stale, then OK for its patience from the time that the probe tells → ERROR "
             "(stopped)")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    stage.produce("orders", 10)
    job.read("orders")
    stage.run(minutes=5)
    stage.monitor.blind_topics.add("orders")
    with stage.never("job", "ERROR"):
        stage.run(minutes=18)
        stage.produce("orders", 5000)
        stage.becomes_true("waits for longer than its patience", after=600)
        stage.run(minutes=2)
        stage.expect("job", "OK", "monitor_stale", stale=True)
        stage.monitor.blind_topics.clear()
        stage.run(seconds=15)
        stage.expect("job", "OK", stale=False, lag=5000)
        stage.run(minutes=7)
    stage.expect("job", "ERROR", "stopped", since="waits for longer than its patience")
