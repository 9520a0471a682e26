from tests.scenarios.live_stage import BLOCKED_AFTER
from tests.scenarios.story import Story

STORY = Story(
    id="T3", title="A producer leaves a transaction open: a read_committed group stands before it while "
    "more and more records come behind.",
    kind="broker", group="consumer", theme="Transactions", event="hanging transaction",
    expected="OK → WARNING (blocked_by_transaction), with its LSO → OK")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing")
    billing.consume("orders", protocol="consumer", config={"isolation.level": "read_committed"})
    stage.produce("orders", 20)
    stage.expect("billing", "OK", lag=0, committed_offset=20, topic="orders")
    opened = stage.now()
    written = stage.produce("orders", 5, transaction="open")
    stage.produce("orders", 30)
    stage.becomes_true("it has been blocked for blocked_after", after=BLOCKED_AFTER)
    with stage.never("billing", "ERROR"):
        seen = stage.expect("billing", "WARNING", "blocked_by_transaction", lag=35,
                            since="it has been blocked for blocked_after")
        at = stage.partition("billing", "orders")
        if (at["lso"], at["log_end"]) != (20, 55):
            raise AssertionError(f"last stable offset and log end: {at}")
        if not opened - 2 <= at["lso_since_ms"] / 1000 <= written + 3:
            raise AssertionError(f"opened between {opened} and {written}; {at}")
        if "20" not in seen["explanation"]:
            raise AssertionError(f"the LSO is not in: {seen['explanation']}")
        stage.end_transaction(commit=True)
        stage.becomes_true("the transaction has ended")
        stage.expect("billing", "OK", lag=0, since="the transaction has ended")
