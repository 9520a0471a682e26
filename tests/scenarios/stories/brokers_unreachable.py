from tests.scenarios.story import Story

STORY = Story(
    id="B25", kind="clock", group="connect", theme="A blind monitor",
    title="No broker answers for twenty minutes; groups stood still as well, and go on when it is "
          "back.",
    event="brokers down",
    expected="OK, stale, with the link's state → OK; nobody ERROR")


def play(stage):
    stage.topic("orders")
    sink = stage.group("connect-sink", kind="connect").join("worker-1", "orders")
    with stage.never("connect-sink", "ERROR"):
        with stage.steadily("orders", 5), sink.consume("orders"):
            stage.run(minutes=5)
        stage.monitor.link("unreachable", "no broker answers at model:9092")
        stage.becomes_true("nothing seen for three refreshes", after=30)
        stage.expect("connect-sink", "OK", "monitor_stale", stale=True,
                     since="nothing seen for three refreshes")
        cluster = stage.get("/api/v1/clusters/stage")["data"]
        assert cluster["state"] == "unreachable", cluster
        assert "no broker answers" in cluster["problem"], cluster
        stage.run(minutes=20)
        stage.monitor.link("connected")
        with stage.steadily("orders", 5), sink.consume("orders"):
            stage.run(minutes=2)
            stage.expect("connect-sink", "OK", stale=False)
            stage.run(minutes=10)
