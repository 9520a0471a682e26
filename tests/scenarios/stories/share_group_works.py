from tests.scenarios.story import Story

STORY = Story(
    id="K31", kind="clock", group="share", theme="Kinds of groups",
    title="A share group accepts its records one batch after the other; then its workers hang.",
    event="workers of a share group hang",
    expected="OK with its backlog, read from its state records → ERROR (stopped)")


def play(stage):
    stage.topic("jobs")
    # The state names topics by their ids only: a commit of anybody tells which is which.
    stage.group("teller").commit("jobs", 0)
    workers = stage.group("workers", kind="share").announce()
    workers.work_off("jobs", 0)
    log = stage.kafka.log("jobs", 0)
    done = [0]

    def work():
        if log.end > done[0]:
            workers.work_off("jobs", done[0], [(done[0], log.end - 1)])
            done[0] = log.end

    with stage.steadily("jobs", 5):
        with stage.every(10, work):
            stage.run(minutes=10)
            stage.expect("workers", "OK", kind="share", lag=(0, 110))
        stage.becomes_true("nothing accepted for longer than its patience", after=300)
        with stage.never("workers", "ERROR"):
            stage.run(seconds=285)
        stage.expect("workers", "ERROR", "stopped", kind="share",
                     since="nothing accepted for longer than its patience")
