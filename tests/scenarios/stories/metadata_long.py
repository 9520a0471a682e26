from tests.scenarios.story import Story

STORY = Story(
    id="C1", title="A commit carries metadata of 4,096 bytes.",
    kind="broker", group="none", theme="Groups in trouble", event="long metadata in a commit",
    expected="OK → ERROR (stopped)", brokers=("4", "3.9"),
    others="From a value of version 4 Burrow reads a date in the far future: STOP can never fire.")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing")
    before = stage.now()
    billing.commit("orders", 0, metadata="m" * 4096)
    stage.expect("billing", "OK", "caught_up", committed_offset=0, topic="orders")
    committed = stage.partition("billing", "orders")["committed_at_ms"] / 1000
    if not before - 2 <= committed <= stage.now() + 2:
        raise AssertionError(f"committed at {committed}, not soon after {before}")
    stage.produce("orders", 8)
    stage.becomes_true("records wait beyond patience", after=6)
    stage.expect("billing", "ERROR", "stopped", lag=8, since="records wait beyond patience")
