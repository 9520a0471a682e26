from tests.scenarios.story import Story

STORY = Story(
    id="K10", title="A KIP-848 group has a live member and has never committed; nobody else has read its "
    "topic either.",
    kind="broker", group="consumer", theme="Kinds of groups", event="KIP-848 member that never committed",
    expected="UNKNOWN (never_committed), with its member and what it subscribed to → OK with its first commit")


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 120)
    billing = stage.group("billing")
    billing.consume("orders", protocol="consumer", commit_every_ms=10_000_000, pace="stall")
    stage.becomes_true("it has joined")
    seen = stage.expect("billing", "UNKNOWN", "never_committed", lag=None, time_lag=None, members=1,
                        kind="consumer", since="it has joined")
    if seen["members"][0]["subscribed"] != [stage.name("orders")]:
        raise AssertionError(f"subscribed: {seen['members'][0]}")
    billing.leave()
    billing.consume("orders", protocol="consumer")
    stage.expect("billing", "OK", "caught_up", lag=0, committed_offset=120, topic="orders")
    if stage.ask("billing")["members"][0]["assigned"] != {stage.name("orders"): [0]}:
        raise AssertionError(f"assigned: {stage.ask('billing')['members']}")
