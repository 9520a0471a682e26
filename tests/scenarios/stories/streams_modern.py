from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="K7", title="A Kafka Streams application of the streams protocol (KIP-1071) ends.",
    kind="broker", group="streams", theme="Kinds of groups", event="Streams (KIP-1071) ended",
    expected="OK, kind streams → ERROR (stopped)")


def play(stage):
    stage.topic("in", partitions=2)
    stage.topic("out", partitions=2)
    app = stage.group("app")
    with stage.steadily("in", rate=20, partitions=2):
        app.stream("in", "out", "streams")
        stage.expect("app", "OK", kind="streams", lag=(0, 100), reason={"caught_up", "keeping_up"})
        app.end_stream()
        stage.becomes_true("no commit for its patience", after=PATIENCE)
        stage.expect("app", "ERROR", "stopped", kind="streams", since="no commit for its patience")
