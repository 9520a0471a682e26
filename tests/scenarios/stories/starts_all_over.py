from tests.scenarios.story import Story

STORY = Story(
    id="C28", kind="clock", group="classic", theme="Groups in trouble",
    title="A classic group is set back to the beginning by hand and reads everything again.",
    event="offsets reset backwards",
    expected="OK → ERROR (rewind) → OK when it has reached the old offset")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.steadily("orders", 5), billing.consume("orders"):
        stage.run(minutes=10)
    billing.commit("orders", 0)
    stage.becomes_true("lower than before for a slot", after=30)
    with stage.steadily("orders", 5):
        with billing.consume("orders", rate=40):
            stage.expect("billing", "ERROR", "rewind", since="lower than before for a slot")
            stage.run(minutes=1.6)
            stage.expect("billing", "OK", stale=False)
            with stage.never("billing", "ERROR"):
                stage.run(minutes=20)
