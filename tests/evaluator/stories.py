"""Random stories for `tidemark evaluate`, as dicts: small tangles of anything, and simulated
partitions with producers, consumers, refreshes, holes, falls and probes.
"""
import bisect

BASE = 1_700_000_000_000


def maybe(rng, share):
    return rng.random() < share


def random_policy(rng, refresh_s):
    policy = {"refresh": refresh_s}
    choices = {
        "intervals": [2, 3, 5, 10, 20], "window": [60, 300, 900, 3600],
        "allowed_lag": [0, 0, 1, 5, 100], "allowed_time_lag": [0, 10, 60, 120],
        "patience_min": [60, 300], "patience_max": [900, 7200, 108000],
        "patience_unknown": [120, 600], "remember": [600, 3600, 259200],
        "blocked_after": [60, 900], "abandoned_after": [600, 86400],
        "max_time_lag": [30, 600], "minimum_complete": [0, 0.5, 1],
        "min_distance": [0, 5, 30], "expire_group": [600, 604800],
    }
    for key, values in choices.items():
        if maybe(rng, 0.2):
            policy[key] = rng.choice(values)
    return policy


def add_surroundings(rng, story, committed, end):
    """What may be known as of now, near the offsets where it matters."""
    near = [0, committed - 1, committed, committed + 1, end - 1, end, (committed + end) // 2]
    near = [max(0, offset) for offset in near]
    if maybe(rng, 0.15):
        story["log_start"] = rng.choice(near)
    if maybe(rng, 0.15):
        story["lso"] = rng.choice(near)
    if maybe(rng, 0.05):
        story["live_lag"] = rng.choice([0, 1, 7, 1000])
    if maybe(rng, 0.3):
        story["members"] = rng.choice([0, 1, 3, True, False])
    if maybe(rng, 0.3):
        story["assigned"] = rng.choice([True, True, False])
    if maybe(rng, 0.2):
        story["previous"] = rng.choice(["OK", "STOPPED", "STALLED", "REWIND", "UNKNOWN"])
    if maybe(rng, 0.1):
        story["offsets_seen"] = story["now"] - rng.choice([0, 5_000, 29_999, 30_001, 600_000])
    if maybe(rng, 0.2):
        probe = {}
        if maybe(rng, 0.6):
            probe["empty_to"] = committed + rng.choice([0, 1, 2, max(0, end - committed)])
        if maybe(rng, 0.6):
            ages = [0, 1_000, 60_000, 700_000, 10**8, 10**12, -10**10]
            probe["record_time"] = story["now"] - rng.choice(ages)
        story["probe"] = probe


def tangle(rng):
    """A few commits and log ends, close together in time and offset."""
    refresh_s = rng.choice([1, 10, 10, 60])
    span = rng.choice([60_000, 600_000, 3_600_000])
    now = BASE + span
    times = sorted(rng.randrange(BASE, now + span // 20) for _ in range(rng.randrange(0, 14)))
    offset, commits = rng.randrange(0, 50), []
    for time in times:
        offset = max(0, offset + rng.choice([0, 0, 1, 1, 3, 10, -2, -10]))
        commits.append({"offset": offset, "time": time})
        if maybe(rng, 0.1):
            commits[-1]["lag"] = rng.choice([None, 0, 1, 9])
    ends, end, time = [], rng.randrange(0, 60), BASE + rng.randrange(0, span)
    while time <= now + 5_000:
        ends.append({"offset": end, "time": time})
        step = refresh_s * 1000
        time += rng.choice([step, step, step, 2 * step, 3 * step, 3 * step + 1, 6 * step])
        end = max(0, end + rng.choice([0, 0, 1, 2, 5, 20]) - (maybe(rng, 0.02) * rng.randrange(60)))
    if maybe(rng, 0.7) and ends:
        ends.append({"offset": end, "time": max(time, now)})
    story = {"now": now, "commits": commits, "log_ends": ends,
             "policy": random_policy(rng, refresh_s)}
    add_surroundings(rng, story, commits[-1]["offset"] if commits else 0, end)
    return story


class Producer:
    """Log ends as a function of time: phases of steady rates, some of them idle."""

    def __init__(self, rng, begin, end):
        self.points = [(begin, rng.randrange(0, 1000))]
        while self.points[-1][0] < end:
            time, offset = self.points[-1]
            length = rng.choice([30, 300, 1800, 7200]) * 1000 + rng.randrange(1000)
            rate = rng.choice([0, 0, 0.01, 0.1, 1, 10, 500])  # records a second
            self.points.append((time + length, offset + int(rate * length / 1000)))

    def end_at(self, time):
        i = bisect.bisect_left(self.points, (time, -1))
        if i == len(self.points):
            return self.points[-1][1]
        (t0, o0), (t1, o1) = self.points[max(0, i - 1)], self.points[i]
        return o0 + (o1 - o0) * max(0, time - t0) // max(1, t1 - t0)


def consume(rng, producer, begin, end):
    """Commits of a consumer that changes its ways now and then."""
    commits, time = [], begin + rng.randrange(60_000)
    position = producer.end_at(time)
    while time < end:
        way = rng.choice(["keeps up", "keeps up", "slow", "slow", "stuck", "gone", "batch", "seek"])
        until = time + rng.choice([120, 600, 3600]) * 1000
        every = rng.choice([1, 5, 30, 60, 600]) * 1000
        if way == "batch":
            every = rng.choice([720, 3600]) * 1000
        speed = rng.choice([0.5, 0.9, 0.97, 1.5])
        if way == "gone":
            time = until
        if way == "seek":
            position = max(0, position - rng.choice([1, 10, 500]))
            commits.append({"offset": position, "time": time})
        while time < min(until, end) and way not in ("gone", "seek"):
            time += every + rng.randrange(-every // 10, every // 10 + 1)
            log_end = producer.end_at(time)
            if way in ("keeps up", "batch"):
                position = max(position, log_end)
            elif way == "slow":
                made = log_end - producer.end_at(time - every)
                position = max(position, min(log_end, position + int(made * speed)))
            commits.append({"offset": position, "time": time})
        time += rng.randrange(1, 5_000)
    return [c for c in commits if c["time"] <= end]


def refreshes(rng, producer, begin, end, refresh_s):
    out, time, shift = [], begin, 0
    while time <= end:
        out.append({"offset": max(0, producer.end_at(time) - shift), "time": time})
        time += refresh_s * 1000 + rng.randrange(-50, 51)
        if maybe(rng, 0.002):
            time += rng.choice([31, 60, 1200]) * refresh_s * 100
        if maybe(rng, 0.0005):
            shift = producer.end_at(time) - rng.randrange(20)
    return out


def simulated(rng):
    """One partition over minutes, hours or days, as its commits and refreshes tell it."""
    refresh_s = rng.choice([10, 60, 60, 300])
    length = refresh_s * rng.choice([30, 200, 600]) * 1000
    producer = Producer(rng, BASE, BASE + length)
    commits = consume(rng, producer, BASE, BASE + rng.choice([length, length, length * 2 // 3]))
    commits = commits[-rng.choice([3, 50, 400, 2000]):]
    first = BASE + rng.choice([0, 0, length // 2])
    ends = refreshes(rng, producer, first, BASE + length, refresh_s)
    story = {"now": BASE + length + rng.choice([0, 1, 5_000]), "commits": commits,
             "log_ends": ends, "policy": random_policy(rng, refresh_s)}
    committed = commits[-1]["offset"] if commits else 0
    add_surroundings(rng, story, committed, ends[-1]["offset"] if ends else 0)
    return story


def struggle(rng):
    """A consumer that works all the time, at a speed that changes: now too slow, now catching up."""
    refresh_s = rng.choice([10, 30, 60])
    length = rng.choice([1800, 7200, 14_400]) * 1000
    rate, every = rng.choice([1, 20, 3000]), rng.choice([5, 20, 60, 120]) * 1000
    begin, end = BASE, BASE + length
    produced = [(time, rate * (time - begin) // 1000) for time in range(begin, end + 1, 1000)]
    log_end = dict(produced)
    commits, position, time, speed, change = [], 0, begin, 1.0, begin
    while time <= end:
        if time >= change:
            speed = rng.choice([0.3, 0.7, 0.97, 1.0, 1.2, 3.0, 10.0])
            change = time + rng.choice([60, 300, 900, 3600]) * 1000
            if maybe(rng, 0.05):
                time = min(end, time + rng.choice([120, 400, 1200]) * 1000)
            if maybe(rng, 0.03):
                position = max(0, position - rng.choice([1, 50, 4000]))
        position = min(log_end[time], position + int(rate * every / 1000 * speed))
        commits.append({"offset": position, "time": time})
        time += every
    refresh = refresh_s * 1000
    ends = [{"offset": log_end[t], "time": t} for t in range(begin, end + 1, refresh)
            if not (maybe(rng, 0.001))]
    if maybe(rng, 0.2):
        at = rng.randrange(len(ends))
        del ends[at:at + rng.choice([1, 3, 4, 60])]
    policy = random_policy(rng, refresh_s)
    return {"now": end + rng.choice([0, 1, 900]), "commits": commits, "log_ends": ends,
            "policy": policy}


def on_the_grid(rng):
    """Round numbers only, so that spans often equal the limits that they are compared with. One
    record a second, or nothing at all; judged anywhere within."""
    refresh_s = rng.choice([10, 30, 60])
    step = rng.choice([30, 60, 60, 120, 300]) * 1000
    idle_from, idle_to = sorted(rng.randrange(0, 400) * step for _ in range(2))
    if maybe(rng, 0.5):
        idle_from = idle_to = 0

    def log_end(time):
        since = time - BASE
        return (since - max(0, min(since, idle_to) - min(since, idle_from))) // 1000

    commits, position, time = [], 0, BASE
    usually = rng.choice([["all", "all", "half", "most"], ["half", "most", "three", "less"],
                          ["all", "none", "pause"], ["three", "half", "pause", "back"]])
    for _ in range(rng.randrange(3, 300)):
        way = rng.choice(usually)
        if way == "pause":
            time += rng.choice([2, 4, 5, 5, 9, 25, 26, 40]) * step
            way = "all" if maybe(rng, 0.7) else "half"
        share = {"all": 1000, "half": 1 / 2, "most": 3 / 4, "three": 3, "less": 0.4}.get(way, 0)
        position = min(log_end(time), position + int(step / 1000 * share))
        if way == "back":
            position = max(0, position - rng.choice([1, 5, 60]))
        commits.append({"offset": position, "time": time})
        time += step
    end = time + rng.choice([0, 1, 5, 10, 30]) * step
    now = rng.randrange((time - BASE) // step // 3, (end - BASE) // step + 1) * step + BASE
    now += rng.choice([0, 0, 0, 1])
    begin = BASE + rng.choice([0, 0, 0, 50, 100]) * step
    ends = [{"offset": log_end(t), "time": t} for t in range(begin, end + 1, refresh_s * 1000)]
    if maybe(rng, 0.1):
        at = rng.randrange(len(ends)) if ends else 0
        del ends[at:at + rng.choice([2, 3, 20])]
    policy = {"refresh": refresh_s}
    for key, values in {"allowed_time_lag": [0, 30, 120], "patience_unknown": [120, 300],
                        "patience_min": [60, 120], "remember": [600, 1800, 7200],
                        "allowed_lag": [5, 60], "max_time_lag": [60, 300]}.items():
        if maybe(rng, 0.25):
            policy[key] = rng.choice(values)
    return {"now": now, "commits": [c for c in commits if c["time"] <= now],
            "log_ends": [e for e in ends if e["time"] <= now], "policy": policy}


def stories(rng, count):
    for i in range(count):
        kind = rng.choices([tangle, simulated, struggle, on_the_grid], [0.5, 0.12, 0.12, 0.26])[0]
        story = kind(rng)
        story["name"] = f"story {i}"
        if maybe(rng, 0.2):
            story["rules"] = "burrow"
        yield story
