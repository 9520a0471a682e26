from tests.scenarios.story import Story

STORY = Story(
    id="D24", kind="clock", group="consumer", theme="Causes",
    title="Two of four members hang, on one host; in the other group they are on two.",
    event="a host hangs",
    expected="ERROR (stopped) for both; one_host for the first only")


def play(stage):
    stage.topic("orders", partitions=4)
    for partition in range(4):
        stage.steadily("orders", 2, partition)
    hosts = {"same": "AABB", "apart": "ABAB"}
    for name, letters in hosts.items():
        group = stage.group(name, kind="consumer")
        for member, letter in enumerate(letters):
            group.join(f"{name}-{member}", "orders", [member], host=f"/10.0.0.{ord(letter)}")
    of = stage._groups
    at_work = {name: [of[name].consume("orders", partitions=[p]) for p in range(4)] for name in of}
    stage.run(minutes=10)
    for name in of:
        at_work[name][2].stop()
        at_work[name][3].stop()
    stage.run(minutes=7)
    stage.expect("same", "ERROR", "stopped", findings={"one_host"}, within=60)
    stage.expect("apart", "ERROR", "stopped", no_finding="one_host", within=60)
    assert "10.0.0.66" in stage.finding("same", "one_host")["sentence"]
