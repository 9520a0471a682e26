from tests.scenarios.story import Story

STORY = Story(
    id="D32", kind="clock", group="none", theme="Causes",
    title="Two groups wait before the end of their topics for 20 minutes: one behind an open "
          "transaction, the other just does not read.",
    event="transaction left open",
    expected="WARNING (blocked_by_transaction) with hanging_transaction; ERROR (stopped) without")


def play(stage):
    for topic in ("held", "free"):
        stage.topic(topic)
        stage.produce(topic, 100)
        stage.group("reads-" + topic).read(topic)
    stage.run(minutes=2)
    transaction = stage.begin_transaction()
    stage.produce("held", 40, transaction=transaction)
    stage.produce("free", 40)
    with stage.steadily("held", 1), stage.steadily("free", 1):
        stage.run(minutes=20)
    stage.expect("reads-held", "WARNING", "blocked_by_transaction", findings={"hanging_transaction"},
                 within=60)
    stage.expect("reads-free", "ERROR", "stopped", no_finding="hanging_transaction", within=60)
    assert "100" in stage.finding("reads-held", "hanging_transaction")["sentence"]
