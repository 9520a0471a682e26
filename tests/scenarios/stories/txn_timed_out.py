from tests.scenarios.story import Story

STORY = Story(
    id="T7", title="A producer dies in a transaction; the coordinator aborts it after its timeout.",
    kind="broker", group="classic", theme="Transactions", event="transaction timed out by the broker",
    expected="OK (blocked_by_transaction) → OK, lag 0: nothing readable came", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing", policy="patient")
    stage.produce("orders", 5)
    billing.consume("orders", commits="seen", config={"isolation.level": "read_committed"})
    stage.expect("billing", "OK", "caught_up", lag=0)
    stage.produce("orders", 7, transaction="open", timeout_ms=8000)
    stage.becomes_true("7 records wait behind an open transaction")
    stage.expect("billing", "OK", "blocked_by_transaction", lag=7, lso=5, topic="orders",
                 since="7 records wait behind an open transaction")
    stage.until("the coordinator has aborted it", lambda: stage.log_end("orders") == 13)
    stage.becomes_true("nothing readable waits")
    stage.expect("billing", "OK", "caught_up", lag=0, log_end=13, topic="orders",
                 since="nothing readable waits")
