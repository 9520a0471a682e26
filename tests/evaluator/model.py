"""A second, independent making of the verdicts that docs/evaluation.md describes, to hold the first
one against. It takes one line of `tidemark evaluate` as a dict and computes everything from the
whole lists at once, where the daemon goes event by event. It favours plainness over speed.
"""
from fractions import Fraction

DEFAULTS = {
    "intervals": 10, "window": 300, "refresh": 10, "allowed_lag": 0, "allowed_time_lag": 60,
    "patience_min": 300, "patience_max": 108000, "patience_unknown": 600, "remember": 259200,
    "blocked_after": 900, "abandoned_after": 86400, "max_time_lag": 0,
    "retention_risk_within": 21600, "minimum_complete": 0, "min_distance": 0,
    "expire_group": 604800,
}
KAFKA_BORN = 1_293_840_000_000  # 2011
PLAIN = ("intervals", "allowed_lag", "minimum_complete")


def policy_of(line):
    """The line's policy with its durations in milliseconds."""
    merged = {**DEFAULTS, **(line.get("policy") or {})}
    return {k: v if k in PLAIN else round(v * 1000) for k, v in merged.items()}


def evaluate(line, rules="tidemark"):
    rules = line.get("rules") or rules
    return burrow(line) if rules == "burrow" else tidemark(line)


# --- the log ends --------------------------------------------------------------------------------

PASSED_AT, PASSED_BEFORE, NOT_PASSED = "passed at", "passed at or before", "not passed"


def passing(ends, position, refresh):
    """When the log end first passed the position: (kind, instant)."""
    for i, (offset, time) in enumerate(ends):
        if offset <= position:
            continue
        if i == 0 or time - ends[i - 1][1] > 3 * refresh:
            return PASSED_BEFORE, time
        low, begin = ends[i - 1]
        exact = begin + Fraction(position - low, offset - low) * (time - begin)
        return PASSED_AT, int(exact + Fraction(1, 2))  # instants are whole milliseconds
    return NOT_PASSED, None


def seen_until(ends, when):
    """The refreshes up to the first one at or after `when`; None if that has not come."""
    for i, (_, time) in enumerate(ends):
        if time >= when:
            return ends[:i + 1]
    return None


def after_last_fall(commits, ends):
    """What is not forgotten: commits, log ends; and the newest commit from before, if it is beyond
    the log end that fell: that one gives way to the next."""
    falls = [i for i in range(1, len(ends)) if ends[i][0] < ends[i - 1][0]]
    if not falls:
        return commits, ends, []
    kept = ends[falls[-1]:]
    before = [c for c in commits if c[1] <= kept[0][1]]
    if before and before[-1][0] <= kept[0][0]:
        return commits[len(before) - 1:], kept, []
    return commits[len(before):] or before[-1:], kept, before[-1:]


# --- moves ---------------------------------------------------------------------------------------

def standing_times(commits):
    out = []
    for i, (offset, time) in enumerate(commits):
        out.append(out[-1] if i and commits[i - 1][0] == offset else time)
    return out


def judged_moves(commits, ends, p):
    """Every move that a refresh has followed: its time, gap, lateness, and so on."""
    standing = standing_times(commits)
    for i in range(1, len(commits)):
        (left, _), (reached, time) = commits[i - 1], commits[i]
        if left == reached:
            continue
        known = seen_until(ends, time)
        if known is None:
            return
        move = {"time": time, "back": reached < left}
        kind, since = passing(known, left + p["allowed_lag"], p["refresh"])
        if kind == NOT_PASSED:
            move["gap"], move["late"] = 0, 0
        elif kind == PASSED_AT:
            move["gap"] = max(0, time - max(standing[i - 1], since))
            move["late"] = max(0, time - since)
        else:
            move["gap"], move["late"] = time - standing[i - 1], None
        if move["back"]:
            move["late"] = None
        kind, since = passing(known, reached + p["allowed_lag"], p["refresh"])
        move["ends run"] = kind == NOT_PASSED or (
            kind == PASSED_AT and time - since <= p["allowed_time_lag"])
        yield move


