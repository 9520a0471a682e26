from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="T5", title="A transaction with a group's commit stays open: it hides everything behind it in one "
    "partition of the offsets topic.",
    kind="broker", group="none", theme="Transactions", event="open transaction in the offsets topic",
    expected="exactly the groups of that partition are stale → all OK", brokers=("4", "3.9"))
PARTITIONS = 16


def offsets_partition(group):
    """As the coordinator: Java's hash of the group's name."""
    value = 0
    for unit in group:
        value = (31 * value + ord(unit)) & 0xFFFFFFFF
    return abs(value - (1 << 32) if value & 0x80000000 else value) % PARTITIONS


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 10)
    writer = stage.group("writer")
    home = offsets_partition(writer.name)
    beside = next(one for one in (stage.group(f"reader-{number}") for number in range(99))
                  if offsets_partition(one.name) == home)
    elsewhere = next(one for one in (stage.group(f"far-{number}", "patient") for number in range(99))
                     if offsets_partition(one.name) != home)
    near, far = (one.name.rpartition(".")[2] for one in (beside, elsewhere))
    for one in (writer, beside, elsewhere):
        one.commit("orders", 10)
    for name in ("writer", near, far):
        stage.expect(name, "OK", "caught_up", stale=False)
    with stage.always(far, "OK"), stage.never(near, "ERROR"):
        writer.commit_in_transaction("orders", 10, end="open")
        stage.becomes_true("the partition's end has been hidden for three refreshes", after=3)
        stage.expect(near, "OK", stale=True,
                     since="the partition's end has been hidden for three refreshes")
        stage.produce("orders", 5)
        beside.commit("orders", 15)  # behind the open one: nobody who reads committed sees it
        elsewhere.commit("orders", 15)
        stage.expect("writer", "OK", stale=True, findings={"monitor_blind"})
        stage.expect(far, "OK", "caught_up", stale=False, committed_offset=15, topic="orders")
        stage.run(seconds=PATIENCE + 2)
        writer.end_transaction(commit=True)
        stage.becomes_true("the transaction has ended")
        stage.expect(near, "OK", "caught_up", stale=False, committed_offset=15, topic="orders",
                     since="the transaction has ended")
