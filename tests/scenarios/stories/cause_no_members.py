from tests.scenarios.story import Story

STORY = Story(
    id="D21", kind="clock", group="classic", theme="Causes",
    title="Two groups cease to commit; one has lost its last member, the other still has it.",
    event="last member leaves",
    expected="ERROR (stopped) for both; no_members for the first only")


def play(stage):
    stage.topic("orders")
    groups = [stage.group(name).join(name + "-1", "orders") for name in ("empty", "hangs")]
    with stage.steadily("orders", 5):
        with groups[0].consume("orders"), groups[1].consume("orders"):
            stage.run(minutes=10)
        groups[0].leave()
        stage.run(minutes=6)
        stage.expect("empty", "ERROR", "stopped", findings={"no_members"}, within=60)
        stage.expect("hangs", "ERROR", "stopped", no_finding="no_members", within=60)
        sentence = stage.finding("empty", "no_members")["sentence"]
        assert "empty-1" in sentence and "10.1.4.7" in sentence, sentence
