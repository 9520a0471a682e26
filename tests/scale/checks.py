"""What has to hold whatever the speed of the machine: each check returns its problems as sentences."""
import collections
import gzip
import json
import subprocess
import urllib.request

from tests.scale.stage import CLUSTER
from tests.support.daemon import quoted
from tests.support.places import PROMTOOL

SORTS = ("name", "-name", "lag", "-lag", "time_lag", "-time_lag", "status", "-status")
WORST_LAST = ["OK", "UNKNOWN", "WARNING", "ERROR"]
SLOW = ("log_ends_overrun",)  # counts what a busy machine does, no failure
SLOW_LINES = (" log_ends_overrun: ", ": its inlet is full for ")  # of the log, likewise
PROMTOOL_BEARS = 2_000_000  # series
GENEROUS = {"fixed_mb": 220, "bytes_each": 400}
GENEROUS_PEAK = {"fixed_mb": 350, "bytes_each": 600}
MOST_EVENTS = 1000  # are kept


# --- lists -----------------------------------------------------------------------------------------

def pages(daemon, path):
    """All rows of a list, page by page."""
    rows, cursor = [], None
    while True:
        status, answer = daemon.get(path + (f"&cursor={quoted(cursor)}" if cursor else ""))
        if status != 200:
            raise AssertionError(f"{path}: HTTP {status}: {answer}")
        rows += answer["data"]
        cursor = answer["page"]["next_cursor"]
        if not cursor:
            return rows


def all_groups_listed(daemon, size, sorts=SORTS):
    """Nothing is lost or repeated from page to page, and the order is as asked for."""
    problems = []
    for sort in sorts:
        rows = pages(daemon, f"/api/v1/groups?cluster={CLUSTER}&limit=300&sort={sort}")
        names = [row["group"] for row in rows]
        if sorted(names) != size.all_groups():
            problems.append(f"sort={sort}: {len(names)} rows, {len(set(names))} names, "
                            f"{size.groups} groups")
        keys = [sort_key(row, sort.lstrip("-")) for row in rows]
        known = [key for key in keys if key is not None]
        if known != sorted(known, reverse=sort.startswith("-")):
            problems.append(f"sort={sort}: not in this order")
        if None in keys[:len(known)]:
            problems.append(f"sort={sort}: what is unknown does not come last")
    topics = [row["topic"] for row in
              pages(daemon, f"/api/v1/clusters/{CLUSTER}/topics?limit=30") ]
    missing = {size.topic(number) for number in range(size.topics)} - set(topics)
    if missing or len(topics) != len(set(topics)):
        problems.append(f"topics: {len(topics)} rows; missing: {sorted(missing)[:5]}")
    return problems


def sort_key(row, sort):
    if sort == "status":
        return WORST_LAST.index(row["status"])
    return row[{"name": "group", "lag": "lag", "time_lag": "time_lag_seconds"}[sort]]


# --- verdicts --------------------------------------------------------------------------------------

def verdicts(daemon):
    """{group: (status, reason)}"""
    rows = pages(daemon, f"/api/v1/groups?cluster={CLUSTER}&limit=1000")
    return {row["group"]: (row["status"], row["reason"]) for row in rows}


def expected_verdicts(size, stalled, stopped):
    """{group: (status, reasons)} while the stream goes on."""
    expected = {group: ("OK", None) for group in size.all_groups()}
    expected.update({size.group(number): ("ERROR", ("stalled",)) for number in stalled})
    expected.update({size.group(number): ("ERROR", ("stopped",)) for number in stopped})
    return expected


def wrong_verdicts(seen, expected):
    wrong = []
    for group, (status, reasons) in expected.items():
        said = seen.get(group, ("not shown", ""))
        if said[0] != status or (reasons and said[1] not in reasons):
            wrong.append(f"{group}: {' '.join(said)} instead of {status} {reasons or ''}")
    wrong += [f"{group}: nobody made it" for group in seen.keys() - expected.keys()]
    return wrong


