from tests.scenarios.story import Story

STORY = Story(
    id="F1", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="A commit a minute at zero lag, idle for 30 min, one record comes and is looked at before "
          "it is committed.",
    event="one record after a long silence", expected="OK; ERROR (stopped) only if it stays unread")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.steadily("orders", 1), billing.consume("orders", every=60):
        stage.run(minutes=10)
    billing.read("orders")
    stage.run(minutes=30)
    with stage.never("billing", "ERROR"), stage.never("billing", "WARNING"):
        stage.produce("orders", 1)
        stage.run(seconds=50)
        billing.read("orders")
        stage.run(seconds=20)
    stage.expect("billing", "OK", "caught_up", lag=0)

    stage.produce("orders", 1)
    stage.becomes_true("unread for longer than its patience", after=300)
    with stage.never("billing", "ERROR"):
        stage.run(seconds=285)
    stage.expect("billing", "ERROR", "stopped", since="unread for longer than its patience", lag=1)
