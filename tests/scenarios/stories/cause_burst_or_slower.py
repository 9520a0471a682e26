from tests.scenarios.story import Story

STORY = Story(
    id="D28", kind="clock", group="classic", theme="Causes",
    title="Two groups fall behind: producers of the first write six times as much, the other "
          "reads a fifth of before.",
    event="burst, or a slower reader",
    expected="WARNING (falling_behind) for both; producer_burst for the first, consumer_slower "
             "for the second")


def play(stage):
    for topic in ("burst", "calm"):
        stage.topic(topic)
        stage.steadily(topic, 100)
        stage.group("reads-" + topic).join(topic + "-1", topic)
    of = stage._groups
    of["reads-burst"].consume("burst", rate=130)
    with of["reads-calm"].consume("calm"):
        stage.run(minutes=40)
    of["reads-calm"].consume("calm", rate=20)
    stage.steadily("burst", 500)
    stage.run(minutes=6)
    stage.expect("reads-burst", "WARNING", findings={"producer_burst"}, no_finding="consumer_slower",
                 within=60)
    stage.expect("reads-calm", "WARNING", findings={"consumer_slower"}, no_finding="producer_burst",
                 within=60)
