from tests.scenarios.age import hold_time_lag
from tests.scenarios.story import Story

STORY = Story(
    id="L4", title="Tidemark is restarted over a backlog: no log end from before is known to it.",
    kind="broker", group="none", theme="Time lag", event="the monitor just restarted",
    expected="time lag exact by a probe, for LogAppendTime and CreateTime; null, not invented, until then",
    alone=True)


def play(stage):
    kinds = {"append": "LogAppendTime", "create": "CreateTime"}
    for name, kind in kinds.items():
        stage.topic(name, message_timestamp_type=kind)
        stage.produce(name, 10)
        stage.group(name, policy="patient").commit(name, 10)
        stage.expect(name, "OK", "caught_up", lag=0)
    written = {name: stage.produce(name, 5) for name in kinds}
    stage.run(seconds=8)
    stage.restart_daemon()
    for name in kinds:
        stage.produce(name, 5)  # newer ones do not make the wait younger
    stage.becomes_true("the restarted monitor is ready")
    for name in kinds:
        seen = stage.expect(name, "OK", lag=10, time_lag=(0.01, 600),
                            since="the restarted monitor is ready")
        hold_time_lag(seen, written[name], f"{kinds[name]}:")
