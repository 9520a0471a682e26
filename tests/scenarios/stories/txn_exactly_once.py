from tests.scenarios.story import Story

STORY = Story(
    id="T6", title="An exactly-once application reads a transactional topic and commits within its own "
    "transactions; commit markers follow on both sides.",
    kind="broker", group="none", theme="Transactions", event="offsets committed in transactions",
    expected="OK (caught_up), lag 0 after each turn", brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    app = stage.group("app")
    with stage.never("app", "ERROR"):
        for turn in range(1, 5):
            stage.produce("orders", 10, transaction="commit")
            app.commit_in_transaction("orders", 11 * turn - 1, end="commit")
            stage.becomes_true(f"turn {turn}: all that is readable is committed")
            stage.expect("app", "OK", "caught_up", lag=0, time_lag=0, log_end=11 * turn,
                         committed_offset=11 * turn - 1, topic="orders",
                         since=f"turn {turn}: all that is readable is committed")
