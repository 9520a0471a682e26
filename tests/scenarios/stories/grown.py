from tests.scenarios.story import Story

STORY = Story(
    id="G5", title="A topic gets more partitions; its group commits in them.",
    kind="broker", group="classic", theme="Topics that change", event="partitions added",
    expected="OK; the new partitions have lag and status of their own", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 10)
    billing = stage.group("billing")
    billing.consume("orders", config={"metadata.max.age.ms": "1000"}, commits="seen")
    stage.expect("billing", "OK", "caught_up", partition_count=1)
    with stage.never("billing", "ERROR"):
        stage.clients.grow_topic(topic=stage.name("orders"), partitions=3)
        stage.becomes_true("the topic has three partitions")
        stage.expect("billing", "OK", partition_count=3, since="the topic has three partitions")
        stage.produce("orders", 4, partition=2)
        stage.expect("billing", "OK", topic="orders", partition=2, committed_offset=4, log_end=4, lag=0)
    billing.change(pace="stall")
    stage.produce("orders", 4, partition=2)
    stage.becomes_true("records wait in a new one beyond patience", after=6)
    stage.expect("billing", "STALLED", "stalled", topic="orders", partition=2, lag=4,
                 since="records wait in a new one beyond patience")
    stage.expect("billing", "OK", topic="orders", partition=0, lag=0)
