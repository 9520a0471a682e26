from tests.scenarios.story import Story

STORY = Story(
    id="K3", title="A classic group becomes a KIP-848 group while it works, and a classic one again.",
    kind="broker", group="consumer", theme="Kinds of groups", event="live migration in both directions",
    expected="OK all the time, never gone; kind classic → consumer → classic")


def play(stage):
    stage.topic("orders", partitions=2)
    billing = stage.group("billing")
    with stage.steadily("orders", rate=20, partitions=2):
        billing.consume("orders", member="old", config={
            "partition.assignment.strategy": "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"})
        stage.expect("billing", "OK", kind="classic", members=1)
        with stage.never("billing", "ERROR"), stage.never("billing", "UNKNOWN", "no_data"), \
                stage.always("billing", {"OK", "WARNING"}):
            billing.consume("orders", member="new", protocol="consumer")
            stage.becomes_true("a KIP-848 consumer has joined")
            stage.expect("billing", "OK", kind="consumer", members=2,
                         since="a KIP-848 consumer has joined")
            billing.leave("new")
            stage.becomes_true("the last KIP-848 consumer has left")
            stage.expect("billing", "OK", kind="classic", members=1, within=90,
                         since="the last KIP-848 consumer has left")
            stage.run(seconds=4)
            stage.expect("billing", "OK", lag=(0, 60))
