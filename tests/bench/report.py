"""What a run has seen, as tables for people."""
from tests.bench.aims import AIMS, MB
from tests.bench.measured import median
from tests.bench.micro_bench import FAMILIES, milliseconds

REASON = 300  # characters of it


def aim_row(aim, seen, verdict):
    return (f"| {aim.what} | ≤ {aim.show(aim.target)} | {aim.show(aim.stretch)} | {seen} | "
            f"{verdict} |")


def aims_table(results, every_aim):
    """What was not measured has a row only where each aim is to have one, or where it failed."""
    lines = ["| what | target | stretch | seen | |", "|---|---|---|---|---|"]
    for aim in AIMS:
        value = aim.seen(results)
        if value is not None:
            lines.append(aim_row(aim, aim.show(value), aim.verdict(value)))
        elif aim.part in results["failed"]:
            lines.append(aim_row(aim, "–", "**failed**"))
        elif every_aim:
            lines.append(aim_row(aim, "–", "–"))
    return lines


def failures_table(results):
    rows = [f"| {part} | {why.replace('|', '/')[:REASON]} |"
            for part, why in results["failed"].items()]
    return ["", "| failed | why |", "|---|---|", *rows] if rows else []


def catch_ups(results):
    return {name: seen for name, seen in results["parts"].items() if name.startswith("catch-up, ")}


def peers_table(results):
    """The bare reader and the daemon side by side, so that each ratio can be looked through."""
    sizes = catch_ups(results)
    if not sizes:
        return []
    lines = ["", "| | bare reader | Tidemark | ratios of the pairs: CPU; wall |",
             "|---|---|---|---|"]
    for part, seen in sizes.items():
        name = f"{part}: {seen['records']:,} commits of {seen['group_partitions']:,}"
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


def catch_up_details(part, seen):
    return [(f"{part}: CPU by thread", shares(seen["tidemark"][-1]["cpu_by_thread"])),
            (f"{part}: the daemon's peak", f"{seen['peak'] / MB:.0f} MB")]


def stream_details(_, seen):
    written, read = seen["commits_written_per_second"], seen["commits_read_per_second"]
    return [("live stream: commits written, read", f"{written:,.0f}, {read:,.0f} a second"),
            ("live stream: CPU a minute by thread", shares(seen["cpu_per_minute_by_thread"]))]


def rest_details(_, seen):
    rows = [(f"REST under load: {kind}",
             f"p50 {row['p50_ms']:.2f}, p99 {row['p99_ms']:.2f}, worst {row['max_ms']:.1f} ms "
             f"of {row['count']:,}") for kind, row in seen["kinds"].items()]
    late = f"{seen['late_ms']:.1f} ms"
    if seen.get("rounds", 1) > 1:
        late += f", the least of {seen['rounds']} rounds"
    return rows + [("REST under load: the client itself was late by, at most", late),
                   ("the scrape loop meanwhile",
                    f"{len(seen['scrapes'])} pages, first byte "
                    f"{median(seen['scrapes'], 'first_byte_ms'):.1f} ms, whole page "
                    f"{median(seen['scrapes'], 'total_ms') / 1e3:.2f} s")]


def scrape_details(_, seen):
    rows = []
    for kind in ("plain", "gzip", "changed"):
        pages = seen[kind]
        rows.append((f"/metrics at 1 M, {kind}: {pages[0]['series']:,} series",
                     f"{median(pages, 'total_ms') / 1e3:.2f} s, CPU "
                     f"{median(pages, 'cpu_seconds'):.2f} s, {median(pages, 'bytes') / MB:.0f} MB, "
                     f"first byte {median(pages, 'first_byte_ms'):.1f} ms, extra memory "
                     f"{max(row['extra_memory'] for row in pages) / MB:.1f} MB"))
    return rows


def restart_details(_, seen):
    return [(f"restart, {how}, with {seen['groups']:,} groups",
             f"{row['seconds']:.2f} s, CPU {row['cpu_seconds']:.2f} s, {row['records_read']:,} "
             f"records read; the end before it took {row['stop_seconds']:.2f} s; a snapshot has "
             f"{row['snapshot']['bytes'] / MB:.0f} MB and took "
             f"{row['snapshot']['took_seconds']:.2f} s")
            for how, row in (("orderly", seen["orderly"]), ("killed", seen["killed"]))]


