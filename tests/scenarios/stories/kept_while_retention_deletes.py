from tests.scenarios.story import Story

STORY = Story(
    id="L26", kind="clock", group="none", theme="Retention",
    title="Retention deletes the older half of what a stopped group has not read.",
    event="retention deletes half of it",
    expected="lost counts the gone, lag what is left; the wait gets no younger",
    others="All but one say 900 unread where 100 are left and 800 are lost.")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    stage.produce("orders", 10)
    job.read("orders")
    stage.run(seconds=30)
    for _ in range(2):
        stage.produce("orders", 50)
        stage.run(minutes=20)
    stage.expect("job", "STOPPED", topic="orders", lag=100, lost=0, time_lag=(2395, 2415))
    stage.kafka.log("orders", 0).delete_before(60)
    stage.becomes_true("the older half is deleted")
    stage.expect("job", "STOPPED", topic="orders", lag=50, lost=50, time_lag=(2400, 2430),
                 since="the older half is deleted")
    events = [one for one in stage.events() if one["kind"] == "data_loss"]
    stage.run(hours=2)
    events = [one for one in stage.events() if one["kind"] == "data_loss"]
    assert len(events) == 1, events
