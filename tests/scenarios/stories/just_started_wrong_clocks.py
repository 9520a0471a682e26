from tests.scenarios.story import Story

STORY = Story(
    id="L22", kind="clock", group="classic", theme="Time lag",
    title="The same with a producer whose clock is a day ahead: its records are younger than now.",
    event="monitor just started, wrong clock",
    expected="never older than it was seen to wait, never younger: OK for its patience → ERROR "
             "(stopped)")


def play(stage):
    stage.topic("orders")
    billing = stage.group("billing").join("billing-1", "orders")
    with stage.before_the_monitor():
        with stage.steadily("orders", 5, clock_ahead=86400):
            with billing.consume("orders"):
                stage.run(minutes=10)
            stage.run(minutes=60)
    stage.start_monitor()
    stage.becomes_true("seen to wait for longer than its patience", after=300)
    stage.run(minutes=2)
    stage.expect("billing", "OK", topic="orders", time_lag=(110, 135), lag=(17900, 18100))
    with stage.never("billing", "ERROR"):
        stage.run(seconds=170)
    stage.expect("billing", "ERROR", "stopped", since="seen to wait for longer than its patience")
