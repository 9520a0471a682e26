from tests.scenarios.story import Story

STORY = Story(
    id="D27", kind="clock", group="consumer", theme="Causes",
    title="One member owns six of seven partitions and is late with them; in the other group each "
          "of two owns its half.",
    event="uneven assignment",
    expected="WARNING (falling_behind) for both; lopsided_assignment for the first only")


def play(stage):
    shares = {"uneven": (range(0, 5), range(5, 6)), "even": (range(0, 3), range(3, 6))}
    for name, (late, well) in shares.items():
        stage.topic(name, partitions=6)
        for partition in range(6):
            stage.steadily(name, 100, partition)
        group = stage.group("reads-" + name, kind="consumer")
        group.join(name + "-1", name, late)
        group.join(name + "-2", name, well)
        group.consume(name, partitions=late, rate=60)
        group.consume(name, partitions=well)
    stage.run(minutes=12)
    stage.expect("reads-uneven", "WARNING", "falling_behind", findings={"lopsided_assignment"},
                 within=60)
    stage.expect("reads-even", "WARNING", "falling_behind", no_finding="lopsided_assignment",
                 within=60)
