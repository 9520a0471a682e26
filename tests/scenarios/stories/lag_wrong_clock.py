from tests.scenarios.age import hold_time_lag
from tests.scenarios.story import Story

STORY = Story(
    id="L3", title="Producers whose clocks are a day slow and a day fast.",
    kind="broker", group="none", theme="Time lag", event="wrong CreateTime, by −1 day and +1 day",
    expected="time lag = age by the broker's clock: bounded by what was seen of the log end")
DAY_MS = 86_400_000


def play(stage):
    clocks = {"slow": DAY_MS, "fast": -DAY_MS}
    for clock in clocks:
        stage.topic(clock, message_timestamp_after_max_ms=9_223_372_036_854_775_807)
        stage.group(clock, policy="patient").commit(clock, 0)
    for clock in clocks:
        stage.expect(clock, "OK", "caught_up", time_lag=0)
    written = {clock: stage.produce(clock, 10, age_ms=age) for clock, age in clocks.items()}
    stage.becomes_true("10 records wait")
    for clock in clocks:
        stage.expect(clock, "OK", lag=10, time_lag=(0.01, 60), since="10 records wait")
    for _ in range(3):  # before and after the probe
        for clock in clocks:
            hold_time_lag(stage.expect(clock, "OK", lag=10), written[clock], f"the {clock} clock:")
        stage.run(seconds=2)