def patience_with(gaps, p):
    lengths = sorted((g for g, _ in gaps), reverse=True)
    if len(lengths) < 2:
        return p["patience_unknown"]
    return min(p["patience_max"], max(p["patience_min"], 3 * lengths[1]))


def four_largest(entries):
    """Of (length, from), in the order of their coming."""
    if len(entries) <= 4:
        return entries
    goes = min(range(len(entries)), key=lambda i: (entries[i][0], i))
    return entries[:goes] + entries[goes + 1:]


def with_gaps_judged(moves, p):
    """Says of each move whether it ended an outage; returns the gaps remembered at the end."""
    gaps = []
    for move in moves:
        move["outage"] = move["gap"] > patience_with(gaps, p)
        if move["gap"] == 0:
            continue
        beginning = move["time"] - move["gap"]

        def lives_for(length):
            least = p["remember"] if length <= p["patience_unknown"] else 0
            return max(5 * length, least)
        gaps = [g for g in gaps if beginning <= g[1] + lives_for(g[0])]
        gaps = four_largest(gaps + [(move["gap"], move["time"])])
    return gaps


def runs_of(moves):
    """[(moves of the run, how it ended)]: the last one may be open (None)."""
    current = []
    for move in moves:
        if move["back"]:
            if current:
                yield current, "back"
            current = []
            continue
        current.append(move)
        if move["ends run"]:
            yield current, "reached"
            current = []
    if current:
        yield current, None


def since_outage(run):
    for i in reversed(range(len(run))):
        if run[i]["outage"]:
            return run[i:]
    return run


def latenesses(run):
    return [m["late"] for m in since_outage(run) if m["late"] is not None]


def usual_at(remembered, time, p):
    fresh = sorted((l for l, at in remembered if time <= at + p["remember"]), reverse=True)
    return 0 if not fresh else fresh[min(1, len(fresh) - 1)]


def falling_in(run, remembered, p):
    """Whether falling_behind stands after the last move of an open run."""
    stands = False
    for i, move in enumerate(run):
        if move["outage"]:
            stands = False
        if move["late"] is None:
            continue
        so_far = latenesses(run[:i + 1])
        if move["late"] * 4 < max(so_far) * 3:
            stands = False
        elif (move["late"] == max(so_far)
              and move["late"] - min(so_far) >= p["allowed_time_lag"]
              and move["late"] >= 3 * usual_at(remembered, move["time"], p)):
            stands = True
    return stands


def trend_of(moves, p):
    if all(m["late"] is None for m in moves):
        flag = "warming_up"
    else:
        flag = "keeping_up"
    remembered = []
    for run, end in runs_of(moves):
        late = latenesses(run)
        if end == "reached" and late and max(late) > 0 and not any(m["outage"] for m in run):
            time = run[-1]["time"]
            fresh = [r for r in remembered if time <= r[1] + p["remember"]]
            remembered = four_largest(fresh + [(max(late), time)])
        if end is None:
            if falling_in(run, remembered, p):
                return "falling_behind"
            if late and late[-1] * 4 < max(late) * 3:
                return "catching_up"
    return flag


# --- the window ----------------------------------------------------------------------------------

def window_of(commits, p):
    slot = p["window"] // p["intervals"]
    out = []
    for commit in commits:
        if len(out) > 1:
            early = out[-1][1] - out[-2][1] < slot
            if early or out[-2][0] == out[-1][0] == commit[0]:
                del out[-1]
        out = (out + [commit])[-p["intervals"]:]
    return out


def gone_back(window, now, p):
    slot = p["window"] // p["intervals"]
    for i in range(1, len(window)):
        old, (new, time) = window[i - 1][0], window[i]
        if old - new > p["allowed_lag"] and now - time > slot:
            if not any(o >= old for o, _ in window[i + 1:]):
                return True
    return False


# --- tidemark ------------------------------------------------------------------------------------

