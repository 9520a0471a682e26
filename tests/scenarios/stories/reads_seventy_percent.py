from tests.scenarios.story import Story

STORY = Story(
    id="N3", kind="clock", group="classic", theme="Groups in trouble",
    title="A group commits every 5 s but reads only 70 % of what arrives.",
    event="too slow",
    expected="OK → WARNING (falling_behind); one that reads 90 % is OK for as long")


def play(stage):
    stage.topic("orders")
    for name, share in (("billing", 0.7), ("shipping", 0.9)):
        stage.group(name).join(name + "-1", "orders").consume("orders", every=5, rate=100 * share)
    with stage.steadily("orders", 100):
        with stage.never("shipping", "WARNING"):
            stage.run(minutes=3)
            stage.expect("billing", "WARNING", "falling_behind", within=600)
            stage.expect("billing", "OK", "falling_behind", topic="orders", trend="falling_behind")
            stage.run(minutes=5)
            stage.expect("billing", "WARNING", "falling_behind")
