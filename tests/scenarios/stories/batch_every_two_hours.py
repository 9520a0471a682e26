from tests.scenarios.story import Story

STORY = Story(
    id="F6b", kind="clock", group="none", theme="Healthy groups that look ill",
    title="A batch job reads everything every two hours; it has been silent for 90 minutes, and "
          "the monitor has just been started.",
    event="silence of a batch job",
    expected="OK, by habit and just after the start; ERROR (stopped) after three times its habit")


def play(stage):
    stage.topic("orders")
    job = stage.group("nightly")
    with stage.steadily("orders", 1, every=60), job.consume("orders", every=7200):
        stage.run(hours=6.01, step=30)
        with stage.never("nightly", "ERROR"):
            stage.run(hours=1.5, step=10)
            stage.expect("nightly", "OK", "keeping_up", lag=(5000, 5600))
            stage.restart_monitor()
            stage.run(minutes=9)
            stage.expect("nightly", "OK")
