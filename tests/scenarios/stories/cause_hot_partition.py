from tests.scenarios.story import Story

STORY = Story(
    id="D26", kind="clock", group="classic", theme="Causes",
    title="One partition of six gets ten times the records of the others and its reader can't "
          "follow; in the other topic all get the same.",
    event="skewed keys",
    expected="WARNING (falling_behind) for both; hot_partition for the first only")


def play(stage):
    for topic in ("skewed", "even"):
        stage.topic(topic, partitions=6)
        for partition in range(6):
            stage.steadily(topic, 100 if topic == "even" or partition == 0 else 10, partition)
        group = stage.group("reads-" + topic).join("reader-1", topic)
        group.consume(topic, partitions=range(1, 6))
        group.consume(topic, partitions=[0], rate=60)
    stage.run(minutes=12)
    stage.expect("reads-skewed", "WARNING", "falling_behind", findings={"hot_partition"}, within=60)
    stage.expect("reads-even", "WARNING", "falling_behind", no_finding="hot_partition", within=60)
