from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="C4", title="A group commits for the first time, with records waiting, and not again.",
    kind="broker", group="none", theme="Healthy groups that look ill", event="one single commit with lag",
    expected="OK (warming_up) for its patience → ERROR (stopped)",
    others="Burrow says STOP within 2 s.")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 100)
    billing = stage.group("billing")
    began = stage.now()
    billing.commit("orders", 1)
    stage.becomes_true("99 records have waited for its patience", after=PATIENCE)
    stage.expect("billing", "OK", "warming_up", lag=99)
    stage.expect("billing", "ERROR", "stopped", lag=99,
                 since="99 records have waited for its patience")
    took = stage.now() - began
    if took < PATIENCE - 0.5:
        raise AssertionError(f"it was accused after {took:.1f} s")
