from tests.scenarios.story import Story

STORY = Story(
    id="B2", title="The broker is stopped for longer than everybody's patience and comes back.",
    kind="broker", group="classic", theme="A blind monitor", event="broker down and back",
    expected="stale, the verdicts from before stand → fresh again by itself; nobody is accused",
    brokers=("4", "3.9"), alone=True)


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 10)
    healthy, dead = stage.group("healthy"), stage.group("dead")
    healthy.consume("orders", commits="seen")
    dead.commit("orders", 4)
    stage.expect("healthy", "OK", "caught_up", lag=0)
    stage.expect("dead", "ERROR", "stopped", lag=6)
    with stage.never("healthy", "ERROR"), stage.never("dead", "OK"):
        stopped = stage.now()
        stage.broker.stop()
        stage.becomes_true("nothing has been seen for three refreshes", after=3)
        stage.expect("healthy", "OK", stale=True, since="nothing has been seen for three refreshes")
        stage.expect("dead", "ERROR", stale=True, findings={"monitor_blind"})
        stage.until("the cluster is unreachable",
                    lambda: stage.daemon.cluster("live")["state"] == "unreachable")
        stage.run(seconds=6)
        stage.broker.start()
        stage.becomes_true("the broker is back")
        stage.expect("healthy", "OK", "caught_up", stale=False, within=90, since="the broker is back")
        stage.expect("dead", "ERROR", "stopped", stale=False, lag=6)
    for kind in ("blind", "sight_back"):
        if not stage.events(kind, since=stopped):
            raise AssertionError(f"no event of kind {kind}")
    stage.produce("orders", 5)
    stage.expect("healthy", "OK", "caught_up", lag=0, committed_offset=15, topic="orders")