def accused_wrongly(size, events, gaps):
    """`gaps`: {group that moved: for how many seconds it went without a commit at most}, as the
    broker had them. Whoever moved was never called anything else than OK, but where machine or broker
    stood still for so long that it truly went without."""
    return [f"{row['group']}: {row['from']} -> {row['to']}: {row['sentence']} (went without a commit "
            f"for {gaps[row['group']]:.0f} s at most)" for row in events
            if row["kind"] == "status" and row["group"] in gaps
            and gaps[row["group"]] < size.right_to_accuse]


def events_of(daemon):
    return daemon.data(f"/api/v1/events?cluster={CLUSTER}&limit={MOST_EVENTS}")


def lost_events(events, since_ms):
    """With as many as are kept, older ones have left: nobody knows what they said."""
    if len(events) < MOST_EVENTS or min(row["at_ms"] for row in events) < since_ms:
        return []
    return [f"{len(events)} events since the loads began: those before can't be looked at"]


# --- offsets ---------------------------------------------------------------------------------------

def wrong_offsets(daemon, size, stream):
    """The newest commit of every group and partition, lag included, against what was written."""
    standing = set(stream["stalled"]) | set(stream["stopped"])
    wrong = []
    for number in range(size.groups):
        topic = number % size.topics
        ends = stream["log_ends"][topic]
        written = stream["began_at"][topic] if number in standing else ends
        group = daemon.data(f"/api/v1/clusters/{CLUSTER}/groups/{size.group(number)}?window=false")
        seen = {(row["topic"], row["partition"]): (row["committed_offset"], row["log_end"],
                                                   row["lag"]) for row in group["partitions"]}
        expected = {(size.topic(topic), p): (offset, ends[p], ends[p] - offset)
                    for p, offset in enumerate(written)}
        if seen != expected:
            differs = [key for key in expected if seen.get(key) != expected[key]]
            wrong.append(f"{size.group(number)}: {len(differs)} of {len(expected)} differ, "
                         f"{differs[:1]}: {seen.get(differs[0])} instead of {expected[differs[0]]}"
                         if differs else f"{size.group(number)}: more partitions than it has")
    return wrong


# --- metrics ---------------------------------------------------------------------------------------

def series_by_family(lines):
    count = collections.Counter()
    for line in lines:
        if line and not line.startswith(b"#"):
            count[line[:min(line.find(b"{") % len(line), line.find(b" ") % len(line))]] += 1
    return {name.decode(): number for name, number in count.items()}


def page(daemon, encoding):
    request = urllib.request.Request(daemon.url + "/metrics", headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=300) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(body) if packed else body, packed


def wrong_metrics(daemon, size, tell):
    """`tell` hears what promtool said of the page."""
    plain, _ = page(daemon, "identity")
    unpacked, packed = page(daemon, "gzip")
    families = series_by_family(plain.split(b"\n"))
    expected = {
        "tidemark_group_status": size.groups,
        "tidemark_group_lag": size.groups,
        "tidemark_partition_status": size.group_partitions,
        "tidemark_partition_lag": size.group_partitions,
        "tidemark_partition_committed_offset": size.group_partitions,
        "burrow_kafka_consumer_partition_lag": size.group_partitions,
        "tidemark_topic_partition_log_end_offset": size.topic_partitions,
    }
    problems = [f"{name}: {families.get(name)} series instead of {number}"
                for name, number in expected.items() if families.get(name) != number]
    if not packed:
        problems.append("a scraper that takes gzip gets a plain page")
    of_packed = series_by_family(unpacked.split(b"\n"))
    if {name: of_packed.get(name) for name in expected} != {
            name: families.get(name) for name in expected}:
        problems.append("the compressed page has other series than the plain one")
    series = sum(families.values())
    if series > PROMTOOL_BEARS:
        tell(f"left out: {series:,} series, and it bears {PROMTOOL_BEARS:,}")
    else:
        said = subprocess.run([PROMTOOL, "check", "metrics"], input=plain, capture_output=True,
                              timeout=300, check=False)
        if said.returncode != 0:
            problems.append(f"promtool: {said.stdout.decode()[:500]} {said.stderr.decode()[:500]}")
        tell(f"{'refused' if said.returncode else 'took'} {series:,} series")
    return problems


