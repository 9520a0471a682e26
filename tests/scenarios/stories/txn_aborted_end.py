from tests.scenarios.story import Story

STORY = Story(
    id="T4", title="All that follows the committed offset are records of an aborted transaction.",
    kind="broker", group="none", theme="Transactions", event="aborted records at the end",
    expected="OK, lag 0; ERROR (stopped) when a real record follows", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 10)
    billing = stage.group("billing")
    billing.commit("orders", 10)
    stage.expect("billing", "OK", "caught_up")
    stage.produce("orders", 40, transaction="abort")
    stage.becomes_true("nothing readable waits")
    with stage.never("billing", "ERROR"):
        stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0, log_end=51, topic="orders",
                     since="nothing readable waits")
        stage.run(seconds=8)
        stage.expect("billing", "OK", "caught_up", lag=0)
    stage.produce("orders", 3)
    stage.becomes_true("3 records wait beyond patience", after=6)
    stage.expect("billing", "ERROR", "stopped", lag=3,
                 since="3 records wait beyond patience")
