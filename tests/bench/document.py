"""The tables of docs/performance.md, which a run replaces whole."""
import itertools

from tests.support.places import SOURCE

PAGE = SOURCE / "docs" / "performance.md"
BEGIN = "<!-- results -->\n"
END = "<!-- end of results -->\n"


def put(tables, page=PAGE):
    before, _, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise RuntimeError(f"{page}: no place for results")
    page.write_text(f"{before}{BEGIN}{tables}{END}{after}")


def rows(page=PAGE):
    """The cells of each row of the table of aims."""
    tables = page.read_text().partition(BEGIN)[2]
    lines = tables.partition("| what |")[2].splitlines()[2:]
    table = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
