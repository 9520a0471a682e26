from tests.scenarios.raw_kafka import Worker
from tests.scenarios.story import Story

STORY = Story(
    id="K5", title="A group whose protocol is not that of consumers: the workers of Kafka Connect.",
    kind="broker", group="connect", theme="Kinds of groups", event="members of another protocol type",
    expected="listed with its protocol type and member; UNKNOWN, what it is assigned is unknown",
    brokers=("4", "3.9"))


def play(stage):
    cluster = stage.group("connect-cluster")
    worker = Worker(stage.broker.port, cluster.name, "connect")
    stage.becomes_true("a worker has joined")
    seen = stage.expect("connect-cluster", "UNKNOWN", "never_committed", protocol_type="connect",
                        kind="classic", members=1, lag=None, since="a worker has joined")
    worker.close()
    if seen["members"][0]["assigned"] is not None:
        raise AssertionError(f"assigned: {seen['members'][0]}")
