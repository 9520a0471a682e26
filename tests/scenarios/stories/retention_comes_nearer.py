from tests.scenarios.story import Story

STORY = Story(
    id="R21", kind="clock", group="none", theme="Retention",
    title="A stopped group's oldest unread record comes within six hours of being deleted: "
          "retention.ms is a day.",
    event="retention will delete soon",
    expected="ERROR (stopped) → with retention_risk six hours before → with data_loss")


def play(stage):
    stage.topic("orders", retention_ms=86_400_000)
    job = stage.group("job")
    with stage.steadily("orders", 1, every=60):
        stage.run(minutes=5)
        job.read("orders")
        stage.run(hours=17.5, step=10)
        stage.expect("job", "ERROR", conditions=[])
        stage.becomes_true("its oldest unread record has six hours left", after=1860)
        stage.run(minutes=29)
        stage.expect("job", "ERROR", conditions=[])
        stage.expect("job", "ERROR", conditions=["retention_risk"],
                     since="its oldest unread record has six hours left")
        stage.run(hours=6.1, step=10)
        log = stage.kafka.log("orders", 0)
        log.delete_before(log.end - 86400)
        stage.run(minutes=1)
        seen = stage.ask("job")
        assert "data_loss" in seen["conditions"] and seen["lost"] > 0, seen
