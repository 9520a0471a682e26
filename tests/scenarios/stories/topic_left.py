from tests.scenarios.story import Story

STORY = Story(
    id="G1", title="A group moves to another topic; records go on arriving in the old one.",
    kind="broker", group="classic", theme="Topics that change", event="group leaves a topic",
    expected="OK (topic_left) for the old topic, with unsubscribed; never accused",
    brokers=("4", "3.9"))


def play(stage):
    stage.topic("old")
    stage.topic("new")
    stage.produce("old", 10)
    billing = stage.group("billing")
    billing.consume("old")
    stage.expect("billing", "OK", "caught_up", committed_offset=10, topic="old")
    billing.change(topics=["new"])
    stage.produce("new", 5)
    stage.expect("billing", "OK", "caught_up", committed_offset=5, topic="new")
    stage.run(seconds=2)  # its last commit in the old topic is older than a refresh
    with stage.never("billing", "ERROR"):
        stage.produce("old", 7)
        stage.becomes_true("records wait in the topic that it has left")
        stage.expect("billing", "OK", "topic_left", topic="old", lag=7, conditions={"unsubscribed"},
                     since="records wait in the topic that it has left")
        stage.run(seconds=9)
        stage.expect("billing", "OK")
