from tests.scenarios.story import Story

STORY = Story(
    id="D31", kind="clock", group="none", theme="Causes",
    title="All three groups of a topic cease at once; of the other topic's three groups only one "
          "does.",
    event="all readers of a topic stop",
    expected="ERROR (stopped); whole_topic for the groups of the first topic only")


def play(stage):
    at_work = {}
    for topic in ("orders", "letters"):
        stage.topic(topic)
        stage.steadily(topic, 5)
        for number in range(3):
            name = f"{topic}-{number}"
            at_work[name] = stage.group(name).consume(topic)
    stage.run(minutes=10)
    for name in ("orders-0", "orders-1", "orders-2", "letters-0"):
        at_work[name].stop()
        stage.run(seconds=20)
    stage.run(minutes=7)
    for number in range(3):
        stage.expect(f"orders-{number}", "ERROR", "stopped", findings={"whole_topic"}, within=60)
    stage.expect("letters-0", "ERROR", "stopped", no_finding="whole_topic", within=60)
    stage.expect("letters-1", "OK", no_finding="whole_topic")
