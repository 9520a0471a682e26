from tests.scenarios.story import Story

STORY = Story(
    id="B24", kind="clock", group="consumer", theme="A blind monitor",
    title="The log ends of one topic cannot be read for an hour: groups that read it go on, one "
          "of them dies.",
    event="log ends of one topic unreadable",
    expected="stale for its groups only; the dead one ERROR (stopped) once it is seen again")


def play(stage):
    for topic in ("hidden", "plain"):
        stage.topic(topic)
    for name, topic in (("alive", "hidden"), ("dead", "hidden"), ("other", "plain")):
        stage.group(name, kind="consumer").join(name + "-1", topic)
    of = stage._groups
    with stage.steadily("hidden", 5), stage.steadily("plain", 5), of["other"].consume("plain"):
        with of["alive"].consume("hidden"):
            with of["dead"].consume("hidden"):
                stage.run(minutes=5)
            stage.monitor.blind_topics.add("hidden")
            stage.becomes_true("not seen for three refreshes", after=30)
            with stage.always("other", "OK", stale=False), stage.never("alive", "ERROR"):
                with stage.never("dead", "ERROR"):
                    stage.expect("dead", "OK", "monitor_stale", stale=True,
                                 since="not seen for three refreshes")
                    stage.run(minutes=60)
                stage.monitor.blind_topics.clear()
                stage.becomes_true("it is seen again")
                stage.expect("dead", "ERROR", "stopped", since="it is seen again", stale=False)
                stage.expect("alive", "OK", stale=False)
