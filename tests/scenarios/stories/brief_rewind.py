from tests.scenarios.story import Story

STORY = Story(
    id="F7", kind="clock", group="none", theme="Healthy groups that look ill",
    title="A commit goes back to an older offset and recovers with the next one.",
    event="rewind that recovers",
    expected="OK; ERROR (rewind) only when it does not recover")


def play(stage):
    stage.topic("orders")
    for name, recovered in (("brief", 40), ("short", 39)):
        job = stage.group(name)
        stage.kafka.log("orders", 0).end or stage.produce("orders", 10)
        for offset in (10, 20, 30, 40):
            job.commit("orders", offset)
            stage.run(minutes=1)
            stage.produce("orders", 10)
        job.commit("orders", 20)
        stage.run(seconds=1)
        job.commit("orders", recovered)
        if name == "brief":
            with stage.never("brief", "ERROR"):
                stage.run(minutes=3)
        else:
            stage.becomes_true("lower than before for a slot", after=29)
            stage.expect("short", "ERROR", "rewind", since="lower than before for a slot")
