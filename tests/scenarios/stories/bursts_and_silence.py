from tests.scenarios.story import Story

STORY = Story(
    id="L24", kind="clock", group="consumer", theme="Time lag",
    title="Bursts with silence between; the group reads half of each burst at once and the rest a "
          "little later.",
    event="bursty topic",
    expected="time lag = age of the burst that is half read, within one log-end interval → 0")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing", kind="consumer").join("billing-1", "orders")
    with stage.never("billing", "ERROR"), stage.never("billing", "WARNING"):
        for _ in range(6):
            stage.run(minutes=10)
            stage.produce("orders", 1000)
            stage.run(seconds=20)
            billing.read("orders", most=500)
            stage.run(seconds=40)
            stage.expect("billing", "OK", topic="orders", lag=500, time_lag=(50, 72))
            billing.read("orders")
            stage.expect("billing", "OK", "caught_up", lag=0, time_lag=0)
