from tests.scenarios.story import Story

STORY = Story(
    id="C3", title="A topic is deleted and created again under its name; its group starts at the beginning.",
    kind="broker", group="none", theme="Topics that change", event="topic deleted and re-created",
    expected="OK → 404 → OK, the lag is that of the new topic", brokers=("4", "3.9"),
    others="Burrow shows 450, lag 0, OK for ever.")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 450)
    billing = stage.group("billing", policy="patient")
    billing.commit("orders", 450)
    stage.expect("billing", "OK", "caught_up", lag=0)
    stage.clients.delete_topic(topic=stage.name("orders"))
    stage.becomes_true("the topic is deleted, and with it the group's offsets")
    stage.gone("billing", since="the topic is deleted, and with it the group's offsets")
    with stage.never("billing", "ERROR"):
        stage.topic("orders")
        stage.produce("orders", 20)
        billing.commit("orders", 5)
        stage.becomes_true("5 of 20 are committed")
        stage.expect("billing", "OK", committed_offset=5, log_end=20, lag=15, topic="orders",
                     since="5 of 20 are committed")
        billing.commit("orders", 20)
        stage.expect("billing", "OK", "caught_up", lag=0)
