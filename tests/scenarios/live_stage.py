"""The stage with everything real: one broker of a release, Java clients, and one daemon that judges
within seconds. Stories are played side by side, each with topics and groups of its own; those that
take something away from all (`alone` in their Story) come after them, one by one."""
import contextlib
import threading
import time
import urllib.parse

from tests.scenarios.live_blocks import EVERY, Steadily, Watch
from tests.scenarios.live_group import LiveGroup
from tests.scenarios.seen import differences, outline, short
from tests.scenarios.story import Sighting
from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster, quoted
from tests.support.security import Security
from tests.support.waiting import eventually
from tests.support.workload import CommandFailed, Workload

CLUSTER = "live"
USER, PASSWORD = "tidemark", "tidemark's secret"
PATIENCE = 6.0  # seconds, of an ordinary group
BLOCKED_AFTER = 6.0
# A group takes its policy by the beginning of its name: stage.group("billing", policy="patient").
POLICIES = {
    "patient": {**QUICK, "patience_min": "5m", "patience_unknown": "5m"},
    "careful": {**QUICK, "patience_min": "5m", "patience_unknown": "5m",
                "retention_risk_within": "20s"},
    "quick": {**QUICK, "blocked_after": f"{BLOCKED_AFTER:g}s"},
}
RIGHTS = ("READ", "DESCRIBE", "DESCRIBE_CONFIGS")  # on all topics
BROKER = {
    "offsets.topic.num.partitions": 16,
    "offsets.retention.check.interval.ms": 1000,
    "log.cleaner.backoff.ms": 500,
    "transaction.max.timeout.ms": 900000,
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": 1000,
}
HANDS = 3  # workloads; a story sticks to one


def right(operation, topic="*"):
    return {"principal": f"User:{USER}", "resource": "TOPIC", "name": topic, "operation": operation}


class Session:
    """Broker, clients and daemon of one release: what its stories share."""

    together = 40  # stories at a time

    def __init__(self, release):
        self.release = release
        self._opened = 0

    def __enter__(self):
        self.security = Security({USER: PASSWORD})
        self.broker = Broker(BROKER, self.security, older=self.release != "4").start()
        self.hands = [Hand(self.broker.bootstrap) for _ in range(HANDS)]
        for operation in RIGHTS:
            self.hands[0].allow(**right(operation))
        self.daemon = Tidemark([self._cluster()], policies=self._policies()).start()
        self.daemon.wait_ready()
        return self

    def __exit__(self, *_):
        self.daemon.stop()
        for hand in self.hands:
            hand.kill()
        self.broker.kill()

    def open(self, script):
        self._opened += 1
        return LiveStage(self, script, self.hands[self._opened % HANDS])

    def _cluster(self):
        return cluster(CLUSTER, f"127.0.0.1:{self.security.sasl_port}", kafka={
            "security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN", "sasl.username": USER,
            "sasl.password": PASSWORD, "ssl.ca.location": str(self.security.ca),
            "reconnect.backoff.max.ms": "1000"})

    @staticmethod
    def _policies():
        of_groups = [{"group": f"{name}\\..*", **policy} for name, policy in POLICIES.items()]
        return [*of_groups, {"topic": ".*\\.audit", **QUICK, "report_unread": True}]


class Hand(Workload):
    """A workload that several threads use in turn."""

    def __init__(self, bootstrap):
        self._lock = threading.Lock()
        super().__init__(bootstrap)

    def run(self, command, limit=60, **fields):
        with self._lock:
            return super().run(command, limit, **fields)


