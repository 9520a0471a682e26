from tests.scenarios.story import Story

STORY = Story(
    id="T1", title="A group has read all of a transactional topic: only the commit marker follows its "
    "committed offset.",
    kind="broker", group="classic", theme="Transactions", event="commit marker at the end",
    expected="OK, lag 0", brokers=("4", "3.9"),
    others="Every tool, Kafka's own included, says lag 1; Burrow raises ERR/STOP after 101 s.")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 10, transaction="commit")
    billing = stage.group("billing")
    billing.commit("orders", 10)
    stage.becomes_true("all that is readable is committed")
    stage.expect("billing", "OK", "caught_up", since="all that is readable is committed", lag=0,
                 time_lag=0, log_end=11, topic="orders", stale=False)
    with stage.always("billing", "OK", lag=0):
        stage.run(seconds=9)
    stage.produce("orders", 1, transaction="commit")
    stage.becomes_true("a readable record waits beyond patience", after=6)
    stage.expect("billing", "ERROR", "stopped", since="a readable record waits beyond patience")
