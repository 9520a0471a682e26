"""The tables of docs/performance.md, which a run replaces whole. Each stands between two marks of
its name."""
import itertools

from tests.support.places import SOURCE

PAGE = SOURCE / "docs" / "performance.md"


def marks(name):
    return f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"


def put(name, tables, page=PAGE):
    begin, end = marks(name)
    before, found, rest = page.read_text().partition(begin)
    _, ends, after = rest.partition(end)
    if not found or not ends:
        raise RuntimeError(f"{page}: no place for {name}")
    page.write_text(f"{before}{begin}{tables}{end}{after}")


def rows(page=PAGE):
    """The cells of each row of the table of aims."""
    tables = page.read_text().partition(marks("results")[0])[2]
    lines = tables.partition("| what |")[2].splitlines()[2:]
    table = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
