from tests.scenarios.story import Story

STORY = Story(
    id="G28", kind="clock", group="consumer", theme="Coming and going",
    title="A KIP-848 group has two live members and 120 records wait; it has never committed.",
    event="never committed",
    expected="UNKNOWN (never_committed) with its members and what they are assigned → OK with its "
             "first commit",
    others="A group with members that never committed, with 120 records waiting, is invisible "
           "everywhere.")


def play(stage):
    stage.topic("orders", partitions=2)
    stage.produce("orders", 120)
    billing = stage.group("billing", kind="consumer")
    billing.join("billing-1", "orders", [0])
    billing.join("billing-2", "orders", [1])
    stage.becomes_true("its members are there")
    stage.expect("billing", "UNKNOWN", "never_committed", since="its members are there", members=2,
                 kind="consumer")
    stage.run(hours=2)
    seen = stage.expect("billing", "UNKNOWN", "never_committed")
    assert seen["members"][0]["subscribed"] == ["orders"], seen["members"]
    billing.commit("orders", 120)
    stage.expect("billing", "OK", "caught_up", lag=0)
