from tests.scenarios.story import Story

STORY = Story(
    id="G6", title="A topic is re-created under a job that keeps its position elsewhere and commits the old "
    "topic's offset into the new one.",
    kind="broker", group="none", theme="Topics that change", event="old offset in a re-created topic",
    expected="UNKNOWN (beyond_log_end), lag null, no REWIND → OK when it commits what is there",
    brokers=("4", "3.9"))


def play(stage):
    stage.topic("orders")
    stage.produce("orders", 450)
    job = stage.group("job")
    job.commit("orders", 450)
    stage.expect("job", "OK", "caught_up", lag=0)
    stage.recreate("orders")
    stage.produce("orders", 20)
    with stage.never("job", "ERROR"):
        job.commit("orders", 450)
        stage.becomes_true("a log end is seen one refresh interval later", after=2)
        stage.expect("job", "UNKNOWN", "beyond_log_end", topic="orders", lag=None, log_end=20,
                     committed_offset=450, since="a log end is seen one refresh interval later")
        stage.expect("job", "WARNING", "beyond_log_end")
        job.commit("orders", 20)
        stage.becomes_true("it commits what is there")
        stage.expect("job", "OK", "caught_up", lag=0, since="it commits what is there")
