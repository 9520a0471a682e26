from tests.scenarios.story import Story

STORY = Story(
    id="K11", title="A share group loses its consumers and is deleted.",
    kind="broker", group="share", theme="Coming and going", event="share group deleted",
    expected="listed as share → 404")


def play(stage):
    stage.topic("jobs")
    stage.produce("jobs", 10)
    workers = stage.group("workers")
    workers.share("jobs")
    stage.expect("workers", {"OK", "UNKNOWN"}, kind="share")
    workers.leave_share()
    stage.until("it is deleted", lambda: workers.delete_share() or True)
    stage.becomes_true("the share group is deleted")
    stage.gone("workers", since="the share group is deleted")
