from tests.scenarios.story import Story

STORY = Story(
    id="S4", kind="clock", group="classic", theme="Healthy groups that look ill",
    title="Bursts often put a group five minutes behind. Now it is six, and another day more than "
          "fifteen.",
    event="later than usual",
    expected="OK at six minutes and at fourteen; WARNING (falling_behind) from fifteen")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    log = stage.kafka.log("orders", 0)

    def burst(minutes, late=0):
        """A commit each 5 s, later and later by half a second a second, from `late` seconds on."""
        for step in range(int(minutes * 12)):
            billing.commit("orders", log.end - 1 - int(late + 2.5 * step))
            stage.run(seconds=5)

    def usual(minutes):
        with billing.consume("orders", every=5):
            stage.run(minutes=minutes)

    with stage.steadily("orders", 1), stage.never("billing", "ERROR"):
        usual(10)
        for _ in range(3):
            burst(10)
            usual(20)
        with stage.never("billing", "WARNING"):
            burst(12)
            usual(20)
            burst(28.5)
            stage.expect("billing", "OK", lag=(830, 880))
        burst(3, late=860)
        stage.expect("billing", "WARNING", "falling_behind", lag=(900, 980))
