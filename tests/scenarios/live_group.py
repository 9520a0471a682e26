"""A group on the live stage: consumers that read and commit, and the hands of those who administer it."""
import time

from tests.scenarios.live_blocks import EVERY
from tests.support.waiting import eventually


class LiveGroup:
    def __init__(self, stage, full_name):
        self.name = full_name
        self._stage = stage
        self._clients = stage.clients

    # --- its consumers ----------------------------------------------------------------------------

    def consume(self, *topics, member="c1", protocol="classic", **more):
        """A member that polls and commits twice a second. `more`: pattern, partitions, pace, rate,
        commits ("positions" or "seen"), commit_every_ms, config."""
        self._clients.consume(name=self._member(member), group=self.name, protocol=protocol,
                              client_id=member, topics=[self._stage.name(one) for one in topics],
                              **more)

    def change(self, member="c1", topics=None, **more):
        if topics:
            more["topics"] = [self._stage.name(one) for one in topics]
        self._clients.change_consumer(name=self._member(member), **more)
        time.sleep(0.3)  # the poll that is under way is over

    def leave(self, member="c1"):
        self._clients.close_consumer(name=self._member(member))

    def die(self, member="c1"):
        """Without a last commit and without a word to the coordinator."""
        self._clients.close_consumer(name=self._member(member), goodbye=False)

    def status(self, member="c1"):
        return self._clients.consumer_status(name=self._member(member))

    def share(self, *topics, member="c1", **more):
        """A member of a share group."""
        self._clients.share(name=self._member(member), group=self.name, client_id=member,
                            topics=[self._stage.name(one) for one in topics], **more)

    def change_share(self, member="c1", **more):
        self._clients.change_share(name=self._member(member), **more)
        time.sleep(0.3)

    def leave_share(self, member="c1"):
        self._clients.close_share(name=self._member(member))

    def delete_share(self):
        self._clients.delete_share_group(group=self.name)

    def stream(self, topic, to, protocol, **more):
        """A Kafka Streams application that copies one topic into another; the group has its name."""
        self._clients.stream(name=self.name, group=self.name, topics=[self._stage.name(topic)],
                             to=self._stage.name(to), protocol=protocol, **more)
        eventually("the application runs", self._streams, 60, EVERY)

    def end_stream(self):
        self._clients.close_stream(name=self.name)

    def _streams(self):
        state = self._clients.stream_state(name=self.name)
        if state != "RUNNING":
            raise AssertionError(f"it is {state}")
        return True

    def _member(self, member):
        return f"{self.name}/{member}"

    # --- commits ----------------------------------------------------------------------------------

    def commit(self, topic, offset, partition=0, **more):
        """As a consumer does that uses assign(): no membership. `more`: metadata."""
        self._clients.commit(group=self.name, topic=self._stage.name(topic),
                             offsets={str(partition): offset}, **more)

    def commit_in_transaction(self, topic, offset, end, partition=0):
        """`end`: commit, abort or open."""
        self._stage.opens(self.name, end)
        self._clients.produce(
            topic=self._stage.name(topic), counts=[], group=self.name, transaction=end,
            offsets={str(partition): offset}, transactional_id=self.name,
            config={"transaction.timeout.ms": "600000"})

    def end_transaction(self, commit):
        self._stage.ends(self.name, commit)

    # --- administration ---------------------------------------------------------------------------

    def reset(self, topic, offset, partition=0):
        """As kafka-consumer-groups --reset-offsets does."""
        self._clients.alter_offsets(group=self.name, topic=self._stage.name(topic),
                                    offsets={str(partition): offset})

    def delete_offsets(self, topic, *partitions):
        self._clients.delete_offsets(group=self.name, topic=self._stage.name(topic),
                                     partitions=list(partitions))

    def delete(self):
        self._clients.delete_group(group=self.name)
