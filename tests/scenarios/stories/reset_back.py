from tests.scenarios.story import Story

STORY = Story(
    id="G2", title="kafka-consumer-groups resets a group's offsets to the earliest ones.",
    kind="broker", group="none", theme="Groups in trouble", event="offsets reset backwards by hand",
    expected="OK → ERROR (rewind) → OK when it has read again what it had read")
TOOL = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 40)
    billing = stage.group("billing", policy="patient")
    billing.commit("orders", 40)
    stage.expect("billing", "OK", "caught_up")
    stage.broker.tool(TOOL, "--group", billing.name, "--topic", stage.name("orders"),
                      "--reset-offsets", "--to-earliest", "--execute")
    stage.becomes_true("it has not recovered for a slot", after=1)
    stage.expect("billing", "ERROR", "rewind", lag=40, since="it has not recovered for a slot")
    billing.commit("orders", 40)
    stage.becomes_true("the old offset is reached again")
    stage.expect("billing", "OK", "caught_up", lag=0, since="the old offset is reached again")
