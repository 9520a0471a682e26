from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="K6", title="A Kafka Streams application of the classic protocol, with an internal topic, ends.",
    kind="broker", group="streams", theme="Kinds of groups", event="Streams (classic) ended",
    expected="OK on the source and on the internal topic → ERROR (stopped)")


def play(stage):
    stage.topic("in", partitions=2)
    stage.topic("out", partitions=2)
    app = stage.group("app")
    with stage.steadily("in", rate=20, partitions=2):
        app.stream("in", "out", "classic", repartition=True)
        seen = stage.expect("app", "OK", kind="classic", members=(1, 8), lag=(0, 100),
                            reason={"caught_up", "keeping_up"})
        stage.until("the internal topic is among its topics", lambda: any(
            "by-value-repartition" in one["topic"] for one in stage.ask("app")["partitions"]))
        if not seen["members"][0]["assigned"]:
            raise AssertionError(f"assigned: {seen['members']}")
        app.end_stream()
        stage.becomes_true("no commit for its patience", after=PATIENCE)
        stage.expect("app", "ERROR", "stopped", since="no commit for its patience")
