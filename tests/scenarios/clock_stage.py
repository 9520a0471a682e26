"""The stage with an injected clock: Kafka is a model, the pipeline is real, a day takes seconds.
README.md has the words that stories use."""
import contextlib
import heapq
import itertools
import json
import urllib.parse

from tests.scenarios.clock_group import ClockGroup
from tests.scenarios.kafka_model import Kafka, Transaction
from tests.scenarios.monitor import REFRESH, Monitor
from tests.scenarios.pipeline import PROGRAM
from tests.scenarios.seen import differences, short
from tests.scenarios.story import Sighting

CLUSTER = "stage"
BEGIN = 1_760_000_000_000  # ms
TICK = 1_000
PROMISE = TICK + REFRESH + 1_000  # a tick, a log-end interval, and a probe's time


class Session:
    """Nothing is shared: each story has a Kafka and a monitor of its own."""

    def __init__(self, release):
        self.release = release

    def __enter__(self):
        if not PROGRAM.exists():
            raise SystemExit(f"{PROGRAM} is missing: build scenario_stage, or name another build "
                             "tree in TIDEMARK_BUILD_DIR")
        return self

    def __exit__(self, *_):
        pass

    @staticmethod
    def open(script):
        return ClockStage()


class ClockStage:
    def __init__(self):
        self.kafka = Kafka()
        self.sightings = []
        self.clock = BEGIN          # ms; true time, and the broker's clock unless it is wrong
        self.broker_ahead = 0       # the broker's clock minus true time, ms
        self.monitor_ahead = 0      # the clock of the monitor's machine minus true time, ms
        self.monitor = None         # starts when it is first needed
        self._policies = []
        self._tasks = []            # heap of (when, number, Task)
        self._numbers = itertools.count()
        self._marks = {}
        self._watchers = []
        self._groups = {}
        self._awake = True

    # --- time -----------------------------------------------------------------------------------

    def now(self):
        return self.clock / 1000

    def broker_ms(self):
        return self.clock + self.broker_ahead

    def run(self, seconds=0, minutes=0, hours=0, step=None):
        """`step`: seconds from tick to tick; bigger ones for hours."""
        length = int(1000 * (seconds + 60 * minutes + 3600 * hours))
        step = int(1000 * step) if step else (TICK if length <= 3_600_000 else REFRESH)
        end = self.clock + length
        while self.clock < end:
            self._tick(min(end, self.clock + step))

    def every(self, seconds, act, first=None):
        """Calls `act` again and again until its stop()."""
        task = Task(int(1000 * seconds), act)
        self._put(task, self.clock + (task.every if first is None else int(1000 * first)))
        return task

    def after(self, seconds, act):
        """Calls `act` once."""
        task = Task(None, act)
        self._put(task, self.clock + int(1000 * seconds))
        return task

    def _put(self, task, when):
        heapq.heappush(self._tasks, (when, next(self._numbers), task))

    def _tick(self, until):
        """Everything that happens up to `until`, and then a tick."""
        self._start()
        while True:
            due = self._tasks[0][0] if self._tasks else until + 1
            if self._awake:
                due = min(due, max(self.monitor.next_due(), self.clock))
            if due > until:
                break
            self.clock = max(self.clock, due)
            if self._awake:
                self.monitor.work(self.clock)
            while self._tasks and self._tasks[0][0] <= self.clock:
                self._do(heapq.heappop(self._tasks)[2])
        self.clock = until
        if self._awake:
            self._look(self._watchers)

    def _do(self, task):
        if task.stopped:
            return
        task.act()
        if task.every:
            self._put(task, self.clock + task.every)

    def _look(self, watchers):
        """A tick, with what each watcher wants to know right after it."""
        self.monitor.see_records(self.clock)
        answers = self.monitor.tick(self.clock, [self.path(one.group) for one in watchers])
        for watcher, (status, body) in zip(list(watchers), answers):
            watcher.see(json.loads(body)["data"] if status == 200 else None)

    # --- what happens ---------------------------------------------------------------------------

    def topic(self, name, partitions=1, **settings):
        """`settings`: retention_ms, retention_bytes, log_append_time, compacts, deletes."""
        return self.kafka.create_topic(name, partitions, settings)

    def delete_topic(self, name):
        """As the coordinator does it: the offsets of all groups go at once."""
        del self.kafka.topics[name]
        for group in self._groups.values():
            for topic, partition in [at for at in group.committed if at[0] == name]:
                group.forget_offset(topic, partition)

    def produce(self, topic, records, partition=0, transaction=None, clock_ahead=0):
        """`clock_ahead`: how many seconds the producer's clock is ahead of the broker's."""
        stamped_by_broker = self.kafka.topics[topic].settings.get("log_append_time")
        time = self.broker_ms() + (0 if stamped_by_broker else int(1000 * clock_ahead))
        self.kafka.log(topic, partition).append(records, time, transaction=transaction)

    def steadily(self, topic, rate, partition=0, every=1, **more):
        """Writes `rate` records a second until its block ends, or its stop()."""
        carried = [0.0]

        def write():
            carried[0] += rate * every
            whole = int(carried[0] + 1e-9)
            carried[0] -= whole
            if whole:
                self.produce(topic, whole, partition, **more)
        return self.every(every, write)

    @staticmethod
    def begin_transaction():
        return Transaction()

    def end_transaction(self, transaction, commit):
        transaction.end("committed" if commit else "aborted", self.broker_ms())

    def group(self, name, kind="classic"):
        self._groups[name] = ClockGroup(self, name, kind)
        return self._groups[name]

    def write_offsets(self, group, record, transaction=None):
        """A record of the offsets topic, read by the monitor at once if it can."""
        self.kafka.offsets_of(group).append(record, transaction)
        if self.monitor and self._awake:
            self.monitor.see_records(self.clock)

    # --- the monitor ----------------------------------------------------------------------------

    def policy(self, **settings):
        """Before the monitor starts; the first that matches wins."""
        self._policies.append(settings)

    def _start(self):
        if self.monitor is None:
            self.monitor = Monitor(self.kafka, self._configuration(), self.clock, self.monitor_ahead)
            self._look([])

    def start_monitor(self):
        """What happened before is backlog for it."""
        self._start()

    @contextlib.contextmanager
    def before_the_monitor(self):
        """Time passes without one."""
        assert self.monitor is None, "it has started already"
        self.monitor, self._awake = Nobody(), False
        yield
        self.monitor, self._awake = None, True

    def restart_monitor(self):
        self.monitor.close()
        self.monitor = None
        self._start()

    @contextlib.contextmanager
    def monitor_paused(self):
        """Its process stands still while the world goes on."""
        self._start()
        self._awake = False
        yield
        self._awake = True

    def _configuration(self):
        policies = "".join("[[policy]]\n" + "".join(f"{key} = {json.dumps(value)}\n"
                                                    for key, value in policy.items())
                           for policy in self._policies)
        return (f'[[cluster]]\nname = "{CLUSTER}"\nbootstrap = "model:9092"\n'
                f'refresh = "{REFRESH // 1000}s"\n{policies}')

    # --- what is seen ---------------------------------------------------------------------------

    def becomes_true(self, what, after=0):
        """The rule holds from now on, or `after` so many seconds."""
        self._marks[what] = self.clock + int(1000 * after)

    def path(self, group):
        return f"/api/v1/clusters/{CLUSTER}/groups/{urllib.parse.quote(group, safe='')}"

    def get(self, path):
        """What REST answers as of now, decoded."""
        self._start()
        [(status, body)] = self.monitor.tick(self.clock, [path])
        return json.loads(body) if status == 200 else {"status": status, "body": body}

    def metrics(self):
        self._start()
        [(_, body)] = self.monitor.tick(self.clock, ["/metrics"])
        return body

    def finding(self, group, kind):
        """The first finding of this kind."""
        return next(one for one in self.ask(group)["findings"] if one["finding"] == kind)

    def events(self):
        """All that is kept, oldest first."""
        return self.get("/api/v1/events?limit=1000")["data"]

    def ask(self, group):
        """What REST says of a group; None if there is none."""
        return self.get(self.path(group)).get("data")

    def expect(self, group, status, reason=None, since=None, within=None, **more):
        wanted = {"status": status, "reason": reason, **more}
        what = f"{group} is {status}" + (f" ({reason})" if reason else "")
        return self._wait(group, what, lambda seen: differences(seen, wanted), wanted, since, within)

    def gone(self, group, since=None, within=None):
        self._wait(group, f"{group} is gone", lambda seen: ["it is there"] if seen else [], {},
                   since, within)

    def _wait(self, group, what, problems_of, wanted, since, within):
        mark = self._marks[since] if since else self.clock
        end = max(mark, self.clock) + (int(1000 * within) if within is not None else PROMISE)
        last = Last(group)
        while True:
            self._start()
            self._look([*self._watchers, last])
            problems = problems_of(last.seen)
            if not problems:
                break
            if self.clock >= end:
                raise AssertionError(f"{what}: not within {(end - mark) / 1000:g} s; "
                                     f"{'; '.join(problems)}; seen: {short(last.seen, wanted)}")
            self._tick(self.clock + TICK)
        if since:
            self._note(what, since, mark)
        return last.seen

    def _note(self, what, since, mark):
        after = (self.clock - mark) / 1000
        if after < -REFRESH / 1000 or after > PROMISE / 1000:
            raise AssertionError(f"{what}: seen {after:g} s after \"{since}\", which is not within "
                                 f"a tick and a log-end interval")
        self.sightings.append(Sighting(what, since, after, PROMISE / 1000))

    @contextlib.contextmanager
    def always(self, group, status, reason=None, **more):
        wanted = {"status": status, "reason": reason, **more}
        yield from self._watching(Watcher(group, lambda seen: differences(seen, wanted),
                                          f"{group} is always {status}"))

    @contextlib.contextmanager
    def never(self, group, status, reason=None, **more):
        wanted = {"status": status, "reason": reason, **more}

        def broken(seen):
            return [seen["explanation"]] if seen and not differences(seen, wanted) else []
        yield from self._watching(Watcher(group, broken, f"{group} is never {status}"))

    def _watching(self, watcher):
        self._watchers.append(watcher)
        try:
            yield
        finally:
            self._watchers.remove(watcher)
        assert watcher.looks, f"{watcher.what}: nobody ever looked"

    # --- its end --------------------------------------------------------------------------------

    def describe(self):
        self._start()
        return "\n".join([f"{(self.clock - BEGIN) / 1000:g} s after the beginning"]
                         + [self._described(name) for name in self._groups])

    def _described(self, group):
        seen = self.ask(group)
        if seen is None:
            return f"{group}: there is no such group"
        why = self.get(self.path(group) + "/explain")
        parts = seen.pop("partitions")
        return "\n  ".join([json.dumps(seen), f"why: {json.dumps(why)}"]
                           + [json.dumps(part) for part in parts])

    def close(self):
        if self.monitor:
            self.monitor.close()


class Task:
    def __init__(self, every, act):
        self.every = every
        self.act = act
        self.stopped = False

    def stop(self):
        self.stopped = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Last:
    """Remembers what was seen of a group."""

    def __init__(self, group):
        self.group = group
        self.seen = None

    def see(self, seen):
        self.seen = seen


class Watcher:
    """Fails at the first tick at which something is seen that must not be."""

    def __init__(self, group, problems_of, what):
        self.group = group
        self.what = what
        self.looks = 0
        self._problems_of = problems_of

    def see(self, seen):
        self.looks += 1
        problems = self._problems_of(seen)
        if problems:
            raise AssertionError(f"{self.what}, but: {'; '.join(problems)}")


class Nobody:
    """No monitor runs."""

    def close(self):
        pass

    def see_records(self, now):
        pass
