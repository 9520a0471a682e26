from tests.scenarios.story import Story

STORY = Story(
    id="G27", kind="clock", group="consumer", theme="Coming and going",
    title="A KIP-848 group without members is deleted while records wait.",
    event="group deleted",
    expected="ERROR (stopped) → 404; no list and no metric has it")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing", kind="consumer").join("billing-1", "orders")
    stage.produce("orders", 10)
    stage.run(seconds=5)
    billing.read("orders", most=4)
    billing.leave()
    stage.run(minutes=11)
    stage.expect("billing", "ERROR", "stopped", kind="consumer")
    billing.delete()
    stage.becomes_true("its last tombstone is written")
    stage.gone("billing", since="its last tombstone is written")
    assert "billing" not in stage.metrics()
    stage.run(hours=1)
    stage.gone("billing")
