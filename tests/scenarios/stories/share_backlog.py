from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="K8", title="A share group reads all there is; then its consumers take nothing more.",
    kind="broker", group="share", theme="Kinds of groups", event="share group stops acknowledging",
    expected="OK, kind share, backlog 0 → ERROR (stopped), backlog 25 → OK")


def play(stage):
    stage.topic("jobs")
    stage.produce("jobs", 30)
    workers = stage.group("workers")
    workers.share("jobs")
    stage.expect("workers", "OK", "caught_up", kind="share", lag=0, members=1)
    workers.change_share(pace="stall")
    stage.produce("jobs", 25)
    stage.becomes_true("25 records have waited for its patience", after=PATIENCE)
    stage.expect("workers", "OK", kind="share", lag=25)
    stage.expect("workers", "ERROR", "stopped", kind="share", lag=25,
                 since="25 records have waited for its patience")
    workers.change_share(pace="keep_up")
    stage.becomes_true("they are acknowledged")
    stage.expect("workers", "OK", "caught_up", kind="share", lag=0, since="they are acknowledged")
