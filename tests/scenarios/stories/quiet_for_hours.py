from tests.scenarios.story import Story

STORY = Story(
    id="F2", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="A group that has read everything is quiet for five hours, then one record is left to "
          "wait.",
    event="silence",
    expected="OK (caught_up); ERROR (stopped) only when something waits")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    stage.produce("orders", 42)
    stage.run(minutes=1)
    billing.read("orders")
    stage.expect("billing", "OK", "caught_up", lag=0)
    with stage.always("billing", "OK", "caught_up", lag=0, time_lag=0):
        stage.run(hours=5)
    stage.produce("orders", 1)
    stage.becomes_true("a record waits for longer than its patience", after=600)
    with stage.never("billing", "ERROR"):
        stage.run(seconds=585)
    stage.expect("billing", "ERROR", "stopped", lag=1,
                 since="a record waits for longer than its patience")
