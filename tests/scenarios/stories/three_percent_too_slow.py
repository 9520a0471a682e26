from tests.scenarios.story import Story

STORY = Story(
    id="S5", kind="clock", group="consumer", theme="Groups in trouble",
    title="A group reads three percent less than what arrives, for two hours.",
    event="a little too slow for long",
    expected="OK → WARNING (falling_behind) once it is three times later than usual; 1 % too "
             "slow: OK")


def play(stage):
    stage.topic("orders")
    for name, share in (("billing", 0.97), ("shipping", 0.99)):
        group = stage.group(name, kind="consumer").join(name + "-1", "orders")
        begin = stage.clock

        def commit(group=group, share=share):
            end = stage.kafka.log("orders", 0).end
            passed = max(0, (stage.clock - begin) / 1000 - 600)
            group.commit("orders", int(end - 10 * passed * (1 - share)))
        stage.every(5, commit)
    with stage.steadily("orders", 10), stage.never("shipping", "WARNING"):
        stage.run(minutes=40)
        stage.expect("billing", "OK")
        stage.run(minutes=90)
        stage.expect("billing", "WARNING", "falling_behind")
