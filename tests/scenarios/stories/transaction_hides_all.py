from tests.scenarios.story import Story

STORY = Story(
    id="N8", kind="clock", group="none", theme="Transactions",
    title="An open transaction hides all that waits from a read_committed group; then it is ended "
          "and nobody reads.",
    event="open transaction",
    expected="OK (blocked_by_transaction), WARNING after 15 min; ERROR (stopped) when "
             "they could be read for longer than its patience")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    stage.produce("orders", 100)
    stage.run(seconds=15)
    job.read("orders")
    stage.run(seconds=20)
    transaction = stage.begin_transaction()
    stage.produce("orders", 40, transaction=transaction)
    stage.becomes_true("blocked for 15 min", after=900)
    with stage.never("job", "ERROR"):
        stage.run(minutes=14.5)
        stage.expect("job", "OK", "blocked_by_transaction")
        stage.expect("job", "WARNING", "blocked_by_transaction", since="blocked for 15 min")
        stage.run(hours=3)
        stage.end_transaction(transaction, commit=True)
        stage.becomes_true("they can be read for 10 min", after=600)
        stage.run(minutes=9.5)
    stage.expect("job", "ERROR", "stopped", since="they can be read for 10 min")
