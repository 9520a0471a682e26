from tests.scenarios.story import Story

STORY = Story(
    id="G4", title="A commit lies beyond the log end; the broker accepts it.",
    kind="broker", group="none", theme="Topics that change", event="commit ahead of the log end",
    expected="UNKNOWN (beyond_log_end), WARNING group, lag null → OK with the next good commit",
    brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 10)
    billing = stage.group("billing")
    billing.commit("orders", 5000)
    stage.becomes_true("a log end is seen one refresh interval later", after=1)
    stage.expect("billing", "UNKNOWN", "beyond_log_end", topic="orders", lag=None, time_lag=None,
                 since="a log end is seen one refresh interval later")
    stage.expect("billing", "WARNING", "beyond_log_end", lag=None)
    billing.commit("orders", 10)
    stage.becomes_true("a good commit comes")
    stage.expect("billing", "OK", "caught_up", lag=0, since="a good commit comes")
