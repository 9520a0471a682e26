"""Groups, members and topics that come and go, by a clock that is moved by hand: what a pipeline
holds after each hour of it, and after all have left."""
import dataclasses
import json

from tests.bench.tools import run_tool
from tests.support.places import BUILD

PROGRAM = BUILD / "tests" / "pipeline" / "churn_memory"
LIMIT = 7200
SETTLED = 3  # hours: as many groups came as went, and what is bounded in number is full


@dataclasses.dataclass(frozen=True)
class Churn:
    groups_an_hour: int
    topics_an_hour: int
    hours: int


def measure(size, say):
    say(f"{size.hours} hours of {size.groups_an_hour:,} groups that come and go")
    words = [f"{name}={value}" for name, value in dataclasses.asdict(size).items()]
    lines = run_tool(PROGRAM, *words, limit=LIMIT)
    return summary(size, [json.loads(line) for line in lines.splitlines()])


def summary(size, rows):
    """The last row is that after all had left."""
    *hours, gone = rows
    by_hour = {row["hour"]: row for row in hours}
    return {"hours": size.hours, "groups_an_hour": size.groups_an_hour,
            "settled_hour": min(SETTLED, size.hours), "rows": rows,
            "settled": by_hour[min(SETTLED, size.hours)], "last": by_hour[size.hours],
            "gone": gone}
