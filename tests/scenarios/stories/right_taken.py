from tests.scenarios.story import Story

STORY = Story(
    id="B3", title="An admin takes Tidemark's right to read the offsets topic, and gives it back.",
    kind="broker", group="classic", theme="A blind monitor", event="ACL taken away and given back",
    expected="stale, the cluster says which right is missing → fresh by itself; nobody is accused",
    alone=True)


def play(stage):
    stage.topic("orders")
    healthy, dead = stage.group("healthy"), stage.group("dead")
    with stage.steadily("orders", rate=20):
        healthy.consume("orders")
        dead.commit("orders", 0)
        stage.expect("healthy", "OK", lag=(0, 60))
        stage.expect("dead", "ERROR", "stopped")
        with stage.never("healthy", "ERROR"), stage.never("dead", "OK"):
            stage.take_right("READ")
            stage.becomes_true("the offsets topic can't be read", after=3)
            stage.expect("healthy", "OK", stale=True, since="the offsets topic can't be read")
            seen = stage.until("the missing right is named", missing_right(stage))
            if seen["right"] != "Read" or "__consumer_offsets" not in seen["resource"]:
                raise AssertionError(f"it says {seen['resource']}, {seen['right']}")
            stage.run(seconds=6)
            stage.give_right("READ")
            stage.becomes_true("the right is back")
            stage.expect("healthy", "OK", stale=False, lag=(0, 60), since="the right is back")
            stage.expect("dead", "ERROR", "stopped", stale=False)


def missing_right(stage):
    def told():
        seen = stage.daemon.cluster("live")
        return seen if seen["state"] == "not_authorized" else None
    return told
