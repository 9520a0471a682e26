from tests.scenarios.story import Story

STORY = Story(
    id="S8", kind="clock", group="none", theme="Transactions",
    title="A commit marker lies at the position; an hour later a record comes behind it.",
    event="record behind a commit marker",
    expected="OK, lag 0 → waiting since the record, not since the marker → ERROR (stopped)")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    transaction = stage.begin_transaction()
    stage.produce("orders", 10, transaction=transaction)
    stage.end_transaction(transaction, commit=True)
    job.commit("orders", 10)
    with stage.never("job", "ERROR"):
        stage.run(seconds=50)
        stage.expect("job", "OK", "caught_up", lag=0)
        stage.run(hours=1)
        stage.produce("orders", 1)
        stage.becomes_true("a record waits for longer than its patience", after=600)
        stage.run(seconds=60)
        stage.expect("job", "OK", topic="orders", lag=1, time_lag=(58, 75))
        stage.run(seconds=525)
    stage.expect("job", "ERROR", "stopped", since="a record waits for longer than its patience")