def is_beyond(commits, ends, from_before, p):
    """A log end below the committed offset, seen over one refresh after it came to stand there; until
    a commit comes that the log end known by then covers. So for a commit from before a fall, if those
    after it only repeat its offset: that of a topic that was."""
    offset = commits[-1][0]
    moved = max((i for i in range(1, len(commits)) if commits[i - 1][0] != offset), default=0)
    claims = [(commits[moved][1], commits[moved + 1:], ends)]
    if from_before and from_before != commits and moved == 0 and from_before[0][0] == offset:
        until_then = [e for e in ends if e[1] < commits[0][1]]
        claims.append((from_before[0][1], commits, until_then))
    for since, repeats, seen in claims:
        for end, time in seen:
            if end >= offset or time - since <= p["refresh"]:
                continue
            healed = any(
                [e for e, at in ends if at < repeat][-1] >= offset
                for _, repeat in repeats if repeat > time)
            if not healed:
                return True
    return False


def verdict(status, reason, lag, time_lag, complete, conditions, stale=False):
    return {"status": status, "reason": reason,
            "trend": reason if reason in ("falling_behind", "catching_up", "keeping_up") else None,
            "lag": lag, "time_lag_seconds": time_lag, "complete": complete,
            "conditions": conditions, "stale": stale}


def tidemark(line):
    p = policy_of(line)
    now = line["now"]
    commits = [(c["offset"], min(c["time"], now)) for c in line["commits"]]
    ends = [(e["offset"], e["time"]) for e in line["log_ends"] if e["time"] <= now]
    if not commits:
        return verdict("UNKNOWN", "no_data", None, None, 0, [])
    commits, ends, from_before = after_last_fall(commits, ends)
    facts = Facts(line, p, now, commits, ends, from_before)
    reason = facts.reason()
    status = {"beyond_log_end": "UNKNOWN", "abandoned": "STOPPED", "stopped": "STOPPED",
              "rewind": "REWIND", "stalled": "STALLED",
              "monitor_stale": line.get("previous") or "UNKNOWN"}.get(reason, "OK")
    conditions = []
    if facts.lost > 0:
        conditions.append("data_loss")
    if p["max_time_lag"] and facts.time_lag is not None and facts.time_lag > p["max_time_lag"]:
        conditions.append("over_max_time_lag")
    if reason == "topic_left" and facts.grown_since_commit():
        conditions.append("unsubscribed")
    return verdict(status, reason, facts.lag,
                   None if facts.time_lag is None else facts.time_lag / 1000,
                   len(facts.window) / p["intervals"], conditions, reason == "monitor_stale")


