from tests.scenarios.story import Story

STORY = Story(
    id="C6", title="A group has live members, 120 records wait, and it has never committed.",
    kind="broker", group="classic", theme="Kinds of groups", event="members that never committed",
    expected="UNKNOWN (never_committed), shown with what it is assigned", brokers=("4", "3.9"),
    others="It is invisible in all of them.")


def play(stage):
    stage.topic("orders", partitions=2)
    stage.produce("orders", 60)
    stage.produce("orders", 60, partition=1)
    billing = stage.group("billing")
    billing.consume("orders", commit_every_ms=10_000_000, pace="stall")
    stage.becomes_true("it has joined")
    seen = stage.expect("billing", "UNKNOWN", "never_committed", lag=None, time_lag=None, members=1,
                        kind="classic", since="it has joined")
    stage.until("it says how many records wait",
                lambda: "120 records" in stage.ask("billing")["explanation"])
    assigned = seen["members"][0]["assigned"]
    if assigned != {stage.name("orders"): [0, 1]}:
        raise AssertionError(f"assigned: {assigned}")
    with stage.always("billing", "UNKNOWN"):
        stage.run(seconds=8)
