"""What a story is, what a stage must offer to play it, and what came of it."""
import dataclasses
import importlib
import pathlib

STORIES = pathlib.Path(__file__).resolve().parent / "stories"
KINDS = ("clock", "broker")
GROUPS = ("classic", "consumer", "none", "share", "streams", "connect")
# In the order of the page.
THEMES = (
    "Healthy groups that look ill",
    "Groups in trouble",
    "Transactions",
    "Time lag",
    "Retention",
    "Topics that change",
    "Kinds of groups",
    "Coming and going",
    "A blind monitor",
    "Causes",
)


@dataclasses.dataclass(frozen=True)
class Story:
    id: str        # short and unique; design rows keep theirs: "F3'", "N1"
    title: str     # one sentence: what happens
    kind: str      # "clock": injected clock, simulated Kafka; "broker": a real one
    group: str     # which kind of group it is about, one of GROUPS
    theme: str     # one of THEMES
    event: str     # a few words: the event that the verdict follows
    expected: str  # "OK → STOPPED (stopped)"
    others: str = ""    # what other monitors make of it, one sentence; empty: not known
    brokers: tuple = ("4",)  # of a broker story: which releases it runs against, "4" and "3.9"
    alone: bool = False  # of a broker story: it takes something away from all, so it comes last

    def __post_init__(self):
        for value, known in ((self.kind, KINDS), (self.group, GROUPS), (self.theme, THEMES)):
            if value not in known:
                raise ValueError(f"story {self.id}: \"{value}\" is none of {', '.join(known)}")
        for text in (self.id, self.title, self.event, self.expected):
            if not text or "\n" in text:
                raise ValueError(f"story {self.id}: an empty text, or one of several lines")


@dataclasses.dataclass
class Sighting:
    """A verdict that was waited for."""
    what: str
    true_since: str = ""      # which rule became true, in words; empty: not measured
    seen_after: float = None  # seconds from then until REST said so
    at_most: float = None     # what was promised; null: nothing


@dataclasses.dataclass
class Outcome:
    story: str
    passed: bool
    sightings: list
    took: float        # seconds of real time
    problem: str = ""  # what was expected, what was seen, and the trace

    def as_json(self):
        return {"story": self.story, "passed": self.passed, "took_seconds": round(self.took, 2),
                "problem": self.problem,
                "sightings": [dataclasses.asdict(sighting) for sighting in self.sightings]}


@dataclasses.dataclass(frozen=True)
class Script:
    name: str  # of its file, without ".py"
    story: Story
    play: object


def all_scripts():
    """Every story of the folder, by theme and then by name of file."""
    found = []
    for path in sorted(STORIES.glob("*.py")):
        if path.stem == "__init__":
            continue
        module = importlib.import_module(f"tests.scenarios.stories.{path.stem}")
        found.append(Script(path.stem, module.STORY, module.play))
    ids = [script.story.id for script in found]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"several stories call themselves {', '.join(twice)}")
    return sorted(found, key=lambda script: THEMES.index(script.story.theme))
