from tests.scenarios.story import Story

STORY = Story(
    id="C2", title="An admin deletes the offsets that a stopped group has on one topic.",
    kind="broker", group="none", theme="Coming and going", event="offsets deleted by hand",
    expected="ERROR (stopped) → OK, the topic has left → 404", brokers=("4", "3.9"),
    others="In Burrow the offsets that were deleted stay ERR/STOP.")


def play(stage):
    stage.topic("old")
    stage.topic("new")
    stage.produce("old", 20)
    billing = stage.group("billing")
    billing.commit("old", 5)
    billing.commit("new", 0)
    stage.expect("billing", "ERROR", "stopped", lag=15)
    billing.delete_offsets("old", 0)
    stage.becomes_true("the offsets are deleted")
    seen = stage.expect("billing", "OK", "caught_up", lag=0, since="the offsets are deleted")
    topics = {one["topic"] for one in seen["partitions"]}
    if topics != {stage.name("new")}:
        raise AssertionError(f"its topics are {topics}")
    billing.delete_offsets("new", 0)
    stage.becomes_true("its last offset is deleted")
    stage.gone("billing", since="its last offset is deleted")