# --- the daemon itself -----------------------------------------------------------------------------

def unhealthy(cluster, records):
    """Everything was read, and nothing was lost, refused or given up."""
    health = cluster["health"]
    expected = {"records_read": records, "decode_errors": {}, "skipped_records": {},
                "stale_log_ends": 0, "probes_failed": 0,
                "probes_skipped": 0}
    problems = [f"{name}: {health[name]} instead of {value}" for name, value in expected.items()
                if health[name] != value]
    problems += [f"{kind}: {count} failed" for kind, count in health["collector_errors"].items()
                 if kind not in SLOW]
    problems += [f"queue {queue['name']}: {queue['dropped']} dropped" for queue in health["queues"]
                 if queue["dropped"]]
    problems += [f"queue {queue['name']}: {queue['depth']} left" for queue in health["queues"]
                 if queue["depth"] > 10]
    return problems


def bad_lines(log):
    """(Lines of the log that must not be, how many tell only of a busy machine)"""
    bad = [line for line in log.splitlines()
           if line.split()[1:2] in (["warning"], ["error"], ["critical"])]
    slow = [line for line in bad if any(words in line for words in SLOW_LINES)]
    return [line for line in bad if line not in slow], len(slow)


def over_the_limits(watch):
    return [f"queue {name} was filled to {full:.2f} of its limit"
            for name, full in watch.fullest.items() if full > 1]


def too_much_memory(watch, size):
    seen = watch.memory()
    limits = {"now": GENEROUS, "peak": GENEROUS_PEAK}
    bounds = {name: limit["fixed_mb"] + limit["bytes_each"] * size.group_partitions / 2**20
              for name, limit in limits.items()}
    return [f"memory {name}: {seen[name]:.0f} MB, more than {bounds[name]:.0f} MB"
            for name in limits if seen[name] > bounds[name]]


def failed_requests(done):
    problems = [f"REST {kind}: {row['errors']} of {row['count'] + row['errors']} failed"
                for kind, row in done["rest"]["kinds"].items() if row["errors"]]
    problems += [f"REST {kind}: never asked for" for kind, row in done["rest"]["kinds"].items()
                 if not row["count"]]
    scrapes = done["scrape"]["scrapes"]
    problems += [f"a scrape got HTTP status {one['status']}" for one in scrapes
                 if one["status"] != 200]
    if not scrapes or len({one["encoding"] for one in scrapes}) < 2:
        problems.append(f"only {len(scrapes)} scrapes")
    return problems


# --- the terminal ----------------------------------------------------------------------------------

def wrong_in_the_terminal(stage):
    size, problems = stage.size, []
    out = stage.command("groups", "--cluster", CLUSTER)
    listed = sum(1 for line in out.splitlines() if "payments-enrichment-" in line)
    if listed != size.groups:
        problems.append(f"tidemark groups: {listed} groups instead of {size.groups}")
    rows = json.loads(stage.command("groups", "--json", "--sort", "-lag"))["data"]
    if len(rows) != size.groups:
        problems.append(f"tidemark groups --json: {len(rows)} rows instead of {size.groups}")
    described = stage.command("describe", CLUSTER, size.group(size.groups - 1))
    topic = size.topic((size.groups - 1) % size.topics)
    rows = sum(1 for line in described.splitlines() if topic in line)
    if rows < size.partitions:
        problems.append(f"tidemark describe: {rows} lines of {size.partitions} partitions")
    return problems