class LiveStage:
    """What one story sees: README.md has the words."""

    def __init__(self, session, script, clients):
        self.broker = session.broker
        self.daemon = session.daemon
        self.security = session.security
        self.release = session.release
        self.clients = clients
        self.sightings = []
        self._story = script.name
        self._marks = {}
        self._groups = {}
        self._open = set()  # transactions
        self._looking = threading.Lock()

    # --- what happens ---------------------------------------------------------------------------

    @staticmethod
    def now():
        return time.time()

    def name(self, short_name):
        """A topic or transaction of this story, as Kafka calls it."""
        return f"{self._story}.{short_name}"

    def topic(self, name, partitions=1, **settings):
        config = {key.replace("_", "."): str(value) for key, value in settings.items()}
        self.clients.create_topic(topic=self.name(name), partitions=partitions, config=config)
        return self.name(name)

    def recreate(self, name, partitions=1):
        """Deletes a topic and creates it again, once the broker does not know it any more: what is
        written too soon goes to the old one, and with it."""
        self.clients.delete_topic(topic=self.name(name))
        eventually(f"{name} is gone", lambda: not self._known(name), 60, EVERY)
        self.topic(name, partitions)

    def _known(self, topic):
        try:
            self.clients.log_ends(topic=self.name(topic))
            return True
        except CommandFailed as refused:
            if "UnknownTopicOrPartition" not in str(refused):
                raise
            return False

    def produce(self, topic, records, partition=0, **more):
        """`more`: transaction (commit, abort, open), its transactional_id and timeout_ms; key, age_ms,
        size. Returns when they were written, in seconds."""
        if "transaction" in more:
            more["transactional_id"] = self.name(more.get("transactional_id", "writer"))
            self.opens(more["transactional_id"], more["transaction"])
            timeout = more.pop("timeout_ms", 600_000)
            more["config"] = {"transaction.timeout.ms": str(timeout)}
        self.clients.produce(topic=self.name(topic), counts=[0] * partition + [records], **more)
        return self.now()

    def steadily(self, topic, rate, partitions=1, **more):
        """Writes `rate` records a second until the block ends."""
        return Steadily(self.clients, self.name(topic), rate, partitions, more)

    def log_end(self, topic, partition=0):
        return self.clients.log_ends(topic=self.name(topic))[str(partition)]

    def opens(self, transaction, end):
        """A transaction (its full name) begins that ends by `end`; one that this leaves open is ended
        with the story at the latest: it would hide whatever comes behind it from the others."""
        if end == "open":
            self._open.add(transaction)

    def end_transaction(self, commit, transactional_id="writer"):
        self.ends(self.name(transactional_id), commit)

    def ends(self, transaction, commit):
        self._open.discard(transaction)
        self.clients.end_transaction(transactional_id=transaction, commit=commit)

    def group(self, name, policy="quick"):
        full = f"{policy}.{self._story}.{name}"
        self._groups[name] = full
        return LiveGroup(self, full)

    # --- what is taken away from all: for stories that are alone ----------------------------------

    def restart_daemon(self):
        self.daemon.stop()
        self.daemon.start()
        self.daemon.wait_ready()

    @contextlib.contextmanager
    def paused_daemon(self):
        """SIGSTOP until the block ends; looks at REST wait meanwhile."""
        with self._looking:
            self.daemon.suspend()
            try:
                yield
            finally:
                self.daemon.resume()

    def take_right(self, operation, topic="*"):
        self.clients.revoke(**right(operation, topic))

    def give_right(self, operation, topic="*"):
        self.clients.allow(**right(operation, topic))

    @staticmethod
    def run(seconds=0, minutes=0):
        time.sleep(max(0, seconds + 60 * minutes))

    # --- what is seen ---------------------------------------------------------------------------

    def becomes_true(self, what, after=0):
        """The rule holds from now on, or `after` so many seconds."""
        self._marks[what] = time.time() + after

    def get(self, path):
        return self.daemon.get(path)[1]

    def path(self, group):
        return f"/api/v1/clusters/{CLUSTER}/groups/{quoted(self._groups.get(group, group))}"

    def ask(self, group):
        """What REST says of a group, and `as_of`: of when, in seconds; None if there is none."""
        with self._looking:
            status, answer = self.daemon.get(self.path(group))
        if status not in (200, 404):
            raise AssertionError(f"{self.path(group)}: HTTP {status}")
        return {**answer["data"], "as_of": answer["as_of_ms"] / 1000} if status == 200 else None

    def partition(self, group, topic, partition=0):
        seen = self.ask(group) or {"partitions": []}
        return next((one for one in seen["partitions"] if (one["topic"], one["partition"]) == (
            self.name(topic), partition)), None)

    def events(self, kind, group=None, since=None):
        """Of a group of this story, or of all; `since`: seconds."""
        query = {"kind": kind, "limit": 1000, "cluster": CLUSTER}
        if group:
            query["group"] = self._groups[group]
        if since:
            query["since_ms"] = int(since * 1000)
        return self.daemon.data("/api/v1/events?" + urllib.parse.urlencode(query))

    def expect(self, group, status, reason=None, since=None, within=60, **more):
        wanted = self._wanted(status, reason, more)
        what = f"{group} is {status}" + (f" ({reason})" if reason else "")

        def there():
            seen = self.ask(group)
            problems = differences(seen, wanted)
            if problems:
                raise AssertionError("; ".join(problems) + f"; seen: {short(seen, wanted)}")
            return seen
        seen = eventually(what, there, within, EVERY)
        self._note(what, since)
        return seen

    def gone(self, group, since=None, within=60):
        eventually(f"{group} is gone", lambda: self.ask(group) is None, within, EVERY)
        self._note(f"{group} is gone", since)

    def until(self, what, condition, since=None, within=60):
        """For what is neither a status nor a field of a group."""
        outcome = eventually(what, condition, within, EVERY)
        self._note(what, since)
        return outcome

    def always(self, group, status, reason=None, **more):
        wanted = self._wanted(status, reason, more)
        return Watch(f"always {status}", lambda: differences(self.ask(group), wanted))

    def never(self, group, status, reason=None, **more):
        wanted = self._wanted(status, reason, more)

        def broken():
            seen = self.ask(group)
            return seen and not differences(seen, wanted) and [seen["explanation"]]
        return Watch(f"never {status} {reason or ''}", broken)

    def _wanted(self, status, reason, more):
        if "topic" in more:
            more = {**more, "topic": self.name(more["topic"])}
        return {"status": status, "reason": reason, **more}

    def _note(self, what, since):
        after = max(0.0, time.time() - self._marks[since]) if since else None
        self.sightings.append(Sighting(what, since or "", after))

    # --- its end --------------------------------------------------------------------------------

    def describe(self):
        told = [f"{full}: {outline(self.ask(name))}" for name, full in self._groups.items()]
        log = [line[:300] for line in self.daemon.log().splitlines()[-8:]]
        return "\n".join([*told, "the daemon's newest log lines:", *log])

    def close(self):
        """Topics and groups stay: the next story has others."""
        for transaction in sorted(self._open):
            with contextlib.suppress(CommandFailed):  # the coordinator may have ended it
                self.ends(transaction, commit=False)
