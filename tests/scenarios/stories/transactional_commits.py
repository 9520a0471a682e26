from tests.scenarios.story import Story

STORY = Story(
    id="X25", kind="clock", group="none", theme="Transactions",
    title="Commits come inside of transactions; one of them is aborted.",
    event="commit aborted",
    expected="the aborted commit never counts: lag 60 stays 60",
    others="Burrow and KMinion take an aborted transactional commit for a real one.")


def play(stage):
    stage.topic("orders")
    app = stage.group("exactly-once")
    stage.produce("orders", 100)

    def commit(offset, state):
        transaction = stage.begin_transaction()
        app.commit("orders", offset, transaction=transaction)
        stage.run(seconds=2)
        stage.kafka.offsets_of("exactly-once").end_transaction(transaction, state)
        stage.run(seconds=2)

    commit(40, "committed")
    stage.expect("exactly-once", "OK", lag=60)
    commit(99, "aborted")
    stage.run(seconds=30)
    stage.expect("exactly-once", "OK", topic="orders", lag=60, committed_offset=40)
    commit(100, "committed")
    stage.becomes_true("its transaction is committed")
    stage.expect("exactly-once", "OK", "caught_up", lag=0)
