from tests.scenarios.story import Story

STORY = Story(
    id="F5", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="At 500 records a second the lag grows from 11 to 145 over 18 minutes.",
    event="lag grows, lateness does not",
    expected="OK (keeping_up), time lag under a second; falling_behind when it reads a tenth too "
             "little")


def play(stage):
    stage.topic("orders")
    for name in ("billing", "shipping"):
        stage.group(name).join(name + "-1", "orders")
    begin = stage.clock
    ends = stage.kafka.log("orders", 0)

    def commit():
        passed = (stage.clock - begin) / 1000
        behind = 11 + passed * 134 / 1080
        stage._groups["billing"].commit("orders", max(0, ends.end - int(behind)))
        stage._groups["shipping"].commit("orders", int(ends.end * 0.9))

    with stage.steadily("orders", 500, every=0.5), stage.every(5, commit, first=5.2):
        with stage.never("billing", "WARNING"), stage.never("billing", "ERROR"):
            stage.run(minutes=18)
            stage.expect("billing", "OK", "keeping_up", lag=(100, 6000))
            stage.run(minutes=2)
        stage.run(minutes=20)
        stage.expect("shipping", "WARNING", "falling_behind")
