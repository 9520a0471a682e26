from tests.scenarios.offsets_records import offsets_partition
from tests.scenarios.story import Story

STORY = Story(
    id="X26", kind="clock", group="connect", theme="A blind monitor",
    title="A transaction that carries another group's commit hangs: it hides everything behind it "
          "in one partition of the offsets topic, while its neighbour goes on.",
    event="open transaction in the offsets topic",
    expected="stale for the groups of that partition only, and it says so → OK when it is ended")


def play(stage):
    names = ["billing"] + [f"connect-{number}" for number in range(99)]
    at = [offsets_partition(name, len(stage.kafka.offsets)) for name in names]
    neighbour = names[at.index(at[0], 1)]
    elsewhere = next(name for name, where in zip(names, at) if where != at[0])
    stage.topic("orders")
    for name in (neighbour, elsewhere):
        stage.group(name, kind="connect").join(name + "-1", "orders")
    hangs, seen = stage._groups[neighbour], stage._groups[elsewhere]
    with stage.steadily("orders", 5), hangs.consume("orders"), seen.consume("orders"):
        stage.run(minutes=5)
        transaction = stage.begin_transaction()
        stage.group("billing").commit("orders", 10, transaction=transaction)
        stage.becomes_true("hidden for three refreshes", after=30)
        with stage.never(neighbour, "ERROR"), stage.always(elsewhere, "OK", stale=False):
            stage.expect(neighbour, "OK", "monitor_stale", stale=True,
                         since="hidden for three refreshes", findings={"monitor_blind"})
            assert "transaction" in stage.ask(neighbour)["explanation"], stage.ask(neighbour)
            stage.run(minutes=40)
            stage.kafka.offsets_of("billing").end_transaction(transaction, "aborted")
            stage.becomes_true("it is ended")
            stage.expect(neighbour, "OK", stale=False, since="it is ended", lag=(0, 100))
            stage.run(minutes=10)
