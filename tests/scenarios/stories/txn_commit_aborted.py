from tests.scenarios.story import Story

STORY = Story(
    id="T2", title="A transaction that carries a group's commit is aborted.",
    kind="broker", group="none", theme="Transactions", event="aborted commit in the offsets topic",
    expected="the commit before it counts: lag 45 → after the next one 0", brokers=("4", "3.9"),
    others="Burrow and KMinion take the aborted commit for a real one.")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 50)
    billing = stage.group("billing", policy="patient")
    billing.commit_in_transaction("orders", 5, end="commit")
    stage.expect("billing", "OK", committed_offset=5, lag=45, topic="orders")
    with stage.never("billing", "OK", committed_offset=49, topic="orders"):
        billing.commit_in_transaction("orders", 49, end="abort")
        stage.becomes_true("a real commit follows the aborted one")
        billing.commit("orders", 50)
        stage.expect("billing", "OK", "caught_up", committed_offset=50, lag=0, topic="orders",
                     since="a real commit follows the aborted one")
    window = stage.partition("billing", "orders")["window"]
    if 49 in [sample["offset"] for sample in window]:
        raise AssertionError(f"the aborted commit is in the window: {window}")
