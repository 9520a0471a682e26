from tests.scenarios.story import Story

STORY = Story(
    id="C8", title="Members come and go without end: one rebalance after the other.",
    kind="broker", group="classic", theme="Groups in trouble", event="rebalance loop",
    expected="OK with the condition rebalancing → without it when they stay", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders", partitions=2)
    billing = stage.group("billing")
    with stage.steadily("orders", rate=20, partitions=2):
        billing.consume("orders", member="stays")
        stage.expect("billing", {"OK", "WARNING"}, members=1)
        with stage.never("billing", "ERROR"):
            stage.becomes_true("three generations within the window", after=1)
            for turn in range(5):
                billing.consume("orders", member=f"turn-{turn}")
                stage.run(seconds=0.4)
                billing.leave(f"turn-{turn}")
                if "rebalancing" in stage.ask("billing")["conditions"]:
                    break
            stage.expect("billing", {"OK", "WARNING"}, conditions={"rebalancing"},
                         since="three generations within the window")
            stage.becomes_true("the newest generation is older than the window", after=5)
            stage.expect("billing", {"OK", "WARNING"}, conditions=[],
                         since="the newest generation is older than the window")
