"""A consumer group to act with on the injected clock: it leaves the records in the offsets topic
that its coordinator would write."""
import dataclasses

from tests.scenarios import offsets_records as records


@dataclasses.dataclass
class Member:
    name: str
    topics: list
    assigned: dict  # {topic: [partitions]}
    host: str = "/10.1.4.7"
    instance: str = None
    regex: str = ""

    def fields(self):
        return {"id": self.name + "-id", "client": self.name, "host": self.host,
                "topics": self.topics, "assigned": self.assigned, "instance": self.instance,
                "regex": self.regex}


class ClockGroup:
    def __init__(self, stage, name, kind):
        self.name = name
        self.kind = kind
        self.generation = 0
        self.members = {}
        self.committed = {}   # {(topic, partition): offset}
        self.commit_version = 4
        self.protocol_type = "connect" if kind == "connect" else "consumer"
        self._stage = stage

    # --- membership -----------------------------------------------------------------------------

    def join(self, name, topic, partitions=None, **more):
        """`partitions` None: all of the topic that no other member has."""
        if partitions is None:
            taken = {p for member in self.members.values()
                     for p in member.assigned.get(topic, [])}
            count = len(self._stage.kafka.topics[topic].logs)
            partitions = [p for p in range(count) if p not in taken]
        self.members[name] = Member(name, [topic], {topic: list(partitions)}, **more)
        self._rebalanced()
        return self

    def reassign(self, name, assigned, topics=None):
        """Gives a member other partitions: {topic: [partitions]}."""
        self.members[name].assigned = assigned
        self.members[name].topics = topics or sorted(assigned)
        self._rebalanced()

    def leave(self, *names):
        """All members, unless some are named."""
        for name in names or list(self.members):
            member = self.members.pop(name)
            if self.kind == "consumer":
                for record in records.member_tombstones(self.name, member.fields()["id"]):
                    self._write(record)
        self._rebalanced()

    def _rebalanced(self):
        self.generation += 1
        if self.kind in ("classic", "connect"):
            self._write(records.classic_group(
                self.name, self.generation, [one.fields() for one in self.members.values()],
                self._stage.broker_ms(), self.protocol_type))
            return
        if self.kind == "streams":
            self._write(records.streams_group(self.name, self.generation))
        if self.kind != "consumer":
            return
        self._write(records.modern_group(self.name, self.generation))
        ids = {name: topic.id for name, topic in self._stage.kafka.topics.items()}
        for member in self.members.values():
            self._write(records.modern_member(self.name, member.fields()))
            self._write(records.modern_assignment(self.name, member.fields(), self.generation, ids))

    # --- offsets --------------------------------------------------------------------------------

    def commit(self, topic, offset, partition=0, transaction=None):
        self.committed[topic, partition] = offset
        with_id = self.commit_version == 4 and transaction is None
        self._write(records.commit(
            self.name, topic, partition, offset, self._stage.broker_ms(), self.commit_version,
            topic_id=self._stage.kafka.topics[topic].id if with_id else None), transaction)
        return self

    def position(self, topic, partition=0):
        return self.committed.get((topic, partition), 0)

    def read(self, topic, partition=0, most=1 << 60):
        """Reads what is readable, and commits it."""
        position = self._stage.kafka.log(topic, partition).read_from(
            self.position(topic, partition), most)
        self.commit(topic, position, partition)
        return self

    def consume(self, topic, every=5, rate=None, partitions=None, repeat=False):
        """Reads on until stop(): commits each `every` seconds, at most `rate` records a second per
        partition; a position that did not move is committed only with `repeat`."""
        return Consuming(self._stage, self, topic, every, rate, partitions, repeat)

    def forget_offset(self, topic, partition=0):
        """Its offset is deleted or expires."""
        self.committed.pop((topic, partition), None)
        self._write(records.offset_tombstone(self.name, topic, partition))

    def delete(self):
        """The whole group is deleted or expires: offsets first, then the group."""
        for topic, partition in list(self.committed):
            self.forget_offset(topic, partition)
        for key_type in {"consumer": (6, 4, 3), "share": (12, 15, 11),
                         "streams": (20, 17, 23)}.get(self.kind, (2,)):
            self._write(records.group_tombstone(self.name, key_type))

    def work_off(self, topic, start, accepted=(), partition=0):
        """A share group's state of a partition; see offsets_records.share_state."""
        key, value = records.share_state(self.name, self._stage.kafka.topics[topic].id, partition,
                                         start, accepted)
        self._stage.kafka.share_state.append((key, value, self._stage.broker_ms()))

    def announce(self):
        """The record that tells of a group of its kind without members."""
        if self.kind == "share":
            self._write(records.share_group(self.name, 1))
        else:
            self._rebalanced()
        return self

    def becomes(self, kind):
        """A live migration between the classic and the consumer protocol."""
        if kind == "consumer":
            self._write(records.group_tombstone(self.name, 2))
        else:
            for member in self.members.values():
                for record in records.member_tombstones(self.name, member.fields()["id"]):
                    self._write(record)
            for key_type in (6, 4, 3):
                self._write(records.group_tombstone(self.name, key_type))
        self.kind = kind
        self._rebalanced()

    def _write(self, record, transaction=None):
        self._stage.write_offsets(self.name, record, transaction)


class Consuming:
    """A consumer at work; ends with stop() or with its block."""

    def __init__(self, stage, group, topic, every, rate, partitions, repeat):
        self.group = group
        self.topic = topic
        self.rate = rate
        self.repeat = repeat
        self.every = every
        self.partitions = partitions or range(len(stage.kafka.topics[topic].logs))
        self._task = stage.every(every, self._once)

    def _once(self):
        most = 1 << 60 if self.rate is None else int(self.rate * self.every)
        for partition in self.partitions:
            log = self.group._stage.kafka.log(self.topic, partition)
            before = self.group.committed.get((self.topic, partition))
            position = log.read_from(before or 0, most)
            if position != before or self.repeat:
                self.group.commit(self.topic, position, partition)

    def stop(self):
        self._task.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
