from tests.scenarios.story import Story

STORY = Story(
    id="K29", kind="clock", group="none", theme="Kinds of groups",
    title="An old client names a retention time, so that brokers write its commits in the old "
          "version 1.",
    event="commits of version 1",
    expected="OK → ERROR (stopped)")


def play(stage):
    stage.topic("orders")
    job = stage.group("old")
    job.commit_version = 1
    with stage.steadily("orders", 1):
        with job.consume("orders", every=60):
            stage.run(minutes=10)
            stage.expect("old", "OK", lag=(0, 70))
        stage.becomes_true("no commit for longer than its patience", after=300)
        with stage.never("old", "ERROR"):
            stage.run(seconds=290)
        stage.expect("old", "ERROR", "stopped", since="no commit for longer than its patience")
