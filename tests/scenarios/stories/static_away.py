from tests.scenarios.story import Story

STORY = Story(
    id="K9", title="A static KIP-848 member leaves for a restart and keeps its assignment meanwhile.",
    kind="broker", group="consumer", theme="Kinds of groups", event="static member away and back",
    expected="OK while it is away, marked away → OK with the member back")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing", policy="patient")
    static = {"group.instance.id": "worker-7"}
    with stage.steadily("orders", rate=20):
        billing.consume("orders", protocol="consumer", config=static)
        stage.expect("billing", "OK", kind="consumer", members=1, lag=(0, 60))
        billing.leave()
        stage.becomes_true("the member is away")
        stage.until("it is shown as away", lambda: shown(stage)["away"], since="the member is away")
        if shown(stage)["assigned"] != {stage.name("orders"): [0]}:
            raise AssertionError(f"assigned: {shown(stage)}")
        stage.expect("billing", "OK")
        billing.consume("orders", protocol="consumer", config=static)
        stage.becomes_true("the member is back")
        stage.until("it is no longer away", lambda: not shown(stage)["away"], since="the member is back")
        stage.expect("billing", "OK", lag=(0, 60), members=1)


def shown(stage):
    seen = stage.ask("billing")
    found = [one for one in seen["members"] if one["instance_id"] == "worker-7"]
    if not found:
        raise AssertionError(f"members: {seen['members']}")
    return found[0]
