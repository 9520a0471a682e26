"""Plays the stories and says what came of them: python3 -m tests.scenarios.run --help"""
import argparse
import concurrent.futures
import json
import sys
import time
import traceback

from tests.scenarios import page
from tests.scenarios.story import Outcome, all_scripts
from tests.support.places import BUILD


def results_file(kind, release):
    suffix = "" if kind == "clock" or release == "4" else "-" + release
    return BUILD / f"scenarios-{kind}{suffix}.json"


def chosen(kind, release, only):
    """The stories to be played; an unknown name is an error."""
    found = [script for script in all_scripts() if script.story.kind == kind
             and (kind == "clock" or release in script.story.brokers)]
    for name in only:
        if not any(name in (script.name, script.story.id) for script in found):
            raise SystemExit(f"no {kind} story is called {name}")
    return [script for script in found
            if not only or script.name in only or script.story.id in only]


def session_of(kind, release):
    # A stage is loaded by those who play on it only.
    if kind == "clock":
        from tests.scenarios.clock_stage import Session
    else:
        from tests.scenarios.live_stage import Session
    return Session(release)


def play(session, script):
    began = time.monotonic()
    stage, problem = None, ""
    try:
        stage = session.open(script)
        script.play(stage)
    except Exception as failure:  # whatever it was, the other stories go on
        problem = f"{type(failure).__name__}: {failure}"
        if not isinstance(failure, AssertionError):
            problem += "\n" + traceback.format_exc()
        problem += "\n" + described(stage)
    finally:
        if stage is not None:
            stage.close()
    return Outcome(script.name, not problem, stage.sightings if stage else [],
                   time.monotonic() - began, problem)


def play_all(session, scripts):
    """As many at a time as the session bears (one, if it does not say); then those that want to be
    alone. The outcomes, in the order of the scripts."""
    def told(script):
        outcome = play(session, script)
        if not outcome.passed:
            print(f"--- {script.story.id} ({script.name}.py): {script.story.title}\n"
                  f"{outcome.problem}\n", flush=True)
        return outcome
    at_once = getattr(session, "together", 1)
    outcomes = {}
    if at_once > 1:
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            shared = [script for script in scripts if not script.story.alone]
            outcomes = dict(zip([script.name for script in shared], pool.map(told, shared)))
    return [outcomes.get(script.name) or told(script) for script in scripts]


def described(stage):
    try:
        return stage.describe() if stage is not None else ""
    except Exception as failure:
        return f"(and the stage can't be asked any more: {failure})"


def row(script, outcome):
    measured = [one for one in outcome.sightings if one.seen_after is not None]
    since = "; ".join(one.true_since for one in measured) or "-"
    after = "; ".join(f"{one.seen_after:.1f} s" for one in measured) or "-"
    return (script.story.id, script.story.expected, since, after,
            "ok" if outcome.passed else "FAILED")


def table(rows):
    rows = [("scenario", "expected", "true since", "seen after", "result"), *rows]
    widths = [max(len(line[column]) for line in rows) for column in range(5)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip()
                     for line in rows)


def run(kind, release, only):
    scripts = chosen(kind, release, only)
    with session_of(kind, release) as session:
        outcomes = play_all(session, scripts)
    print(table([row(*pair) for pair in zip(scripts, outcomes)]))
    failed = [outcome.story for outcome in outcomes if not outcome.passed]
    for outcome in outcomes:
        if not outcome.passed:
            print(f"{outcome.story}: {outcome.problem.splitlines()[0]}")
    print(f"{len(outcomes) - len(failed)} of {len(outcomes)} stories hold"
          + (f"; not: {', '.join(failed)}" if failed else ""))
    if not only:
        results_file(kind, release).write_text(
            json.dumps([outcome.as_json() for outcome in outcomes], indent=1) + "\n")
    return 1 if failed or not outcomes else 0


def arguments():
    parser = argparse.ArgumentParser(description="Plays the stories of tests/scenarios/stories.")
    parser.add_argument("what", choices=("clock", "broker", "page"))
    parser.add_argument("--release", default="4", choices=("4", "3.9"), help="of the broker")
    parser.add_argument("--only", nargs="+", default=[], metavar="STORY", help="ids or file names")
    return parser.parse_args()


def main():
    asked = arguments()
    if asked.what == "page":
        page.write(BUILD)
        return 0
    return run(asked.what, asked.release, asked.only)


if __name__ == "__main__":
    sys.exit(main())
