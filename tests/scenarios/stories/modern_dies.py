from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="K1", title="The one KIP-848 consumer of a group dies without a word; records go on arriving.",
    kind="broker", group="consumer", theme="Kinds of groups", event="KIP-848 consumer killed",
    expected="OK with its member → ERROR (stopped)")


def play(stage):
    stage.topic("orders", partitions=2)
    billing = stage.group("billing")
    with stage.steadily("orders", rate=20, partitions=2):
        billing.consume("orders", protocol="consumer")
        seen = stage.expect("billing", "OK", members=1, kind="consumer", lag=(0, 60),
                            reason={"caught_up", "keeping_up"})
        if seen["members"][0]["assigned"] != {stage.name("orders"): [0, 1]}:
            raise AssertionError(f"assigned: {seen['members'][0]}")
        billing.die()
        stage.becomes_true("no commit for its patience", after=PATIENCE)
        stage.expect("billing", "ERROR", "stopped", since="no commit for its patience")
