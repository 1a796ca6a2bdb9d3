"""Tables that lie on their side: headings down a column, and a record in each column beside it.

Forms, too: a heading and its answer in each row, one form below the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from kg.errors import SourceError
from kg.model import Finding, Severity, Where
from kg.read.columns import column_letters
from kg.read.header import Search
from kg.read.lexicon import headings_data
from kg.read.rows import Grid, Row, Table
from kg.read.words import squash, words

#: Headings that a column holds at least; a table of three columns may have two in its rows.
_FEWEST = 3
_FIRST_COLUMNS = 3
_ONCE = ("fragment_id", "description")  # what a form asks once
_MOST_ROWS, _MOST_CELLS = 20_000, 4_000_000


def heading_column(rows: Sequence[Row], header: Row | None, search: Search) -> int | None:
    """The column in which headings stand one below the other; None in a table as tables are.

    Args:
        rows: The first rows that hold something.
        header: What was taken for the header.
        search: How headings are looked for.
    """
    if header is not None and _plain_header(header, search):
        return None
    beside = search.score(header.cells) if header is not None else 0
    best, most = None, max(_FEWEST - 1, beside)
    for column in range(_FIRST_COLUMNS):
        cells = [row.cells[column] for row in rows if column < len(row.cells)]
        known = {search.plainly(cell) for cell in cells if cell.strip()} - {None}
        # First what costs nothing: most columns hold no heading at all.
        if len(known) > 1 and (points := search.score(cells)) > most:
            best, most = column, points
    if best is None or _second(rows, best, search) is not None:
        return best
    return None if _described(rows, best, search) else best


def _plain_header(header: Row, search: Search) -> bool:
    """Is a row a header by itself? Then no row below it may say otherwise.

    Such a row may be withheld, and what is withheld must not decide how the others are read.

    It has three headings, two of them side by side: in a form an answer would stand between. A
    bare "Outcome" may be an answer, too ("Status | Outcome | Round | 2").
    """
    fields = [search.plainly(cell) if cell.strip() else None for cell in header.cells]
    if len({field for field in fields if field}) < _FEWEST:
        return False
    surely = [
        field if field != "description" or len(words(cell)) > 1 else None
        for field, cell in zip(fields, header.cells, strict=True)
    ]
    return all(fields) or any(one and other and one != other for one, other in pairwise(surely))


def _described(rows: Sequence[Row], column: int, search: Search) -> bool:
    """Do headings stand beside the headings, too? A list of what is asked, and no answers."""
    width = max(len(row.cells) for row in rows)
    return any(
        len({search.plainly(row.cells[at]) for row in rows if at < len(row.cells)} - {None})
        >= _FEWEST
        for at in range(column + 1, min(width, column + 1 + _FIRST_COLUMNS))
    )


def _second(rows: Sequence[Row], column: int, search: Search) -> int | None:
    """The column of a form in which its other headings stand: "Country | Mali | Year | 2022".

    Two thirds of what stands there are headings, and none that the first column has.
    """
    width = max((len(row.cells) for row in rows), default=0)
    main = {search.plainly(_at(row, column)) for row in rows} - {None}
    for at in range(column + 2, min(width, column + 2 + _FIRST_COLUMNS)):
        cells = [cell for row in rows if (cell := _at(row, at))]
        known = [field for cell in cells if (field := search.plainly(cell))]
        if len(known) > 1 and len(known) * 3 >= len(cells) * 2 and main.isdisjoint(known):
            return at
    return None


def _below_each_other(rows: Sequence[Row], column: int, search: Search) -> list[Row]:
    """Rows of a form with its other headings below the first ones; the same rows of any other."""
    second = _second(rows, column, search)
    if second is None:
        return list(rows)
    found: list[Row] = []
    for row in rows:
        parts = (row.cells[:second], (*("" for _ in range(column)), *row.cells[second:]))
        found += [
            Row(row.number, part, broken=row.broken, hidden=row.hidden)
            for part in parts
            if any(cell.strip() for cell in part)
        ]
    return found


def turned(
    rows: Iterable[Row],
    column: int,
    *,
    search: Search,
    name: str,
    sheet: str = "",
    several: bool = False,
) -> Grid:
    """Such a table, as tables are, and the finding that it was turned.

    Args:
        rows: All its rows.
        column: Where its headings stand.
        search: How headings are looked for.
        name: The file's name.
        sheet: The worksheet's.
        several: Has the file other worksheets?

    A record's row is the number of its column (B is 2); that of a form, the row in which the
    form begins.

    Raises:
        SourceError: it has more rows than any such table.
    """
    taken: list[Row] = []
    cells = 0
    for row in rows:
        taken.append(row)
        cells += len(row.cells)
        if len(taken) > _MOST_ROWS or cells > _MOST_CELLS:
            raise SourceError(
                f"{name}: headings stand down a column, and more than {_MOST_ROWS:,} rows or "
                f"{_MOST_CELLS:,} cells beside them; export the harvest as a table with one header."
            )
    taken = _below_each_other(taken, column, search)
    where = sheet if several else ""
    lists = _by_record(taken, column)
    if lists:  # the record's name before each of its fields: "A1 | Country | Mali"
        column = 0
    beside = () if lists else _instructions(taken, column)
    parted = lists or _blocks(taken, column, search)
    blocks = [[_without(row, beside) for row in _filled(block, column)] for block in parted]
    forms = len(blocks) > 1 or _width(blocks, column) == 1
    for _, same in groupby(blocks, key=lambda block: [row.cells[column] for row in block]):
        alike = list(same)
        head = alike[0][0]
        header = Row(head.number, tuple(row.cells[column].strip() for row in alike[0]))
        yield Table(sheet, header, iter(list(_records(alike, column, forms=forms))), where)
    yield Finding(
        reason="turned-table",
        where=Where(name, taken[0].number if taken else None, sheet=where),
        message="The headings stand one below the other; each form is read as a record."
        if forms
        else "The headings stand one below the other; each column beside them is read as a "
        "record, and its row is the number of the column (B is 2).",
        advice="Nothing to do, unless a column holds something else: take that one out.",
        severity=Severity.INFO,
    )
    for at in beside:
        letters = column_letters(at)
        yield Finding(
            reason="column-beside",
            where=Where(name, taken[0].number, f"column-{letters.lower()}", where),
            message=f"Column {letters} holds instructions, by its heading; it is no record.",
            advice="If it holds answers, give it another heading, or none.",
            severity=Severity.INFO,
        )


def _instructions(rows: Sequence[Row], column: int) -> tuple[int, ...]:
    """Columns beside a form that tell how to fill it in, by the heading in its first row."""
    listed = headings_data()["instructions"]
    assert isinstance(listed, list)  # noqa: S101 - shipped data
    known = {squash(word) for word in listed}
    for row in rows:
        cells = [(at, cell) for at, cell in enumerate(row.cells) if at > column and cell.strip()]
        if cells:  # the first row that says anything of the columns
            return tuple(at for at, cell in cells if squash(cell) in known)
    return ()


def _without(row: Row, columns: Sequence[int]) -> Row:
    cells = tuple("" if at in columns else cell for at, cell in enumerate(row.cells))
    return Row(row.number, cells, broken=row.broken, hidden=row.hidden) if columns else row


def _blocks(rows: Iterable[Row], column: int, search: Search) -> Sequence[list[Row]]:
    """Rows up to the first heading again, or an id or outcome again: the first may be withheld."""
    block: list[Row] = []
    run = 0  # the first row behind the last gap
    found: list[list[Row]] = []
    runs: list[int] = []
    first = ""
    last = 0
    for row in rows:
        heading = _at(row, column)
        if not heading and not any(cell.strip() for cell in row.cells[column + 1 :]):
            continue
        if block and row.number > last + 1:
            run = len(block)
        last = row.number
        again = heading == first or (
            search.plainly(heading) in _ONCE
            and any(_at(other, column) == heading for other in block)
        )
        if block and heading and again:
            found.append(block)
            runs.append(run)
            block, run = [], 0
        if any(cell.strip() for cell in row.cells[column + 1 :]):
            first = first or heading
            block.append(row)
        elif block:  # a heading that nobody answered is an answer, too
            block.append(row)
    found += [block] if block else []
    _begin_at_gaps(found, runs, column)
    return found


def _begin_at_gaps(blocks: Sequence[list[Row]], runs: Iterable[int], column: int) -> None:
    """Give rows behind a gap, directly above a form and not told again in it, to that form."""
    for block, below, run in zip(blocks, blocks[1:], runs, strict=False):
        if not 0 < run < len(block):
            continue
        again = {_at(row, column) for row in below}
        if again.isdisjoint(_at(row, column) for row in block[run:]):
            below[:0] = block[run:]
            del block[run:]


def _by_record(rows: Sequence[Row], column: int) -> list[list[Row]]:
    """Rows of "record, field, value" → a form a record; none where the rows are not such a list.

    It is one where the same field is told of two records. The record's own cell becomes a field,
    under the heading that the list gives it.
    """
    if column != 1:
        return []
    told: dict[str, list[Row]] = {}
    for row in rows:
        told.setdefault(_at(row, 0), []).append(row)
    fields = [{_at(row, column) for row in of} for of in told.values()]
    if len(told) < _FEWEST or not set.intersection(*sorted(fields, key=len)[-2:]) - {""}:
        return []
    heading = _at(rows[0], 0)
    return [
        [
            Row(of[0].number, (heading, name)),
            *(Row(row.number, row.cells[column:], broken=row.broken) for row in of),
        ]
        for name, of in told.items()
        if of[0] is not rows[0]
    ]


def _at(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""


def _filled(block: list[Row], column: int) -> list[Row]:
    """The same rows, each as long as the longest."""
    width = max(len(row.cells) for row in block)
    least = max(width, column + 1)
    return [
        Row(
            row.number,
            (*row.cells, *("" for _ in range(least - len(row.cells)))),
            broken=row.broken,
            hidden=row.hidden,
        )
        for row in block
    ]


def _width(blocks: Iterable[Sequence[Row]], column: int) -> int:
    """How many columns beside the headings hold something."""
    return len({c for block in blocks for c in _columns(block, column)})


def _columns(block: Sequence[Row], column: int) -> list[int]:
    return [
        at
        for at in range(column + 1, len(block[0].cells))
        if any(row.cells[at].strip() for row in block)
    ]


def _records(blocks: Iterable[Sequence[Row]], column: int, *, forms: bool) -> Iterator[Row]:
    for block in blocks:
        broken = any(row.broken for row in block)
        for at in _columns(block, column):
            number = block[0].number if forms else at + 1
            yield Row(number, tuple(row.cells[at] for row in block), broken=broken)
