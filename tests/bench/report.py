"""What a run has seen, as tables for people."""
from tests.bench.aims import AIMS, MB
from tests.bench.measured import median
from tests.bench.micro_bench import milliseconds


def aims(results):
    """(aim, what was seen) for all that was measured"""
    rows = []
    for aim in AIMS:
        try:
            rows.append((aim, aim.seen(results)))
        except KeyError:
            continue
    return rows


def aims_table(results):
    lines = ["| what | target | stretch | seen | |", "|---|---|---|---|---|"]
    lines += [f"| {aim.what} | ≤ {aim.show(aim.target)} | {aim.show(aim.stretch)} | "
              f"{aim.show(value)} | {aim.verdict(value)} |" for aim, value in aims(results)]
    return lines


def peers_table(results):
    """The bare reader and the daemon side by side, so that each ratio can be looked through."""
    sizes = results.get("catch_up", {})
    if not sizes:
        return []
    lines = ["", "| catch-up | bare reader | Tidemark | ratios of the pairs: CPU; wall |",
             "|---|---|---|---|"]
    for size, seen in sizes.items():
        name = f"{size}: {seen['records']:,} commits of {seen['group_partitions']:,}"
        lines.append(f"| {name} | {pace(seen, 'bare')} | {pace(seen, 'tidemark')} | "
                     f"{ratios(seen, 'cpu')}; {ratios(seen, 'wall')} |")
    return lines


def pace(seen, reader):
    seconds, cpu = median(seen[reader], "seconds"), median(seen[reader], "cpu_seconds")
    return f"{seen['records'] / seconds / 1e6:.2f} M/s, {seconds:.2f} s, CPU {cpu:.2f} s"


def ratios(seen, kind):
    return " ".join(f"{pair[kind]:.2f}" for pair in seen["pairs"])


def shares(threads):
    total = sum(threads.values())
    return ", ".join(f"`{name}` {seconds / total:.0%}" for name, seconds in threads.items()
                     if seconds >= total / 50)


def catch_up_details(size, seen):
    rows = [(f"{size}: CPU of the catch-up by thread",
             shares(seen["tidemark"][-1]["cpu_by_thread"])),
            (f"{size}: the tick with all first verdicts",
             f"{seen['first_verdicts_seconds'] * 1e3:.0f} ms"),
            (f"{size}: peak of the catch-up", f"{seen['peak'] / MB:.0f} MB")]
    if "stream" in seen:
        rows += stream_details(seen["stream"])
    if "rest" in seen:
        rows += rest_details(seen["rest"])
    if "scrape" in seen:
        rows += scrape_details(seen["scrape"])
    return rows


def stream_details(seen):
    written, read = seen["commits_written_per_second"], seen["commits_read_per_second"]
    return [("live stream: commits written, read", f"{written:,.0f}, {read:,.0f} a second"),
            ("live stream: CPU a minute by thread", shares(seen["cpu_per_minute_by_thread"]))]


def rest_details(seen):
    rows = [(f"REST under load: {kind}",
             f"p50 {row['p50_ms']:.2f}, p99 {row['p99_ms']:.2f}, worst {row['max_ms']:.1f} ms "
             f"of {row['count']:,}") for kind, row in seen["kinds"].items()]
    return rows + [("the scrape loop meanwhile",
                    f"{len(seen['scrapes'])} pages, first byte "
                    f"{median(seen['scrapes'], 'first_byte_ms'):.1f} ms, whole page "
                    f"{median(seen['scrapes'], 'total_ms') / 1e3:.2f} s")]


def scrape_details(seen):
    rows = []
    for kind in ("plain", "gzip", "changed"):
        pages = seen[kind]
        rows.append((f"/metrics at 1 M, {kind}: {pages[0]['series']:,} series",
                     f"{median(pages, 'total_ms') / 1e3:.2f} s, CPU "
                     f"{median(pages, 'cpu_seconds'):.2f} s, {median(pages, 'bytes') / MB:.0f} MB, "
                     f"first byte {median(pages, 'first_byte_ms'):.1f} ms, extra memory "
                     f"{max(row['extra_memory'] for row in pages) / MB:.1f} MB"))
    return rows


def memory_details(seen):
    return [("a pipeline, when every window has filled",
             f"{seen['rss_each']:.0f} bytes a group-partition"),
            (f"a pipeline, after {seen['hours']:g} h of uneven production",
             f"{seen['rss_each_after_refreshes']:.0f} bytes a group-partition"),
            ("a window in the store", f"{seen['window_store_each']:.0f} bytes")]


def log_end_details(seen):
    rows = [("mock brokers", seen), ("real brokers", seen["real"])]
    return [(f"log ends of {row['partitions']:,} partitions, {seen['brokers']} {name}",
             f"{row['seconds']:.3f} s, CPU {row['cpu_seconds']:.3f} s") for name, row in rows]


def details_table(results):
    rows = []
    for size, seen in results.get("catch_up", {}).items():
        rows += catch_up_details(size, seen)
    if "memory" in results:
        rows += memory_details(results["memory"])
    if "log_ends" in results:
        rows += log_end_details(results["log_ends"])
    for name, row in results.get("parts", {}).items():
        rate = row.get("items_per_second")
        rows.append((f"`{name}`",
                     f"{rate / 1e6:.2f} M/s" if rate else f"{milliseconds(row):.2f} ms"))
    if not rows:
        return []
    return ["", "| detail | |", "|---|---|", *[f"| {what} | {seen} |" for what, seen in rows]]


def page(results):
    on = results["machine"]
    heading = (f"{results['date']}, {on['cpu']}, {on['cores']} cores, {on['memory_gb']:.0f} GB, "
               f"Linux {on['kernel']}, load {on['load_before']:.1f} before")
    if results["quick"]:
        heading += " (a reduced run: it shows that everything works, and no figure of it counts)"
    return "\n".join([heading, "", *aims_table(results), *peers_table(results),
                      *details_table(results)]) + "\n"
