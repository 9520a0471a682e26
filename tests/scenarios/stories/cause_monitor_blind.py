from tests.scenarios.offsets_records import offsets_partition
from tests.scenarios.story import Story

STORY = Story(
    id="D33", kind="clock", group="none", theme="Causes",
    title="A stopped group's offsets partition becomes unreadable; that of another stopped group "
          "does not.",
    event="blind on one offsets partition",
    expected="both stay ERROR (stopped); monitor_blind for the first only, which is stale")


def play(stage):
    stage.topic("orders")
    groups = [stage.group(name) for name in ("billing", "shipping")]
    with stage.steadily("orders", 1):
        with groups[0].consume("orders"), groups[1].consume("orders"):
            stage.run(minutes=10)
        stage.run(minutes=7)
        lost = offsets_partition("billing", len(stage.kafka.offsets))
        stage.monitor.blind_partitions.add(lost)
        groups[0].read("orders")  # which nobody can see
        stage.run(minutes=2)
        stage.expect("billing", "ERROR", stale=True, findings={"monitor_blind"}, within=60)
        stage.expect("shipping", "ERROR", "stopped", stale=False, no_finding="monitor_blind")
        sentence = stage.finding("billing", "monitor_blind")["sentence"]
        assert f"offsets partition {lost}" in sentence, sentence
