from tests.scenarios.story import Story

STORY = Story(
    id="K2", title="A KIP-848 consumer subscribes by a regular expression; a matching topic comes later.",
    kind="broker", group="consumer", theme="Kinds of groups", event="regex subscription",
    expected="OK; the new topic is among its topics; stalled there → ERROR (stalled)")


def play(stage):
    stage.topic("orders-eu")
    stage.produce("orders-eu", 10)
    billing = stage.group("billing")
    pattern = stage.name("orders-.*")
    billing.consume(protocol="consumer", pattern=pattern, commits="seen",
                    config={"metadata.max.age.ms": "1000"})
    seen = stage.expect("billing", "OK", "caught_up", committed_offset=10, topic="orders-eu")
    if seen["members"][0]["subscribed_regex"] != pattern:
        raise AssertionError(f"subscribed: {seen['members'][0]}")
    with stage.never("billing", "OK", "topic_left", topic="orders-eu"):
        stage.topic("orders-us")
        stage.produce("orders-us", 10)
        stage.until("the broker gives it the new topic", lambda: billing.status()["records"] == 20)
        stage.becomes_true("it commits in the new topic", after=0.5)
        stage.expect("billing", "OK", "caught_up", committed_offset=10, topic="orders-us",
                     since="it commits in the new topic")
        billing.change(pace="stall")
        stage.produce("orders-us", 10)
        stage.becomes_true("records wait beyond its patience", after=6)
        stage.expect("billing", "ERROR", "stalled", lag=10, since="records wait beyond its patience")
