from tests.scenarios.live_stage import PATIENCE
from tests.scenarios.story import Story

STORY = Story(
    id="R4", title="A topic is written for a while and nobody reads it; then a group does.",
    kind="broker", group="none", theme="Retention", event="topic that nobody reads",
    expected="an event tells that it is unread, by policy → and that it is read",
    brokers=("4", "3.9"))


def play(stage):
    stage.topic("audit")
    with stage.steadily("audit", rate=5) as production:
        stage.becomes_true("it has been written for patience_unknown", after=PATIENCE)
        stage.until("an event tells that it is unread",
                    lambda: told(stage, production.began, "unread"),
                    since="it has been written for patience_unknown")
        stage.group("reader").consume("audit")
        stage.expect("reader", "OK", lag=(0, 60))
        stage.becomes_true("a group reads it")
        stage.until("an event tells that it is read",
                    lambda: told(stage, production.began, "read"), since="a group reads it")


def told(stage, since, reason):
    return [one for one in stage.events("unread_topic", since=since - 60)
            if one["subject"] == stage.name("audit") and one["reason"] == reason]
