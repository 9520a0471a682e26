from tests.scenarios.story import Story

STORY = Story(
    id="N4", kind="clock", group="none", theme="Groups in trouble",
    title="A group at zero lag goes back by ten records and stays there, until it has committed "
          "the old offset again.",
    event="offset goes back",
    expected="ERROR (rewind) after a slot → OK when 30 is committed again")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    for offset in (10, 20, 30):
        stage.produce("orders", 10)
        stage.run(seconds=1)
        job.commit("orders", offset)
        stage.run(minutes=1)
    stage.produce("orders", 10)
    job.commit("orders", 20)
    stage.becomes_true("lower than before for a slot", after=30)
    with stage.never("job", "ERROR"):
        stage.run(seconds=29)
    stage.expect("job", "ERROR", "rewind", since="lower than before for a slot", lag=20)
    stage.run(minutes=1)
    stage.expect("job", "REWIND", "rewind", topic="orders")
    job.commit("orders", 30)
    stage.becomes_true("the old offset is reached again")
    stage.expect("job", "OK", since="the old offset is reached again", lag=10)
