from tests.scenarios.story import Story

STORY = Story(
    id="R2", title="The whole backlog of a dead group is deleted.",
    kind="broker", group="none", theme="Retention", event="all that waited is deleted",
    expected="ERROR (stopped) → WARNING (data_loss) until it commits → OK")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 300)
    billing = stage.group("billing")
    billing.commit("orders", 100)
    stage.expect("billing", "ERROR", "stopped", lag=200)
    stage.clients.delete_records(topic=stage.name("orders"), before={"0": 300})
    stage.becomes_true("nothing is left to read")
    stage.expect("billing", "WARNING", "data_loss", lag=0, lost=200, since="nothing is left to read")
    with stage.always("billing", "WARNING", "data_loss"):
        stage.run(seconds=8)
    billing.commit("orders", 300)
    stage.becomes_true("it commits again")
    stage.expect("billing", "OK", "caught_up", lag=0, lost=0, since="it commits again")
