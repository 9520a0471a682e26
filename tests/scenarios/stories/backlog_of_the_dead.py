from tests.scenarios.story import Story

STORY = Story(
    id="S7", kind="clock", group="consumer", theme="Retention",
    title="A KIP-848 group is dead and retention deletes its whole backlog, segment by segment.",
    event="retention deletes the backlog",
    expected="ERROR (stopped) with lost → WARNING (data_loss), lag 0, until it commits → OK",
    others="All but one say 900 unread where 100 are left and 800 are lost.")


def play(stage):
    stage.topic("orders", retention_ms=3600_000)
    billing = stage.group("billing", kind="consumer").join("billing-1", "orders")
    stage.produce("orders", 100)
    stage.run(seconds=15)
    billing.read("orders")
    billing.leave()
    stage.produce("orders", 60)
    log = stage.kafka.log("orders", 0)
    stage.run(minutes=30)
    stage.expect("billing", "ERROR", "stopped", lag=60, lost=0)
    stage.run(minutes=40)
    log.delete_before(130)
    stage.becomes_true("30 records are deleted unread")
    stage.expect("billing", "ERROR", "stopped", lag=30, lost=30, conditions={"data_loss"},
                 since="30 records are deleted unread")
    stage.run(minutes=20)
    log.delete_before(160)
    stage.becomes_true("all of it is deleted unread")
    stage.expect("billing", "WARNING", "data_loss", lag=0, lost=60, since="all of it is deleted unread")
    stage.run(hours=10)
    stage.expect("billing", "WARNING", "data_loss", lag=0, time_lag=0)
    billing.commit("orders", 160)
    stage.expect("billing", "OK", "caught_up", lost=0, conditions=[])
