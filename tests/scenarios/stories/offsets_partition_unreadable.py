from tests.scenarios.offsets_records import offsets_partition
from tests.scenarios.story import Story

STORY = Story(
    id="F10", kind="clock", group="classic", theme="A blind monitor",
    title="One partition of the offsets topic cannot be read for an hour, while all groups go on.",
    event="one offsets partition unreadable",
    expected="stale for its groups only, nobody ERROR; well again by itself",
)


def play(stage):
    stage.topic("orders")
    hidden, seen = stage.group("billing"), stage.group("shipping")
    lost = offsets_partition("billing", len(stage.kafka.offsets))
    assert lost != offsets_partition("shipping", len(stage.kafka.offsets))
    with stage.steadily("orders", 5), hidden.consume("orders"), seen.consume("orders"):
        stage.run(minutes=5)
        stage.monitor.blind_partitions.add(lost)
        stage.becomes_true("unread for longer than three refreshes", after=30)
        with stage.never("billing", "ERROR"), stage.never("shipping", "ERROR"):
            with stage.always("shipping", "OK", stale=False):
                stage.expect("billing", "OK", "monitor_stale", stale=True,
                             since="unread for longer than three refreshes")
                health = stage.get("/api/v1/clusters/stage")["data"]
                assert health["stale_offsets_partitions"] == [lost], health
                stage.run(minutes=60)
            stage.monitor.blind_partitions.clear()
            stage.expect("billing", "OK", stale=False)
            stage.run(minutes=2)
