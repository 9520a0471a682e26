from tests.scenarios.story import Story

STORY = Story(
    id="N6", kind="clock", group="none", theme="Healthy groups that look ill",
    title="Five records may always wait. Three do for a day, then ten.",
    event="lag passes allowed_lag",
    expected="OK for its patience from then → ERROR (stopped)")


def play(stage):
    stage.policy(allowed_lag=5)
    stage.topic("orders")
    job = stage.group("job")
    stage.produce("orders", 10)
    stage.run(seconds=20)
    job.commit("orders", 7)
    with stage.never("job", "ERROR"):
        stage.run(hours=24, step=30)
        stage.expect("job", "OK", "caught_up", lag=3)
        stage.produce("orders", 7)
        stage.becomes_true("too much waits for longer than its patience", after=600)
        stage.run(seconds=585)
        stage.expect("job", "OK", lag=10)
    stage.expect("job", "ERROR", "stopped", lag=10,
                 since="too much waits for longer than its patience")
