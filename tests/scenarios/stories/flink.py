from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="K4", title="A job reads by assign() and only commits, as Flink and Spark do; its commits cease.",
    kind="broker", group="none", theme="Kinds of groups", event="manual assign + commit, then silence",
    expected="OK without members → ERROR (stopped)", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders", partitions=2)
    job = stage.group("job")
    with stage.steadily("orders", rate=20, partitions=2):
        job.consume("orders", partitions=[0, 1])
        stage.expect("job", "OK", kind="none", members=0, lag=(0, 60),
                     reason={"caught_up", "keeping_up"})
        with stage.always("job", "OK"):
            stage.run(seconds=8)
        job.change(pace="hang")
        stage.becomes_true("no commit for its patience", after=PATIENCE)
        stage.expect("job", "ERROR", "stopped", since="no commit for its patience")
        job.change(pace="keep_up")
        stage.becomes_true("it goes on")
        stage.expect("job", "OK", lag=(0, 60), since="it goes on")
