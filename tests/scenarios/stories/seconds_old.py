from tests.scenarios.story import Story

STORY = Story(
    id="C5", title="Topic, group and first commit are seconds old.",
    kind="broker", group="none", theme="Coming and going", event="topic younger than the monitor",
    expected="complete within one refresh that the first commit triggers", brokers=("4", "3.9"),
    others="Commits of such a topic are dropped for a minute, or all its groups read lag 0 for five.")


def play(stage):
    billing = stage.group("billing")
    stage.topic("orders", partitions=2)
    stage.produce("orders", 7)
    stage.produce("orders", 9, partition=1)
    billing.commit("orders", 3)
    stage.becomes_true("the first commit")
    stage.expect("billing", "OK", committed_offset=3, log_end=7, lag=4, topic="orders",
                 since="the first commit")
    stage.expect("billing", "OK", lag=4)
