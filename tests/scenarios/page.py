"""docs/scenarios.md: made from the stories' texts and the newest results.

Texts come from the stories and are checked by a test; times come from the results in the build tree,
or from the page as it was where a story has none there.
"""
import json
import re

from tests.scenarios.story import THEMES, all_scripts
from tests.support.places import SOURCE

PAGE = SOURCE / "docs" / "scenarios.md"
HEAD = """# Scenarios

Every promise about a verdict is shown by a story that runs through the whole pipeline. This page is
made by `python3 -m tests.scenarios.run page` from [tests/scenarios](../tests/scenarios/README.md): edit
the stories, not the page.

*Broker*: played on a real Kafka of these releases, with real clients and the real daemon; empty:
played with an injected clock, from the records of the offsets topic to the REST answer. *Seen after*:
from the moment a rule became true to the verdict in REST, in the newest run; on the injected clock it
is held against the promise: one tick (1 s), one log-end interval (10 s), and the probe where one is
needed. *Others* says what other monitors make of the same events, where that was seen.
"""
COLUMNS = ("Id", "Story", "Group", "Expected", "Broker", "Seen after", "Others")


def cell(text):
    return text.replace("|", "\\|")


def cells(line):
    return [part.strip().replace("\\|", "|") for part in re.split(r"(?<!\\)\|", line)[1:-1]]


def rows_of(text):
    """{id: cells} of a page."""
    found = {}
    for line in text.splitlines():
        if line.startswith("| ") and len(cells(line)) == len(COLUMNS):
            found[cells(line)[0]] = cells(line)
    found.pop(COLUMNS[0], None)
    return found


def texts(story):
    """A row without its time."""
    broker = ", ".join(story.brokers) if story.kind == "broker" else ""
    return [story.id, story.title, story.group, story.expected, broker, "", story.others]


def times(build):
    """{name of the story: "3.2 s, 11.0 s"}; a story of two releases has those of the newest."""
    found = {}
    for path in sorted(build.glob("scenarios-*.json"), key=lambda one: -len(one.name)):
        for outcome in json.loads(path.read_text()):
            seen = [f"{one['seen_after']:.1f} s" for one in outcome["sightings"]
                    if one["seen_after"] is not None]
            if seen and outcome["passed"]:
                found[outcome["story"]] = ", ".join(seen)
    return found


def make(build, before):
    """The page's text; `before` is the page as it was."""
    scripts, measured, kept = all_scripts(), times(build), rows_of(before)
    clock = sum(script.story.kind == "clock" for script in scripts)
    parts = [HEAD, f"{len(scripts)} stories: {clock} with an injected clock, "
                   f"{len(scripts) - clock} on a real broker.\n"]
    for theme in THEMES:
        of_theme = [script for script in scripts if script.story.theme == theme]
        if not of_theme:
            continue
        lines = [f"## {theme}\n", "| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
        for script in of_theme:
            row = texts(script.story)
            row[5] = measured.get(script.name) or kept.get(row[0], row)[5]
            lines.append("| " + " | ".join(map(cell, row)) + " |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def without_times(text):
    """What a test compares: rows without their times, and everything else as it is."""
    lines = []
    for line in text.splitlines():
        if line.startswith("| "):
            row = cells(line)
            lines.append("|".join(row[:5] + row[6:]))
        else:
            lines.append(line)
    return lines


def write(build):
    before = PAGE.read_text() if PAGE.exists() else ""
    PAGE.write_text(make(build, before))
