from tests.scenarios.story import Story

STORY = Story(
    id="R3", title="Unread records come near to the topic's retention.ms, and then retention deletes them.",
    kind="broker", group="none", theme="Retention", event="retention by time",
    expected="OK → retention_risk 20 s before → WARNING (data_loss) when it happens",
    brokers=("4", "3.9"))
RETENTION, WITHIN = 32, 20


def play(stage):
    stage.topic("orders", retention_ms=RETENTION * 1000, message_timestamp_type="LogAppendTime")
    billing = stage.group("billing", policy="careful")
    billing.commit("orders", 0)
    stage.expect("billing", "OK", "caught_up")
    stage.produce("orders", 50)
    stage.becomes_true("the oldest unread record has 20 s left", after=RETENTION - WITHIN)
    stage.becomes_true("retention has deleted all", after=RETENTION)
    stage.expect("billing", "OK", lag=50, conditions=[])
    stage.expect("billing", {"OK", "WARNING"}, lag=50, conditions={"retention_risk"},
                 since="the oldest unread record has 20 s left")
    stage.expect("billing", "WARNING", "data_loss", lag=0, lost=50,
                 since="retention has deleted all")
    if len(stage.events("data_loss", "billing")) != 1:
        raise AssertionError(f"told of the loss: {stage.events('data_loss', 'billing')}")
