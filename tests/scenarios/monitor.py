"""What Tidemark sees of the model: the collectors' part of the pipeline, played on the injected
clock. It can be blinded in every way in which the real collectors can."""
from tests.scenarios.pipeline import Pipeline

REFRESH = 10_000     # ms, between log-end refreshes
METADATA = 60_000
LATENCY = 5          # of a record from its commit to the reader
PROBE_TAKES = 200


class Monitor:
    """One run of the daemon. Instants are the broker's unless they are called `own`."""

    def __init__(self, kafka, configuration, now, ahead=0):
        self.kafka = kafka
        self.ahead = ahead            # its clock minus the broker's, ms
        self.connected = True
        self.blind_partitions = set()  # of the offsets topic: nothing comes from there
        self.blind_topics = set()      # no log end comes from there
        self.groups = {}              # what the newest tick said: {group: [status, reason]}
        self.sees_settings = True
        self._pipeline = Pipeline(configuration)
        self._topics = {}
        self._probes = []             # [(when answered, question)]
        self._delivered = [0] * len(kafka.offsets)
        self._share_topic = False     # the topic with the state of share groups is known
        self._share_delivered = 0
        self._begin(now)

    def own(self, now):
        return now + self.ahead

    def _begin(self, now):
        self._pipeline.order("link", state="connected")
        self.see_topics(now)
        self.see_log_ends(now)
        ends = [[index, one.lso] for index, one in enumerate(self.kafka.offsets)]
        self._pipeline.order("goal", begin=[[index, 0] for index, _ in ends], until=ends)
        self.see_records(now)
        self._metadata_due = now + METADATA
        self._log_ends_due = now + REFRESH

    # --- what the collectors do -----------------------------------------------------------------

    def next_due(self):
        times = [self._log_ends_due, self._metadata_due]
        return min(times + [when for when, _ in self._probes])

    def work(self, now):
        """Whatever its pollers would have done by now."""
        if now >= self._metadata_due:
            self.see_topics(now)
            self._metadata_due = now + METADATA
        if now >= self._log_ends_due:
            self.see_log_ends(now)
            self._log_ends_due = now + REFRESH
        for when, question in [one for one in self._probes if one[0] <= now]:
            self._probes.remove((when, question))
            self._answer(question, now)

    def see_topics(self, now):
        if not self.connected:
            return
        self._share_topic = bool(self.kafka.share_state)
        self._topics = {name: len(topic.logs) for name, topic in self.kafka.topics.items()}
        self._pipeline.order("topics", topics=self._topics, at=self.own(now),
                             offsets_partitions=len(self.kafka.offsets),
                             share_state_partitions=1 if self.kafka.share_state else 0)
        if self.sees_settings:
            self._pipeline.order("settings", topics={
                name: topic.settings for name, topic in self.kafka.topics.items()})

    def see_log_ends(self, now):
        if not self.connected:
            return
        topics = {}
        for name, count in self._topics.items():
            if name in self.kafka.topics and name not in self.blind_topics:
                logs = self.kafka.topics[name].logs[:count]
                topics[name] = [[log.end, log.start, log.lso, log.leader] for log in logs]
        self._pipeline.order("log_ends", topics=topics, at=self.own(now), offsets_topic=[
            [index, one.end, one.lso] for index, one in enumerate(self.kafka.offsets)],
            share_state_end=len(self.kafka.share_state) if self._share_topic else 0)

    def see_records(self, now):
        """Everything of the offsets topic that can be read."""
        if not self.connected:
            return
        for index, partition in enumerate(self.kafka.offsets):
            begin, end = self._delivered[index], partition.lso
            if index in self.blind_partitions or end <= begin:
                continue
            self._pipeline.records(index, partition.visible(begin, end), end,
                                   self.own(now) + LATENCY)
            self._delivered[index] = end
        if self._share_topic and self._share_delivered < len(self.kafka.share_state):
            fresh = self.kafka.share_state[self._share_delivered:]
            self._share_delivered = len(self.kafka.share_state)
            self._pipeline.order("share_state", next=self._share_delivered, records=[
                [key.hex(), value.hex() if value is not None else None, time]
                for key, value, time in fresh])

    def _answer(self, question, now):
        log = self.kafka.topics[question["topic"]].logs[question["partition"]]
        first = log.first_readable(question["from"])
        stamped = self.kafka.topics[question["topic"]].settings.get("log_append_time", False)
        answer = {"outcome": "end", "empty_to": max(log.lso, question["from"]), "record_time": None}
        if not self.connected:
            answer["outcome"] = "failed"
        elif first:
            answer = {"outcome": "record", "empty_to": first[0], "record_time": first[1]}
        self._pipeline.order("probe", **question, **answer, log_append_time=stamped,
                             at=self.own(now))

    # --- its thread -----------------------------------------------------------------------------

    def tick(self, now, paths=()):
        """One tick, and what REST answers for `paths` right after it: [(HTTP status, body)]."""
        self._pipeline.order("tick", at=self.own(now))
        for path in paths:
            self._pipeline.order("get", path=path)
        answers = self._pipeline.send()
        ticked = answers[len(answers) - len(paths) - 1]
        self.groups = ticked["groups"]
        for question in ticked["questions"]:
            self._probes.append((now + PROBE_TAKES, question))
        if ticked["wants_refresh"]:
            self._log_ends_due = self._metadata_due = now + 100
        return [(one["status"], one["body"]) for one in answers[len(answers) - len(paths):]]

    def link(self, state, problem=""):
        self.connected = state == "connected"
        self._pipeline.order("link", state=state, problem=problem)

    def hold(self, on):
        """The queue between the collectors and the pipeline stands still."""
        self._pipeline.hold(on)

    def close(self):
        self._pipeline.close()
