from tests.scenarios.story import Story

STORY = Story(
    id="K27", kind="clock", group="streams", theme="Kinds of groups",
    title="A Streams group (KIP-1071) keeps up on its source and on its repartition topic, then "
          "dies.",
    event="streams application dies",
    expected="OK, kind streams → ERROR (stopped) → 404 when it is deleted")


def play(stage):
    stage.topic("orders")
    stage.topic("app-KSTREAM-repartition")
    app = stage.group("app", kind="streams").announce()
    both = ("orders", "app-KSTREAM-repartition")
    with stage.steadily(both[0], 5), stage.steadily(both[1], 5):
        with app.consume(both[0]), app.consume(both[1]):
            stage.run(minutes=5)
            stage.expect("app", "OK", kind="streams", stale=False)
        stage.becomes_true("no commit for longer than its patience", after=300)
        with stage.never("app", "ERROR"):
            stage.run(seconds=290)
        stage.expect("app", "ERROR", "stopped", since="no commit for longer than its patience")
    app.delete()
    stage.gone("app")
