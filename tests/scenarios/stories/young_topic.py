from tests.scenarios.story import Story

STORY = Story(
    id="G26", kind="clock", group="classic", theme="Coming and going",
    title="A topic, its group and its first commit are a second old.",
    event="new topic and group",
    expected="OK with its lag within a second of the refresh that its first commit triggers",
    others="Commits of a topic younger than the monitor are dropped for a minute, or all its "
           "groups read lag 0 for five.")


def play(stage):
    stage.run(seconds=5)
    stage.topic("young")
    billing = stage.group("billing").join("billing-1", "young")
    stage.produce("young", 120)
    billing.commit("young", 20)
    stage.becomes_true("its first commit is there")
    stage.expect("billing", "OK", "warming_up", lag=100, since="its first commit is there",
                 within=3)