def memory_details(_, seen):
    return [("a pipeline, when every window has filled",
             f"{seen['rss_each']:.0f} bytes a group-partition"),
            (f"a pipeline, after {seen['hours']:g} h of uneven production",
             f"{seen['rss_each_after_refreshes']:.0f} bytes a group-partition"),
            ("a window in the store", f"{seen['window_store_each']:.0f} bytes")]


def log_end_details(part, seen):
    brokers = part.partition(", ")[2]
    return [(f"log ends of {seen['partitions']:,} partitions, {seen['brokers']} {brokers}",
             f"{seen['seconds']:.3f} s, CPU {seen['cpu_seconds']:.3f} s")]


def held_details(_, seen):
    asked = seen["asked_per_second"]
    return [(f"held pipeline: {seen['commits']:,} commits written meanwhile",
             f"{seen['commits_per_second']:,.0f} a second"
             + (f" ({asked:,} asked for)" if asked else "")),
            ("held pipeline: for how long, memory grew by, may grow by",
             f"{seen['held_seconds']:.0f} s, {seen['grown'] / MB:.0f} MB, "
             f"{seen['limit'] / MB:.0f} MB"),
            ("held pipeline: all read, every newest commit right",
             f"{seen['read_after_seconds']:.0f} s after it was let go; fetching had waited for "
             f"{seen['waited_seconds']:.0f} s")]


def churn_details(_, seen):
    def row(when, at):
        return (f"churn, {when}: {at['groups_so_far']:,} groups so far, {at['groups']:,} there",
                f"{at['live_bytes'] / MB:.2f} MB in use, {at['resident_bytes'] / MB:.0f} MB "
                f"resident")
    return [row(f"after hour {seen['settled_hour']}", seen["settled"]),
            row(f"after hour {seen['hours']}", seen["last"]), row("all have left", seen["gone"])]


EXTRAS = {"bytes_a_sample": "{:.2f} bytes a sample", "by_hour_a_group": "{:,.0f} bytes a group",
          "longest_step_ms": "its longest step {:.1f} ms",
          "longest_us": "the longest without a pause {:,.0f} µs", "bytes": "{:,.0f} bytes"}


def extras(row):
    return [form.format(row[key]) for key, form in EXTRAS.items() if key in row]


def family_details(_, seen):
    rows = []
    for name, row in seen.items():
        rate = row.get("items_per_second")
        told = f"{rate / 1e6:.2f} M/s" if rate else f"{milliseconds(row):.2f} ms"
        rows.append((f"`{name}`", ", ".join([told, *extras(row)])))
    return rows


DETAILS = {"stream": stream_details, "restart": restart_details,
           "rest": rest_details, "scrape": scrape_details,
           "memory of a pipeline": memory_details, "log ends, mock brokers": log_end_details,
           "log ends, real brokers": log_end_details, "held": held_details,
           "churn": churn_details, **{part: family_details for part in FAMILIES}}


def details_table(results):
    rows = []
    for part, seen in catch_ups(results).items():
        rows += catch_up_details(part, seen)
    for part, details in DETAILS.items():
        if part in results["parts"]:
            rows += details(part, results["parts"][part])
    if not rows:
        return []
    return ["", "| detail | |", "|---|---|", *[f"| {what} | {seen} |" for what, seen in rows]]


def page(results, every_aim=False):
    on = results["machine"]
    heading = (f"{results['date']}, {on['cpu']}, {on['cores']} cores, {on['memory_gb']:.0f} GB, "
               f"Linux {on['kernel']}, load {on['load_before']:.1f} before")
    if results["quick"]:
        heading += " (a reduced run: it shows that everything works, and no figure of it counts)"
    return "\n".join([heading, "", *aims_table(results, every_aim), *failures_table(results),
                      *peers_table(results), *details_table(results)]) + "\n"
