from tests.scenarios.story import Story

STORY = Story(
    id="D25", kind="clock", group="classic", theme="Causes",
    title="A member repeats one offset of a partition and goes on in its other one; in the other "
          "group both stand.",
    event="one partition stands",
    expected="ERROR (stalled) for both; stuck_record for the first only, with the command that "
             "shows it")


def play(stage):
    stage.topic("orders", partitions=2)
    for partition in range(2):
        stage.steadily("orders", 2, partition)
    one, both = (stage.group(name).join(name + "-1", "orders") for name in ("one", "both"))
    at_work = [one.consume("orders"), both.consume("orders")]
    stage.run(minutes=10)
    for each in at_work:
        each.stop()
    one.consume("orders", partitions=[1])
    stage.every(5, lambda: one.commit("orders", one.position("orders")))
    for partition in range(2):
        stage.every(5, lambda p=partition: both.commit("orders", both.position("orders", p), p))
    stage.run(minutes=7)
    stage.expect("one", "ERROR", "stalled", findings={"stuck_record"}, within=60)
    stage.expect("both", "ERROR", "stalled", no_finding="stuck_record", within=60)
    found = stage.finding("one", "stuck_record")
    assert str(one.position("orders")) in found["next_step"], found
