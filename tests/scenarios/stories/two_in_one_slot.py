from tests.scenarios.story import Story

STORY = Story(
    id="F3", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="Two records, both committed within one slot of the window, then silence.",
    event="two commits in a slot",
    expected="OK (caught_up): the newest commit counts")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    stage.run(minutes=1)
    stage.produce("orders", 2)
    stage.run(seconds=2)
    billing.read("orders", most=1)
    stage.run(seconds=2)
    billing.read("orders", most=1)
    with stage.never("billing", "ERROR"):
        stage.expect("billing", "OK", "caught_up", lag=0)
        stage.run(hours=2)
        stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0)
