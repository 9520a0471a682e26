from tests.scenarios.story import Story

STORY = Story(
    id="R23", kind="clock", group="none", theme="Retention",
    title="A topic is written and no group reads it; its neighbour is read.",
    event="nobody reads a topic",
    expected="unread, told as an event by policy → no longer when a group commits")


def play(stage):
    stage.policy(topic="lonely", report_unread=True)
    for topic in ("lonely", "read"):
        stage.topic(topic)
        stage.steadily(topic, 1)
    stage.group("job").consume("read")
    stage.run(minutes=90)
    path = "/api/v1/clusters/stage/topics/"
    lonely, read = (stage.get(path + topic)["data"] for topic in ("lonely", "read"))
    assert lonely["unread_since_ms"] is not None, lonely
    assert read["unread_since_ms"] is None, read
    told = [one for one in stage.events() if one["kind"] == "unread_topic"]
    assert [(one["subject"], one["to"] is not None) for one in told] == [("lonely", True)], told
    stage.group("late").consume("lonely")
    stage.run(minutes=5)
    assert stage.get(path + "lonely")["data"]["unread_since_ms"] is None
