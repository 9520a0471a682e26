from tests.scenarios.story import Story

STORY = Story(
    id="F15", kind="clock", group="none", theme="Coming and going",
    title="Offsets are deleted partition by partition, and no group tombstone comes.",
    event="offsets deleted one by one",
    expected="the partitions leave one by one, then the group: 404",
    others="In Burrow offsets that an admin deleted stay ERR/STOP.")


def play(stage):
    stage.topic("orders", partitions=3)
    job = stage.group("job")
    for partition in range(3):
        stage.produce("orders", 5, partition)
        job.read("orders", partition, most=3)
    stage.expect("job", "OK", lag=6)
    for left in (4, 2):
        job.forget_offset("orders", left // 2)
        stage.expect("job", "OK", lag=left)
    job.forget_offset("orders", 0)
    stage.becomes_true("its last offset is deleted")
    stage.gone("job", since="its last offset is deleted")
    listed = stage.get("/api/v1/groups")["data"]
    assert not listed, listed
    assert "job" not in stage.metrics()
