"""Worksheets of any kind of workbook → tables: header, merged cells, hidden rows."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kg.errors import SourceError
from kg.model import Finding, Severity, Where
from kg.read.header import Join, whole_header
from kg.read.rows import HEADER_WITHIN, Grid, Row, Score, Table

#: Cells that merging fills down, in one sheet.
MOST_FILLED = 2_000_000
#: Of one sheet, blank ones on the left of others included.
MOST_CELLS = 16_000_000


@dataclass(frozen=True, slots=True)
class Merge:
    """A column of merged cells: what stands in its first row is meant in all."""

    column: int
    first: int
    last: int


class Sheet(Protocol):
    """One worksheet of an open workbook. `hidden` says that the sheet as a whole is."""

    @property
    def hidden(self) -> bool:
        """Is the whole worksheet hidden?"""

    @property
    def merges(self) -> Iterable[Merge]:
        """Merged cells; complete once the rows have been walked through."""

    @property
    def findings(self) -> Iterable[Finding]:
        """What its owner should look at."""

    def rows(self, *, limit: int | None = None) -> Iterator[Row]:
        """Rows that hold a cell, up to *limit* of them."""


def read_sheets(
    sheets: Mapping[str, Sheet],
    *,
    name: str,
    score: Score,
    fallback: Score | None = None,
    join: Join | None = None,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        sheets: By title, in the workbook's order.
        name: The workbook's name, for findings and errors.
        score: How much a row looks like the header.
        fallback: Asked of the sheets where `score` finds none in the whole workbook.
        join: How a header over two rows becomes one.
    """
    grid = _tables(sheets, name=name, score=score, join=join)
    if not grid.tables and fallback is not None:
        grid = _tables(sheets, name=name, score=fallback, join=None)
    return grid


def _tables(sheets: Mapping[str, Sheet], *, name: str, score: Score, join: Join | None) -> Grid:
    tables: list[Table] = []
    skipped: list[str] = []
    findings: list[Finding] = []
    for title, sheet in sheets.items():
        header = whole_header(tuple(sheet.rows(limit=HEADER_WITHIN)), score, join)
        if header is None:
            skipped.append(title)
            continue
        below = (row for row in sheet.rows() if row.number > header.number)
        rows = _kept(filled_down(below, sheet.merges, header=header.number), name=name)
        tables.append(Table(title, header, rows))
        findings += sheet.findings
        findings += _hidden(sheet, rows, title=title, name=name)
    return Grid(tuple(tables), skipped=tuple(skipped), findings=tuple(findings))


def _hidden(sheet: Sheet, rows: Iterable[Row], *, title: str, name: str) -> Iterator[Finding]:
    """What a person does not see in the worksheet is read all the same, and told."""
    if sheet.hidden:
        yield Finding(
            reason="hidden-sheet",
            where=Where(name),
            message=f"Worksheet “{title}” is hidden and is read like the others.",
            advice="If its records are not meant, delete the worksheet and build again.",
        )
    hidden = [row.number for row in rows if row.hidden]
    if hidden:
        yield Finding(
            reason="hidden-rows",
            where=Where(name, hidden[0]),
            message=f"Worksheet “{title}” has hidden rows ({len(hidden)}, the first here); "
            "they are read like the others.",
            advice="If they are not meant, delete them and build again.",
        )


def filled_down(rows: Iterable[Row], merges: Iterable[Merge], *, header: int) -> Iterator[Row]:
    """Rows with the value of a merged cell in each of the rows that it spans.

    A row that would hold nothing else is no row of its own.
    """
    below = (m for m in merges if m.first > header)
    waiting = deque(sorted(below, key=lambda m: (m.first, m.column)))
    open_now: list[tuple[Merge, str]] = []
    for row in rows:
        cells = list(row.cells)
        open_now = [(merge, text) for merge, text in open_now if merge.last >= row.number]
        while waiting and waiting[0].first <= row.number:
            merge = waiting.popleft()
            if merge.first == row.number and merge.column < len(cells):
                open_now.append((merge, cells[merge.column]))
        if not row.blank:
            for merge, text in open_now:
                cells += [""] * (merge.column + 1 - len(cells))
                cells[merge.column] = cells[merge.column] or text
        yield Row(row.number, tuple(cells), hidden=row.hidden)


def _kept(rows: Iterable[Row], *, name: str) -> tuple[Row, ...]:
    """The rows that are not blank, all at once.

    Raises:
        SourceError: they are so wide, for cells far to the right, that memory would not do.
    """
    found: list[Row] = []
    held = 0
    for row in rows:
        held += len(row.cells)
        if held > MOST_CELLS:
            raise SourceError(
                f"{name}: more than {MOST_CELLS:,} cells, most of them blank; "
                "remove what stands far to the right of the table."
            )
        if not row.blank:
            found.append(row)
    return tuple(found)


def too_many_merged(title: str, *, name: str) -> Finding:
    """The finding that merged cells were not all followed."""
    return Finding(
        reason="too-many-merged-cells",
        where=Where(name),
        message=f"Worksheet “{title}” has more merged cells than kg "
        "follows; the last ones are not filled down.",
        advice="Unmerge the cells and write their value into each row.",
        severity=Severity.WARNING,
    )
