from tests.scenarios.story import Story

STORY = Story(
    id="D23", kind="clock", group="consumer", theme="Causes",
    title="One of three members hangs; in the other group two of three do.",
    event="one member hangs",
    expected="ERROR (stopped) for both; one_member for the first only")


def play(stage):
    stage.topic("orders", partitions=6)
    for partition in range(6):
        stage.steadily("orders", 2, partition)
    for name in ("one", "two"):
        group = stage.group(name, kind="consumer")
        for member in range(3):
            group.join(f"{name}-{member}", "orders", [2 * member, 2 * member + 1])
    of = stage._groups
    at_work = {name: [of[name].consume("orders", partitions=two) for two in ([0, 1], [2, 3], [4, 5])]
               for name in of}
    stage.run(minutes=10)
    at_work["one"][2].stop()
    at_work["two"][1].stop()
    at_work["two"][2].stop()
    stage.run(minutes=7)
    stage.expect("one", "ERROR", "stopped", findings={"one_member"}, within=60)
    stage.expect("two", "ERROR", "stopped", no_finding="one_member", within=60)
    assert "one-2" in stage.finding("one", "one_member")["sentence"]
