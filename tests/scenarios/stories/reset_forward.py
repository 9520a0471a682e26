from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="G3", title="kafka-consumer-groups skips a stopped group's backlog.",
    kind="broker", group="none", theme="Groups in trouble", event="offsets reset forwards by hand",
    expected="ERROR (stopped) → OK, lag 0, nothing lost")
TOOL = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 40)
    billing = stage.group("billing")
    billing.commit("orders", 3)
    stage.becomes_true("37 records have waited for its patience", after=PATIENCE)
    stage.expect("billing", "ERROR", "stopped", lag=37,
                 since="37 records have waited for its patience")
    stage.broker.tool(TOOL, "--group", billing.name, "--topic", stage.name("orders"),
                      "--reset-offsets", "--to-latest", "--execute")
    stage.becomes_true("the backlog is skipped")
    stage.expect("billing", "OK", "caught_up", lag=0, lost=0, time_lag=0, conditions=[],
                 since="the backlog is skipped")
