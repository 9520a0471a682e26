"""A backlog of commits, read by the bare reader and by the real daemon in turn, so that what the
machine does at the time hits both. Both are timed from the start of their process."""
from tests.bench.big_cluster import BigCluster
from tests.bench.measured import median


def measure(world, pairs, say, afterwards=lambda cluster, reading: None):
    """`afterwards` is called with the cluster and the daemon of the last pair."""
    with BigCluster(world, say) as cluster:
        cluster.make_topics()
        filled = cluster.write_commits()
        cluster.read_bare()  # into the page cache
        bare, ours = [], []
        for pair in range(1, pairs + 1):
            say(f"reading, pair {pair} of {pairs}")
            bare.append(cluster.read_bare())
            with cluster.monitor() as reading:
                ours.append(reading.read_all())
                if pair == pairs:
                    afterwards(cluster, reading)
    return summary(filled, bare, ours)


def summary(filled, bare, ours):
    for row in bare + ours:
        if row["records"] != filled["commits"]:
            raise RuntimeError(f"{filled['commits']} records were written, {row} was read")
    pairs = [{"wall": mine["seconds"] / other["seconds"],
              "cpu": mine["cpu_seconds"] / other["cpu_seconds"]}
             for other, mine in zip(bare, ours)]
    return {
        "records": filled["commits"],
        "group_partitions": filled["group_partitions"],
        "record_bytes": filled["record_bytes"],
        "bare": bare,
        "tidemark": ours,
        "pairs": pairs,
        "cpu_ratio": median(pairs, "cpu"),
        "wall_ratio": median(pairs, "wall"),
        "peak": max(row["peak"] for row in ours),
    }
