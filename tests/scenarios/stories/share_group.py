from tests.scenarios.story import Story

STORY = Story(
    id="K30", kind="clock", group="share", theme="Kinds of groups",
    title="A share group works on a topic; what it has done is not in the offsets topic.",
    event="share group",
    expected="listed with its kind, UNKNOWN, never OK → 404 when it is deleted")


def play(stage):
    stage.topic("orders")
    workers = stage.group("workers", kind="share").announce()
    stage.becomes_true("its first record is written")
    stage.expect("workers", "UNKNOWN", kind="share", since="its first record is written")
    with stage.steadily("orders", 10), stage.always("workers", "UNKNOWN", kind="share"):
        stage.run(minutes=30)
    workers.delete()
    stage.becomes_true("it is deleted")
    stage.gone("workers", since="it is deleted")
