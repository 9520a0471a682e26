from tests.scenarios.story import Story

STORY = Story(
    id="D34", kind="clock", group="none", theme="Causes",
    title="Two groups with an hour of backlog: one reads three times what arrives, the other four "
          "fifths of it.",
    event="catching up, or not",
    expected="forecast: caught up in twenty minutes for the first, never at this speed for the "
             "second")


def play(stage):
    stage.topic("orders")
    groups = [stage.group(name) for name in ("fast", "slow")]
    with stage.steadily("orders", 100):
        with groups[0].consume("orders"), groups[1].consume("orders"):
            stage.run(minutes=10)
        stage.run(minutes=60)
        with groups[0].consume("orders", rate=300), groups[1].consume("orders", rate=80):
            stage.run(minutes=10)
            fast, slow = (stage.ask(name)["forecast"] for name in ("fast", "slow"))
    # 3600 s × 100/s, of which 10 min at 200/s net have been made up for.
    assert 1100 <= fast["catch_up"]["likely_seconds"] <= 1300, fast
    assert slow["catch_up"]["likely_seconds"] is None, slow
    assert 1.1 <= slow["faster_to_hold"] <= 1.4, slow
