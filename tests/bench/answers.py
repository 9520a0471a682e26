"""How long REST answers take while the daemon reads a live stream and is scraped in a loop."""
import dataclasses

from tests.bench.big_cluster import NAME
from tests.bench.cores import first_in_line
from tests.bench.live_stream import loaded, stream
from tests.bench.tools import tool
from tests.support.waiting import eventually

GROUPS = 65_000  # listed; those that commit all the time are some of them
KEYS = ("name", "lag", "time_lag", "status")
SORTS = [sign + key for key in KEYS for sign in ("", "-")]
CONNECTIONS = 4
REQUESTS = 90  # a second
SCRAPE_EVERY_MS = 10_000
SMALL_TOPICS = 300  # of one partition, read by many of the others each
SMALL_ROUNDS = 2
# The machine may stand still for a while, and every answer then waits. The client, which comes
# before all others on a core of its own, is late then too: of so many rounds the one counts in which
# it was late by least, and one in which it was hardly late ends them.
MOST_ROUNDS = 4
HARDLY_LATE_MS = 6
NOTHING = "nothing"  # an answer without work: what threads, sockets and the machine take


def measure(cluster, reading, seconds, say):
    add_small_groups(cluster, reading)
    scraped = []
    with stream(cluster) as written, loaded(
            "scrape_load", scraped, reading.daemon.url, f"every_ms={SCRAPE_EVERY_MS}",
            "encoding=plain"), first_in_line():
        asked = steadiest(lambda: ask(cluster, reading, seconds, say))
    return summary(asked, written[0], scraped[0]["scrapes"])


def ask(cluster, reading, seconds, say):
    say(f"asking for answers for {seconds} s")
    return tool("rest_load", reading.daemon.url, f"connections={CONNECTIONS}", f"rate={REQUESTS}",
                f"seconds={seconds}", *kinds(cluster.world))


def steadiest(ask_once):
    """The round of which the client tells that it was late by least, and how many there were."""
    rounds = [ask_once()]
    while rounds[-1]["late_ms"] > HARDLY_LATE_MS and len(rounds) < MOST_ROUNDS:
        rounds.append(ask_once())
    return {**min(rounds, key=lambda asked: asked["late_ms"]), "rounds": len(rounds)}


def add_small_groups(cluster, reading):
    """As many groups as there shall be, those of one partition that commit no more."""
    big = cluster.world
    small = dataclasses.replace(big, groups=GROUPS - big.groups, first_group=big.groups,
                                topics=SMALL_TOPICS, first_topic=big.topics, partitions=1,
                                rounds=SMALL_ROUNDS)
    cluster.make_topics(small)
    cluster.write_commits(small)
    eventually("all groups are listed", lambda: listed(reading) == GROUPS, 120)


def listed(reading):
    return reading.daemon.get(f"/api/v1/groups?cluster={NAME}&limit=1")[1]["page"]["total"]


def kinds(world):
    group = f"payments-enrichment-{{{0:05}-{world.groups - 1:05}}}"
    words = [f"group={len(SORTS)}:/api/v1/clusters/{NAME}/groups/{group}",
             f"{NOTHING}={len(SORTS)}:/healthz"]
    return words + [f"page by {sort}=1:/api/v1/groups?cluster={NAME}&sort={sort}"
                    for sort in SORTS]


def summary(asked, written, scrapes):
    kinds_seen = asked["kinds"]
    failed = {kind: row["errors"] for kind, row in kinds_seen.items() if row["errors"]}
    if failed:
        raise RuntimeError(f"requests failed: {failed}")
    pages = [row for kind, row in kinds_seen.items() if kind.startswith("page")]
    return {"kinds": kinds_seen, "late_ms": asked["late_ms"], "rounds": asked["rounds"],
            "group_p99_ms": kinds_seen["group"]["p99_ms"],
            "page_p99_ms": max(row["p99_ms"] for row in pages),
            "commits_written_per_second": written["commits_per_second"], "scrapes": scrapes}
