from tests.scenarios.story import Story

STORY = Story(
    id="F4", kind="clock", group="classic", theme="Transactions",
    title="Each record of a topic is a transaction: after the last one its commit marker stays "
          "unread, then records follow and wait.",
    event="commit marker behind the last record",
    expected="OK (caught_up), lag 0; ERROR (stopped) when records wait",
    others="Every tool, Kafka's own included, says lag 1; Burrow raises ERR/STOP 101 s later.")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")

    def one_transaction():
        transaction = stage.begin_transaction()
        stage.produce("orders", 1, transaction=transaction)
        stage.end_transaction(transaction, commit=True)

    with stage.every(10, one_transaction), billing.consume("orders"):
        stage.run(minutes=10)
    stage.run(seconds=30)
    assert stage.kafka.log("orders", 0).end == billing.position("orders") + 1
    stage.becomes_true("only the marker waits, for longer than a slot", after=30)
    with stage.never("billing", "ERROR"), stage.never("billing", "WARNING"):
        stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0)
        stage.run(hours=1)
        stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0)
    one_transaction()
    stage.becomes_true("a record waits for longer than its patience", after=300)
    with stage.never("billing", "ERROR"):
        stage.run(seconds=290)
    stage.expect("billing", "ERROR", "stopped",
                 since="a record waits for longer than its patience")
    stage.expect("billing", "STOPPED", topic="orders", time_lag=(299, 325), unprobed=False)
