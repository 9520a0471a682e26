from tests.scenarios.story import Story

STORY = Story(
    id="F12", kind="clock", group="none", theme="Topics that change",
    title="A topic is re-created under its name and no offset tombstone comes: the committed "
          "offset is of the topic that was.",
    event="topic re-created, smaller offsets",
    expected="UNKNOWN (beyond_log_end), WARNING group, lag null → OK with the next commit; never "
             "REWIND",
    others="In Burrow a topic deleted and re-created stays \"450, lag 0, OK\".")


def play(stage):
    stage.topic("orders")
    job = stage.group("job")
    with stage.steadily("orders", 1), job.consume("orders"):
        stage.run(minutes=10)
    stage.expect("job", "OK")
    with stage.never("job", "ERROR"):
        stage.topic("orders")
        stage.produce("orders", 5)
        stage.becomes_true("committed beyond the log end for a refresh", after=10)
        stage.expect("job", "WARNING", "beyond_log_end", lag=None, time_lag=None,
                     since="committed beyond the log end for a refresh")
        stage.expect("job", "UNKNOWN", "beyond_log_end", topic="orders", lag=None)
        stage.run(minutes=30)
        stage.expect("job", "WARNING", "beyond_log_end")
        job.commit("orders", 3)
        stage.expect("job", "OK", lag=2)
        job.commit("orders", 5)
        stage.expect("job", "OK", "caught_up", lag=0)
        stage.run(minutes=10)
