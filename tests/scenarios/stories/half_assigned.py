from tests.scenarios.story import Story

STORY = Story(
    id="K28", kind="clock", group="consumer", theme="Topics that change",
    title="A topic grows and no member is assigned the new partitions; nobody has committed "
          "there.",
    event="partitions that nobody reads",
    expected="OK: the new partitions are shown, without lag and without a verdict")


def play(stage):
    stage.topic("orders", partitions=2)
    billing = stage.group("billing", kind="consumer").join("billing-1", "orders")
    with stage.steadily("orders", 5), stage.steadily("orders", 5, partition=1):
        with billing.consume("orders"), stage.never("billing", "ERROR"):
            stage.run(minutes=5)
            stage.kafka.topics["orders"].grow(4)
            stage.produce("orders", 50, partition=3)
            stage.run(minutes=20)
            stage.expect("billing", "OK", partition_count=4, lag=(0, 120))
            stage.expect("billing", "UNKNOWN", "no_data", topic="orders", partition=3, lag=None)
