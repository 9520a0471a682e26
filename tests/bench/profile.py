"""Samples of where the time goes. See tests/bench/profile."""
import collections
import contextlib
import dataclasses
import os
import re
import subprocess
import sys
import time

from tests.bench import document, live_stream
from tests.bench.big_cluster import BigCluster
from tests.bench.cores import LOAD, MONITOR, on
from tests.bench.main import FULL, say
from tests.bench.tools import TOOLS
from tests.support.places import temporary_folder

FREQUENCY = 299      # samples a second
STACK = 4096         # bytes of it, copied with each sample
SHOWN = 25
IN_A_PAGE = 10
LEAST_PART = 0.02    # of all samples: threads with fewer are not shown
STREAM_SECONDS = 60
ATTEMPTS = 5         # to attach


@dataclasses.dataclass
class Sample:
    thread: str
    frames: list  # innermost first


def record(arguments, output):
    return ["perf", "record", "-q", "-F", str(FREQUENCY), "--call-graph", f"dwarf,{STACK}",
            "-o", str(output), *arguments]


def samples(lines):
    """Of what `perf script -F comm,ip,sym` prints: blocks, parted by empty lines."""
    sample = None
    for line in lines:
        if not line.strip():
            if sample:
                yield sample
            sample = None
        elif sample is None:
            sample = Sample(line.strip(), [])
        else:
            sample.frames.append(line.strip().partition(" ")[2])
    if sample:
        yield sample


def read(data):
    with subprocess.Popen(["perf", "script", "-i", str(data), "--no-inline", "-F", "comm,ip,sym"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as script:
        yield from samples(script.stdout)


def counted(found, within=""):
    """[(thread, its part of all samples, how many of them, [(function, its part of those)])]: the
    functions that it was seen in most. Only what was called by a function of this name counts."""
    by_thread = collections.defaultdict(collections.Counter)
    for sample in found:
        if sample.frames and (not within or any(within in frame for frame in sample.frames)):
            by_thread[sample.thread][sample.frames[0]] += 1
    total = sum(sum(seen.values()) for seen in by_thread.values())
    for thread, seen in sorted(by_thread.items(), key=lambda row: -sum(row[1].values())):
        own = sum(seen.values())
        if own >= LEAST_PART * total:
            yield thread, own / total, total, [(name, count / own)
                                               for name, count in seen.most_common(SHOWN)]


def lines_of(threads):
    for thread, part, total, functions in threads:
        yield f"{thread}: {part:.0%} of {total:,} samples"
        yield from (f"  {share:6.1%}  {name[:120]}" for name, share in functions)


def table_of(threads):
    """As a page shows it: the names of functions without namespaces and arguments."""
    lines = ["| thread | part of the CPU | where |", "|---|---|---|"]
    for thread, part, _, functions in threads:
        where = ", ".join(f"`{short(name)}` {share:.0%}" for name, share in functions[:IN_A_PAGE])
        lines.append(f"| `{thread}` | {part:.0%} | {where} |")
    return "\n".join(lines) + "\n"


def short(function):
    name = re.sub(r"<[^<>]*>", "", function.replace("(anonymous namespace)::", ""))
    while re.search(r"<[^<>]*>", name):
        name = re.sub(r"<[^<>]*>", "", name)
    name = name.partition("(")[0].split(" ")[-1].replace("tidemark::", "")
    return (name or function)[:60].replace("|", "/")


@contextlib.contextmanager
def sampled(pid, data):
    """Samples a process, which may still be starting, until the end of the block: perf gives up,
    without a word, when a thread that it has just found is gone."""
    for _ in range(ATTEMPTS):
        orders, to_perf = os.pipe()
        from_perf, answers = os.pipe()
        perf = subprocess.Popen(record(["-p", str(pid), f"--control=fd:{orders},{answers}"], data),
                                pass_fds=(orders, answers), stdout=subprocess.DEVNULL)
        os.write(to_perf, b"ping\n")
        os.close(orders)
        os.close(answers)
        with open(to_perf, "w", buffering=1) as out, open(from_perf) as back:
            if back.readline():
                yield
                print("stop", file=out)
                perf.wait(60)
                break
        perf.wait()
    if perf.returncode != 0:
        sys.exit(f"perf ended with {perf.returncode}")


def catch_up(data, groups):
    world = dataclasses.replace(FULL.large, groups=groups)
    with BigCluster(world, say) as cluster:
        cluster.make_topics()
        cluster.write_commits()
        cluster.read_bare()
        say("reading")
        with cluster.monitor() as reading:
            with sampled(reading.pid, data):
                reading.read_all()


def stream(data, groups):
    world = dataclasses.replace(FULL.middle, groups=groups)
    with BigCluster(world, say) as cluster:
        cluster.make_topics()
        cluster.write_commits()
        with cluster.monitor() as reading, live_stream.stream(cluster):
            reading.read_all()
            time.sleep(live_stream.WARM_UP_SECONDS)
            with sampled(reading.pid, data):
                time.sleep(STREAM_SECONDS)


def tick(data, percent):
    name = f"^tick/group_partitions:1000000/percent_changed:{percent}$"
    say("ticking")
    with on(MONITOR):
        subprocess.run(record([TOOLS / "micro_bench", f"--benchmark_filter={name}",
                               "--benchmark_min_time=5"], data), check=True)


def main(words):
    os.sched_setaffinity(0, LOAD)
    data = temporary_folder("profile") / "perf.data"
    in_document = "--document" in words
    kind, *number = [word for word in words if word != "--document"]
    number = [int(word) for word in number]
    if kind == "catch-up":
        catch_up(data, *(number or [FULL.large.groups]))
    elif kind == "stream":
        stream(data, *(number or [FULL.middle.groups]))
    else:
        tick(data, *(number or [100]))
    say("counting samples")
    threads = list(counted(read(data), within="ClusterState::tick" if kind == "tick" else ""))
    if not threads:
        sys.exit("not one sample was taken")
    for line in lines_of(threads):
        print(line)
    if in_document:
        document.put("profile " + kind, table_of(threads))


if __name__ == "__main__":
    main(sys.argv[1:])
