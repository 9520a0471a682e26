"""A Kafka cluster as far as a monitor can tell one: logs with control records, transactions and
retention, the offsets topic with its own transactions. Instants are the broker's, in milliseconds."""
import bisect
import hashlib

from tests.scenarios.offsets_records import offsets_partition


class Transaction:
    """Of one producer: open until it is ended, and then each partition that it wrote to has a
    control record."""

    def __init__(self):
        self.state = "open"
        self._logs = []

    def note(self, log):
        if log not in self._logs:
            self._logs.append(log)

    def end(self, state, now):
        """`state`: "committed" or "aborted"."""
        self.state = state
        for log in self._logs:
            log.append(1, now, kind="control")


class Run:
    """Records of one kind that lie side by side and have the same time."""

    def __init__(self, base, count, time, kind, transaction):
        self.base = base
        self.end = base + count
        self.time = time
        self.kind = kind
        self.transaction = transaction

    def readable(self):
        return self.kind == "data" and not (self.transaction
                                            and self.transaction.state == "aborted")


class Log:
    """One partition."""

    def __init__(self, leader=1):
        self.start = 0
        self.end = 0
        self.leader = leader
        self._runs = []
        self._open = []  # runs of transactions that may still be open

    def append(self, count, time, kind="data", transaction=None):
        self._runs.append(Run(self.end, count, time, kind, transaction))
        self.end += count
        if transaction:
            transaction.note(self)
            self._open.append(self._runs[-1])

    def delete_before(self, offset):
        """As retention or DeleteRecords does it."""
        self.start = max(self.start, min(offset, self.end))
        self._runs = [run for run in self._runs if run.end > self.start]

    def truncate(self, offset):
        """As an unclean leader election does it."""
        self._runs = [run for run in self._runs if run.base < offset]
        for run in self._runs[-1:]:
            run.end = min(run.end, offset)
        self.end = offset

    @property
    def lso(self):
        self._open = [run for run in self._open if run.transaction.state == "open"]
        return self._open[0].base if self._open else self.end

    def _readable_from(self, offset):
        """The runs that a read_committed consumer gets from `offset` on."""
        limit = self.lso
        at = bisect.bisect_right(self._runs, offset, key=lambda run: run.end)
        while at < len(self._runs) and self._runs[at].base < limit:
            if self._runs[at].readable():
                yield self._runs[at]
            at += 1

    def first_readable(self, offset):
        """(offset, time) of what a read_committed consumer gets first; None: nothing."""
        offset = max(offset, self.start)
        for run in self._readable_from(offset):
            return max(offset, run.base), run.time
        return None

    def read_from(self, offset, most):
        """The position after at most `most` readable records from `offset` on."""
        position = max(offset, self.start)
        for run in self._readable_from(position):
            if most <= 0:
                break
            taken = min(most, run.end - max(position, run.base))
            position = max(position, run.base) + taken
            most -= taken
        return position


class Topic:
    def __init__(self, name, incarnation, partitions, settings):
        self.name = name
        self.id = hashlib.md5(f"{name} {incarnation}".encode()).digest()
        self.settings = settings
        self.logs = [Log(leader=1 + index % 3) for index in range(partitions)]

    def grow(self, partitions):
        self.logs += [Log(leader=1 + index % 3) for index in range(len(self.logs), partitions)]


class OffsetsPartition:
    """One partition of the offsets topic: records, and how far they may be read."""

    def __init__(self):
        self.records = []  # [(key, value, transaction)]; None: a control record
        self._open = []    # offsets of records of transactions that may still be open

    @property
    def end(self):
        return len(self.records)

    @property
    def lso(self):
        self._open = [offset for offset in self._open if self.records[offset][2].state == "open"]
        return self._open[0] if self._open else self.end

    def append(self, record, transaction=None):
        if transaction:
            self._open.append(self.end)
        self.records.append((*record, transaction))

    def end_transaction(self, transaction, state):
        transaction.state = state
        self.records.append(None)

    def visible(self, begin, end):
        """[(offset, key, value)] of what read_committed shows."""
        out = []
        for offset in range(begin, end):
            record = self.records[offset]
            if record and not (record[2] and record[2].state == "aborted"):
                out.append((offset, record[0], record[1]))
        return out


class Kafka:
    def __init__(self, offsets_partitions=8):
        self.topics = {}
        self.offsets = [OffsetsPartition() for _ in range(offsets_partitions)]
        self.share_state = []  # records of the one partition of its topic: (key, value, time)
        self._created = 0

    def create_topic(self, name, partitions, settings):
        self._created += 1
        self.topics[name] = Topic(name, self._created, partitions, settings)
        return self.topics[name]

    def log(self, topic, partition):
        return self.topics[topic].logs[partition]

    def offsets_of(self, group):
        return self.offsets[offsets_partition(group, len(self.offsets))]