class Facts:
    """What the rules ask about, of one story."""

    def __init__(self, line, p, now, commits, ends, from_before):
        self.line, self.p, self.now, self.commits, self.ends = line, p, now, commits, ends
        self.offset, self.last_commit = commits[-1]
        probe = line.get("probe")
        self.position = max(self.offset, (probe or {}).get("empty_to") or self.offset)
        log_start = line.get("log_start") or 0
        self.lost = max(0, log_start - self.position)
        self.window = window_of(commits, p)
        self.beyond = bool(ends) and is_beyond(commits, ends, from_before, p)
        self.live_lag = line.get("live_lag")
        if self.live_lag is None and ends:
            self.live_lag = max(0, ends[-1][0] - max(self.position, log_start))
        self.unread, self.waiting = self._since(probe)
        self.lag = None if self.beyond else self.live_lag
        self.time_lag = self._time_lag()

    def _since(self, probe):
        kind, unread = passing(self.ends, self.position, self.p["refresh"])
        first_seen = unread
        if kind != PASSED_AT:
            record = self._believed((probe or {}).get("record_time"))
            candidates = [t for t in (record, first_seen) if t is not None]
            unread = min(candidates) if record is not None else None
        if self.p["allowed_lag"] == 0:
            return unread, unread if unread is not None else first_seen
        tolerated = self.position + self.p["allowed_lag"]
        return unread, passing(self.ends, tolerated, self.p["refresh"])[1]

    def _believed(self, record):
        """A producer's clock, as far as what was seen of the log end allows."""
        before = []
        for offset, time in self.ends:
            if offset > self.position:
                break
            before.append(time)
        if record is None or before:
            return record if record is None else max(record, before[-1])
        return record if record >= KAFKA_BORN else None

    def _time_lag(self):
        if self.lag is None:
            return None
        if self.lag == 0:
            return 0
        return None if self.unread is None else max(0, self.now - self.unread)

    def stale(self):
        limit = 3 * self.p["refresh"]
        offsets_seen = self.line.get("offsets_seen")
        return (not self.ends or self.now - self.ends[-1][1] > limit
                or (offsets_seen is not None and self.now - offsets_seen > limit))

    def grown_since_commit(self):
        later = [e for e, t in self.ends if t >= self.last_commit]
        return bool(later) and self.ends[-1][0] > later[0]

    def reason(self):
        p, line = self.p, self.line
        if self.stale():
            return "monitor_stale"
        if self.beyond:
            return "beyond_log_end"
        if self.live_lag <= p["allowed_lag"]:
            return "data_loss" if self.lost > 0 else "caught_up"
        if line.get("members") and line.get("assigned") is False:
            return "topic_left"
        end = self.ends[-1][0]
        lso = end if line.get("lso") is None else line["lso"]
        if self.position >= lso and lso < end:
            return "blocked_by_transaction"
        moves = list(judged_moves(self.commits, self.ends, p))
        patience = patience_with(with_gaps_judged(moves, p), p)
        if self.waiting is not None:
            silent = self.now - max(self.last_commit, self.waiting)
            if silent > patience + p["abandoned_after"]:
                return "abandoned"
            if silent > patience:
                return "stopped"
        if gone_back(self.window, self.now, p):
            return "rewind"
        standing = standing_times(self.commits)[-1]
        if self.waiting is not None:
            if self.last_commit - max(standing, self.waiting) > patience:
                return "stalled"
        return trend_of(moves, p)


# --- burrow --------------------------------------------------------------------------------------

def burrow(line):
    p = policy_of(line)
    now = line["now"]
    ends = [(e["offset"], e["time"]) for e in line["log_ends"] if e["time"] <= now]
    window, newest = burrow_window(line, p, now, ends)
    lag = line.get("live_lag")
    if not window:
        lag = None
    elif lag is None and ends:
        lag = max(0, ends[-1][0] - window[-1][0])
    complete = len(window) / p["intervals"]
    word = burrow_word(p, now, window, newest, ends[-p["intervals"]:], lag, complete)
    return verdict(word.upper(), word, lag, None, complete, [])


def burrow_window(line, p, now, ends):
    window = []
    newest = None
    for commit in line["commits"]:
        newest = time = min(commit["time"], now)
        before = [e for e, t in ends if t <= time]
        lag = max(0, before[-1] - commit["offset"]) if before else None
        lag = commit["lag"] if "lag" in commit else lag
        if window and time - window[-1][1] < p["min_distance"]:
            window[-1] = (commit["offset"], window[-1][1], lag)
        else:
            window = (window + [(commit["offset"], time, lag)])[-p["intervals"]:]
    return window, newest


def burrow_word(p, now, window, newest, ends, lag, complete):
    if not window:
        return "ok"
    if now - newest > p["expire_group"]:
        return "notfound"
    if lag is None or lag <= p["allowed_lag"] or complete < p["minimum_complete"]:
        return "ok"
    offsets = [o for o, _, _ in window]
    lags = [l for _, _, l in window if l is not None]
    first, last = window[0][1], window[-1][1]
    if now - last > last - first and all(e > offsets[-1] for e, _ in ends):
        return "stop"
    drops = [i for i in range(1, len(offsets)) if offsets[i] < offsets[i - 1]]
    if drops and max(offsets[drops[0]:]) < offsets[drops[0] - 1]:
        return "rewind"
    if any(l <= p["allowed_lag"] for l in lags):
        return "ok"
    if len(set(offsets)) == 1:
        return "stall"
    return "warn" if lags == sorted(lags) else "ok"
