from tests.scenarios.story import Story

STORY = Story(
    id="C7", title="The one consumer of a group hangs in a record: it polls no more and is sent out of the "
    "group by max.poll.interval.ms, then it goes on.",
    kind="broker", group="classic", theme="Groups in trouble", event="max.poll.interval.ms exceeded",
    expected="OK with a member → ERROR (stopped), Empty, finding no_members → OK")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing")
    with stage.steadily("orders", rate=20):
        billing.consume("orders", config={"max.poll.interval.ms": "4000"})
        stage.expect("billing", "OK", members=1, lag=(0, 60))
        billing.change(pace="hang")
        stage.becomes_true("no commit for its patience", after=6)
        stage.expect("billing", "ERROR", "stopped", since="no commit for its patience")
        stage.expect("billing", "ERROR", "stopped", members=0, state="Empty",
                     findings={"no_members"})
        billing.change(pace="keep_up")
        stage.becomes_true("it polls again")
        stage.expect("billing", "OK", members=1, lag=(0, 60), since="it polls again")
