"""What the tests of alerts share: who is told, as TOML, groups that fail and recover at a word, and a
receiver that remembers what it was told."""
import json
import threading
import urllib.parse

from tests.notifiers.fakes import Fake
from tests.scale.checks import pages

TOPIC = "orders"
RECORDS = 20
# Judges within two seconds.
AT_ONCE = {"intervals": 2, "window": "1s", "allowed_time_lag": "1s", "patience_min": "1s",
           "patience_max": "1s", "patience_unknown": "1s"}


def table(header, keys):
    lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    return "\n".join([header, *lines]) + "\n"


def alerts(hold="1s", resolve_after="1s", first_day="0s"):
    return table("[alerts]", {"for": hold, "resolve_after": resolve_after, "first_day": first_day})


def receiver(name, channel, settings, **keys):
    return table("[[receiver]]", {"name": name, **keys}) + table(f"[receiver.{channel}]", settings)


def route(receivers, group_wait="1s", group_interval="1s", **keys):
    return table("[[route]]", {"name": "all", "receivers": receivers, "group_wait": group_wait,
                               "group_interval": group_interval, **keys})


def incidents(daemon, **query):
    """All of them, page by page."""
    return pages(daemon, "/api/v1/incidents?" + urllib.parse.urlencode({"limit": 500, **query}))


class Webhook:
    """A receiver of type webhook: remembers which message came when, in the order of arrival, and how
    often it came again."""

    def __init__(self, case):
        self._lock = threading.Lock()
        self._case = case
        self.taken = []  # (key, message)
        self.on_message = lambda message: None  # before the answer
        self.fake = Fake(case, self._accept)

    def _accept(self, request):
        message = request.json()
        with self._lock:
            self.taken.append((request.headers["Idempotency-Key"], message))
        self.on_message(message)
        return 200, "taken"

    def settings(self):
        return {"url": self.fake.url}

    def messages(self):
        """Without repetitions; a repetition has to say the same under the same key."""
        found = {}
        with self._lock:
            taken = list(self.taken)
        for key, message in taken:
            self._case.assertEqual(found.setdefault(key, message), message)
        return list(found.values())

    def kinds(self):
        return [message["kind"] for message in self.messages()]

    def repetitions(self):
        with self._lock:
            return len(self.taken) - len({key for key, _ in self.taken})


class Groups:
    """Consumer groups without members on a real broker. They are well while they stand at the log's
    end, and in trouble as soon as they stand before it."""

    def __init__(self, clients, names):
        self._clients = clients
        self.names = names
        clients.create_topic(topic=TOPIC, partitions=1)
        clients.produce(topic=TOPIC, counts=[RECORDS])
        for name in names:
            self.recover(name)

    def fail(self, name):
        self._clients.alter_offsets(group=name, topic=TOPIC, offsets={"0": 3})

    def recover(self, name):
        self._clients.alter_offsets(group=name, topic=TOPIC, offsets={"0": RECORDS})
