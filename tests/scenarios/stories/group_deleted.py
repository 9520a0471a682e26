from tests.scenarios.story import Story

STORY = Story(
    id="D1", title="An admin deletes a stopped group.",
    kind="broker", group="classic", theme="Coming and going", event="group deleted",
    expected="ERROR (stopped) → 404, no list and no metric has it", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 20)
    billing = stage.group("billing")
    billing.consume("orders", commits="seen")
    stage.expect("billing", "OK", "caught_up", lag=0)
    billing.leave()
    stage.produce("orders", 20)
    stage.expect("billing", "ERROR", "stopped", lag=20)
    billing.delete()
    stage.becomes_true("the group is deleted")
    stage.gone("billing", since="the group is deleted")
    if not stage.events("group_gone", "billing"):
        raise AssertionError("no event tells that it is gone")
    if billing.name in stage.daemon.groups("live") or billing.name in stage.daemon.metrics():
        raise AssertionError("it is in the list of groups or among the metrics")
