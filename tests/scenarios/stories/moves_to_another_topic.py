from tests.scenarios.story import Story

STORY = Story(
    id="F11", kind="clock", group="consumer", theme="Topics that change",
    title="A consumer-protocol group moves to another topic while records go on arriving in the "
          "old one.",
    event="group moves to another topic",
    expected="OK (topic_left) for the old topic, with unsubscribed")


def play(stage):
    for name in ("old", "new"):
        stage.topic(name, partitions=2)
    billing = stage.group("billing", kind="consumer")
    billing.join("billing-1", "old")
    stage.run(seconds=1)
    with stage.steadily("old", 1), stage.steadily("new", 1):
        with billing.consume("old"):
            stage.run(minutes=5)
        with stage.never("billing", "ERROR"), stage.never("billing", "WARNING"):
            billing.reassign("billing-1", {"new": [0, 1]})
            with billing.consume("new"):
                stage.run(minutes=20)
                stage.expect("billing", "OK", "topic_left", topic="old",
                             conditions=["unsubscribed"])
                stage.expect("billing", "OK", topic="new", lag=(0, 20))
