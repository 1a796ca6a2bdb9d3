"""Worksheets of any kind of workbook → tables: header, merged cells, hidden rows."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from kg.errors import SourceError
from kg.model import Finding, Severity, Where
from kg.read.header import Search, whole_header
from kg.read.rows import HEADER_WITHIN, Grid, Row, Skipped, Table
from kg.read.transposed import heading_column, turned

#: Cells that merging fills down, in one sheet.
MOST_FILLED = 2_000_000
#: The last row and column of a worksheet.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
#: Rows without any cell that are written out all the same.
MOST_BLANK_ROWS = 100_000
#: Blank cells on the left of others, in one sheet, beyond what a table has.
_MOST_FAR_CELLS = 4_000_000
_WIDE = 1_000


@dataclass(frozen=True, slots=True)
class Merge:
    """A column of merged cells: what stands in its first row is meant in all."""

    column: int
    first: int
    last: int


@dataclass(slots=True)
class Sheet:
    """One worksheet of an open workbook, of whatever kind.

    `rows` holds the rows that have a cell, and is walked through once, before
    the next sheet is asked for. Those who fill it keep `merges` ahead of the
    rows, by first row, and have told all `findings` with the last one. `hidden` says that
    the sheet as a whole is.
    """

    title: str
    rows: Iterator[Row]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    filled: int = 0

    def merge(self, column: int, first: int, last: int, *, name: str) -> None:
        """Take up merged cells, as far as kg follows them; *name* is the file's."""
        if last <= first or self.filled > MOST_FILLED:
            return
        self.filled += last - first
        self.merges.append(Merge(column, first, last))
        if self.filled > MOST_FILLED:
            self.findings.append(
                Finding(
                    reason="too-many-merged-cells",
                    where=Where(name, sheet=self.title),
                    message=f"Worksheet “{self.title}” has more merged cells than kg "
                    "follows; the last ones are not filled down.",
                    advice="Unmerge the cells and write their value into each row.",
                    severity=Severity.WARNING,
                )
            )


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook: its sheets in order, as often as they are asked for."""

    sheets: Callable[[], Iterator[Sheet]]
    several: bool


def read_sheets(
    book: Book,
    *,
    name: str,
    search: Search,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        book: The workbook.
        name: Its name, for findings and errors.
        search: How a header is looked for.
    """
    skipped: list[str] = []
    found = False
    for asked, joining in ((search.score, search.join), (search.fallback, None)):
        if found or asked is None:
            break
        skipped = []
        for sheet in book.sheets():
            sheet.rows = _near(sheet.rows, name=name)
            first = tuple(islice(sheet.rows, HEADER_WITHIN))
            header = whole_header(first, asked, joining)
            column = heading_column(first, header, search)
            if column is not None:
                found = True
                hidden: list[int] = []
                rows = _kept(chain(first, sheet.rows), hidden, name=name)
                yield from turned(
                    rows,
                    column,
                    search=search,
                    name=name,
                    sheet=sheet.title,
                    several=book.several,
                )
                yield from _findings(sheet, hidden, book, name)
                continue
            if header is None:
                # A blank sheet, as new workbooks have them, is nothing that was skipped.
                skipped += [sheet.title] if any(not row.blank for row in first) else []
                continue
            found = True
            yield from _table(sheet, header, chain(first, sheet.rows), book, name)
    yield from (Skipped(title) for title in skipped)


def _table(sheet: Sheet, header: Row, rows: Iterator[Row], book: Book, name: str) -> Grid:
    hidden: list[int] = []  # the first of them, and how many
    below = (row for row in rows if row.number > header.number)
    kept = _kept(filled_down(below, sheet.merges, header=header.number), hidden, name=name)
    where = sheet.title if book.several else ""
    yield Table(sheet.title, header, kept, where)
    yield from _findings(sheet, hidden, book, name)


def _findings(sheet: Sheet, hidden: Sequence[int], book: Book, name: str) -> Iterator[Finding]:
    """What is told of a sheet once its rows were read."""
    yield from sheet.findings
    if sheet.hidden:
        yield Finding(
            reason="hidden-sheet",
            where=Where(name, sheet=sheet.title),
            message=f"Worksheet “{sheet.title}” is hidden and is read like the others.",
            advice="If its records are not meant, delete the worksheet and build again.",
        )
    if hidden:
        yield Finding(
            reason="hidden-rows",
            where=Where(name, hidden[0], sheet=sheet.title if book.several else ""),
            message=f"Worksheet “{sheet.title}” has hidden rows ({hidden[1]}, the first here); "
            "they are read like the others.",
            advice="If they are not meant, delete them and build again.",
        )


def filled_down(rows: Iterator[Row], merges: list[Merge], *, header: int) -> Iterator[Row]:
    """Rows with the value of a merged cell in each of the rows that it spans.

    A row that would hold nothing else is no row of its own. *merges* may grow while the
    rows come.
    """
    taken = 0
    open_now: list[tuple[Merge, str]] = []
    for row in rows:
        if taken == len(merges) and not open_now:
            yield row
            continue
        cells = list(row.cells)
        open_now = [(merge, text) for merge, text in open_now if merge.last >= row.number]
        while taken < len(merges) and merges[taken].first <= row.number:
            merge = merges[taken]
            taken += 1
            if header < merge.first == row.number and merge.column < len(cells):
                open_now.append((merge, cells[merge.column]))
        if not row.blank:
            for merge, text in open_now:
                cells += [""] * (merge.column + 1 - len(cells))
                cells[merge.column] = cells[merge.column] or text
        yield Row(row.number, tuple(cells), hidden=row.hidden)


def _kept(rows: Iterator[Row], hidden: list[int], *, name: str) -> Iterator[Row]:
    """The rows that are not blank; *hidden* is told of those that nobody sees.

    Raises:
        SourceError: cells far to the right make them so wide that they would never end.
    """
    far = 0
    for row in rows:
        far = so_far(far, len(row.cells), name=name)
        if row.blank:
            continue
        if row.hidden:
            hidden[:] = (hidden[0], hidden[1] + 1) if hidden else (row.number, 1)
        yield row


def _near(rows: Iterator[Row], *, name: str) -> Iterator[Row]:
    """The rows, as long as none stands far below those before it.

    Raises:
        SourceError: one does: a slip of the hand, or a file that is meant to take long.
    """
    last = 0
    for row in rows:
        if not row.blank:
            if row.number - last > MOST_BLANK_ROWS:
                raise SourceError(
                    f"{name}: row {row.number} of a worksheet stands more than {MOST_BLANK_ROWS:,} "
                    "blank rows below the others; delete that row, and save again."
                )
            last = row.number
        yield row


def so_far(before: int, width: int, *, name: str) -> int:
    """Cells beyond the width of a table, in all rows of a sheet up to one of *width* cells.

    Raises:
        SourceError: they are more than memory should hold.
    """
    far = before + max(0, width - _WIDE)
    if far > _MOST_FAR_CELLS:
        raise SourceError(
            f"{name}: more than {_MOST_FAR_CELLS:,} cells, most of them blank; "
            "remove what stands far to the right of the table."
        )
    return far


def drained(rows: Iterator[Row]) -> None:
    """Walk through the rows that nobody asked for: the next sheet stands behind them."""
    deque(rows, maxlen=0)


def too_many_blank_rows(name: str) -> SourceError:
    """The error that a worksheet has more blank rows than anybody leaves."""
    return SourceError(
        f"{name}: a worksheet has more than {MOST_BLANK_ROWS:,} blank rows; "
        "delete the rows below the table, not their content alone, and save again."
    )
