"""The figures of a run as a table."""

REASON = 300  # characters of a problem
MOST_PROBLEMS = 10


def of(figures):
    size, on = figures["size"], figures["machine"]
    partitions = size["groups"] * size["partitions"]
    lines = [f"{size['groups']:,} groups x {size['partitions']} partitions = {partitions:,} "
             f"group-partitions; {size['topics'] * size['partitions']:,} topic partitions; "
             f"{on['cpu']}, {on['cores']} cores, Linux {on['kernel']}, load "
             f"{on['load_before']:.1f} before", "", "| what | seen |", "|---|---|"]
    return "\n".join(lines + [f"| {what} | {seen} |" for what, seen in rows(figures)]) + "\n"


def rows(figures):
    """Of the parts that were played."""
    found = []
    for needs, part in ((("catch_up",), of_catch_up), (("stream", "memory"), of_the_stream),
                        (("quiet_scrape_gzip",), of_metrics), (("rest",), of_rest),
                        (("stop_seconds",), of_the_end)):
        if all(name in figures for name in needs):
            found += part(figures)
    found.append(("parts of this run", ", ".join(f"{name} {seconds:.0f} s" for name, seconds
                                                 in figures["parts"].items())))
    return found + [("**failed**", problem.replace("|", "/")[:REASON])
                    for problem in figures.get("problems", [])[:MOST_PROBLEMS]]


def of_the_end(figures):
    return [("`tidemark groups` twice and `describe`", f"{figures['terminal_seconds']:.1f} s"),
            ("stopped under load after", f"{figures['stop_seconds']:.2f} s"),
            ("log lines that tell of a busy machine (a refresh overran, the inlet was full)",
             f"{figures['busy_lines']}")]


def of_catch_up(figures):
    start = figures["catch_up"]
    return [("catch-up", f"{start['seconds']:.1f} s, CPU {start['cpu_seconds']:.1f} s, "
                         f"peak {start['peak_mb']:.0f} MB")]


def of_the_stream(figures):
    stream, ticks = figures["stream"], figures["ticks"]
    return [
        ("stream", f"{stream['commits_per_second']:,.0f} commits/s for {stream['seconds']:.0f} s, "
                   f"then {stream['commits'] - stream['streamed']:,} at once"),
        ("records read in all", f"{figures['records']:,}"),
        ("all of that read after", f"{figures['read_after_seconds']:.1f} s"),
        ("CPU per minute, everything together", f"{figures['cpu_per_minute']:.1f} s"),
        ("memory now, peak", f"{figures['memory']['now']:.0f} MB, "
                             f"{figures['memory']['peak']:.0f} MB"),
        ("tick: median, longest seen", f"{sorted(ticks)[len(ticks) // 2] * 1e3:.0f} ms, "
                                       f"{max(ticks) * 1e3:.0f} ms"),
        ("our own view: age of offsets, of log ends, at most",
         f"{figures['offsets_age']:.1f} s, {figures['log_ends_age']:.1f} s"),
        ("a group went without a commit, at most; so long that it may be accused",
         f"{figures['longest_gap']:.0f} s; {figures['rightly_accused']} groups"),
        ("promtool on /metrics", figures["promtool"]),
        ("queues, at most", ", ".join(f"{name} {full * 100:.0f} %" for name, full
                                      in sorted(figures["queues"].items()))),
    ]


def of_metrics(figures):
    found = []
    for name, encoding in (("plain", "identity"), ("gzip", "gzip")):
        quiet = figures["quiet_scrape_" + encoding]
        found.append((f"one scrape while nothing else is asked for, {name}",
                      f"{quiet['seconds']:.1f} s, CPU {quiet['cpu_seconds']:.2f} s"))
        scrapes = [one for one in figures.get("scrape", {"scrapes": []})["scrapes"]
                   if one["encoding"] == name]
        if scrapes:
            worst = {key: max(one[key] for one in scrapes) for key in scrapes[0]
                     if key != "encoding"}
            found.append((f"{len(scrapes)} scrapes under load, {name}: first byte, total, at most",
                          f"{worst['first_byte_ms']:.0f} ms, {worst['total_ms'] / 1e3:.1f} s; "
                          f"{worst['series']:,} series, {worst['bytes'] / 1e6:.0f} MB"))
    return found


def of_rest(figures):
    done = figures["rest"]
    return [(f"REST {kind}: p50, p99, max of {row['count']:,}",
             f"{row['p50_ms']:.1f}, {row['p99_ms']:.1f}, {row['max_ms']:.1f} ms"
             + (f", {row['errors']} failed" if row["errors"] else ""))
            for kind, row in done["kinds"].items()]
