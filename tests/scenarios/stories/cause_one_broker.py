from tests.scenarios.story import Story

STORY = Story(
    id="D30", kind="clock", group="none", theme="Causes",
    title="Nothing led by broker 3 is read by two groups; a third is late on two brokers' "
          "partitions.",
    event="a slow broker",
    expected="ERROR (stopped) for all; one_broker for the first two only")


def play(stage):
    stage.topic("orders", partitions=3)
    for partition in range(3):
        stage.steadily("orders", 2, partition)
    late = {"first": [2], "second": [2], "third": [1, 2]}
    at_work = []
    for name, partitions in late.items():
        group = stage.group(name)
        group.consume("orders", partitions=[p for p in range(3) if p not in partitions])
        at_work.append(group.consume("orders", partitions=partitions))
    stage.run(minutes=10)
    for each in at_work:
        each.stop()
    stage.run(minutes=7)
    for name in ("first", "second"):
        stage.expect(name, "ERROR", "stopped", findings={"one_broker"}, within=60)
    stage.expect("third", "ERROR", "stopped", no_finding="one_broker", within=60)
    assert "broker 3" in stage.finding("first", "one_broker")["sentence"]
