from tests.scenarios.raw_kafka import commit_for
from tests.scenarios.story import Story

STORY = Story(
    id="D2", title="A group's offsets expire while records wait: an old client asked to keep them briefly.",
    kind="broker", group="none", theme="Coming and going", event="offsets expired",
    expected="ERROR (stopped) → 404", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 20)
    billing = stage.group("billing")
    commit_for(stage.broker.port, billing.name, stage.name("orders"), 5, keep_ms=15_000)
    stage.becomes_true("its offsets have expired", after=15)
    stage.expect("billing", "OK", committed_offset=5, lag=15, topic="orders")
    stage.expect("billing", "ERROR", "stopped", lag=15)
    stage.gone("billing", since="its offsets have expired")
