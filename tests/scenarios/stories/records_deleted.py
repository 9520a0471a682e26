from tests.scenarios.story import Story

STORY = Story(
    id="R1", title="DeleteRecords moves the log start past the committed offset; 100 records are left.",
    kind="broker", group="none", theme="Retention", event="log start past the commit",
    expected="lag 100, lost 800, data_loss, once as an event → OK when it commits beyond",
    brokers=("4", "3.9"),
    others="All but one say 900 unread.")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 1000)
    billing = stage.group("billing", policy="patient")
    billing.commit("orders", 100)
    stage.expect("billing", "OK", lag=900, lost=0)
    stage.clients.delete_records(topic=stage.name("orders"), before={"0": 900})
    stage.becomes_true("800 of 900 unread records are deleted")
    stage.expect("billing", {"OK", "WARNING"}, lag=100, lost=800, conditions={"data_loss"},
                 since="800 of 900 unread records are deleted")
    stage.run(seconds=3)
    losses = stage.events("data_loss", "billing")
    if len(losses) != 1 or "800" not in losses[0]["sentence"]:
        raise AssertionError(f"told of the loss: {losses}")
    billing.commit("orders", 1000)
    stage.becomes_true("it reads on behind the hole")
    stage.expect("billing", "OK", "caught_up", lag=0, lost=0, conditions=[],
                 since="it reads on behind the hole")
