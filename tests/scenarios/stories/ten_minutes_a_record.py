from tests.scenarios.story import Story

STORY = Story(
    id="S1", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="A record takes ten minutes; meanwhile auto-commit repeats the offset every 5 s.",
    event="slow records",
    expected="OK: ten minutes are its habit; ERROR (stalled) for one that never knew them")


def play(stage):
    stage.topic("orders")
    stage.topic("letters")
    slow = stage.group("slow").join("slow-1", "orders")
    stuck = stage.group("stuck").join("stuck-1", "letters")
    with stage.steadily("orders", 1 / 300), stage.every(600, lambda: slow.read("orders", most=1)):
        with stage.every(5, lambda: slow.commit("orders", slow.position("orders"))):
            stage.run(minutes=35)
            with stage.never("slow", "ERROR"):
                stage.run(minutes=50)
    stage.produce("letters", 1)
    stuck.commit("letters", 0)
    with stage.every(5, lambda: stuck.commit("letters", 0)):
        stage.becomes_true("one offset repeated for longer than patience_unknown", after=605)
        with stage.never("stuck", "ERROR"):
            stage.run(seconds=590)
        stage.expect("stuck", "ERROR", "stalled",
                     since="one offset repeated for longer than patience_unknown")
