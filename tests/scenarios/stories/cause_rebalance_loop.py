from tests.scenarios.story import Story

STORY = Story(
    id="D29", kind="clock", group="classic", theme="Causes",
    title="Two groups stop committing; in the first a member joins and leaves again and again.",
    event="rebalance loop",
    expected="ERROR (stopped) for both; rebalance_loop for the first only")


def play(stage):
    stage.topic("orders", partitions=2)
    for partition in range(2):
        stage.steadily("orders", 2, partition)
    loops, calm = (stage.group(name).join(name + "-1", "orders") for name in ("loops", "calm"))
    with loops.consume("orders"), calm.consume("orders"):
        stage.run(minutes=10)
    for _ in range(7):
        stage.run(seconds=30)
        loops.join("loops-2", "orders", [])
        stage.run(seconds=30)
        loops.leave("loops-2")
    stage.expect("loops", "ERROR", "stopped", findings={"rebalance_loop"}, within=60)
    stage.expect("calm", "ERROR", "stopped", no_finding="rebalance_loop", within=60)
    assert "loops-2" in stage.finding("loops", "rebalance_loop")["sentence"]
