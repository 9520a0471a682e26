from tests.scenarios.story import Story

STORY = Story(
    id="D22", kind="clock", group="consumer", theme="Causes",
    title="A member leaves and whoever gets its partitions does not commit there; in the other "
          "group it had ceased to commit long before it left.",
    event="one of three members leaves",
    expected="ERROR (stopped) for both; member_lost for the first only")


def play(stage):
    stage.topic("orders", partitions=6)
    writers = [stage.steadily("orders", 2, partition) for partition in range(6)]
    for name in ("left", "hung"):
        group = stage.group(name, kind="consumer")
        for member in range(3):
            group.join(f"{name}-{member}", "orders", [2 * member, 2 * member + 1])
    of = stage._groups
    at_work = {name: [of[name].consume("orders", partitions=two) for two in ([0, 1], [2, 3], [4, 5])]
               for name in of}
    stage.run(minutes=10)
    at_work["hung"][2].stop()
    stage.run(minutes=15)
    at_work["left"][2].stop()
    for name in of:
        of[name].leave(name + "-2")
        of[name].reassign(name + "-1", {"orders": [2, 3, 4, 5]})
    stage.run(minutes=7)
    stage.expect("left", "ERROR", "stopped", findings={"member_lost"}, within=60)
    stage.expect("hung", "ERROR", "stopped", no_finding="member_lost", within=60)
    assert "left-2" in stage.finding("left", "member_lost")["sentence"]
    assert len(writers) == 6
