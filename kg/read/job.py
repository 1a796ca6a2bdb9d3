"""One file on its way: what every way of reading is given, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.errors import SourceError
from kg.model import Finding
from kg.read.headings import HeadingMatch, Headings
from kg.read.near import How
from kg.read.rows import Grid, Score, clean
from kg.read.understand import Source, Understood, skipped_sheet, understand_table

_LONGEST_HEADING = 300
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Loaded:
    """A source with all that is known about how it was read.

    `members` are the sources in an archive; its tables and findings are theirs together.
    """

    file: str
    format: str
    tables: tuple[Understood, ...]
    encoding: str | None = None
    delimiter: str | None = None
    skipped: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    members: tuple["Loaded", ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way."""

    data: bytes
    file: str
    format: str
    headings: Headings
    lenient: bool  # for `kg inspect`: also a file without a description is shown


def scores(job: Job) -> tuple[Score, Score]:
    """How much a row looks like a header, and what to ask where none does."""
    headings, lenient = job.headings, job.lenient

    def matches(cells: Sequence[str]) -> list[HeadingMatch]:
        return [
            headings.match(clean(cell)[0])
            for cell in cells
            if cell.strip() and len(cell) <= _LONGEST_HEADING
        ]

    def header(cells: Sequence[str]) -> int:
        fields = {match.field for match in matches(cells) if match.known}
        return len(fields) if "description" in fields and len(fields) > 1 else 0

    def next_best(cells: Sequence[str]) -> int:
        found = matches(cells)
        # All other headings unknown: the description has to be named plainly.
        if any(m.field == "description" and m.how in {How.EXACT, How.FOLDED} for m in found):
            return 1
        filled = sum(1 for cell in cells if cell.strip())
        return filled if lenient and filled > 1 else 0

    return header, next_best


def load_grid(job: Job, grid: Grid, *, ragged: bool = False) -> Loaded:
    """The tables of a file, understood.

    Raises:
        SourceError: no row of it is a header.
    """
    if not grid.tables:
        raise SourceError(
            f"{job.file}: no header found: none of the first rows has a heading understood as the "
            "description of an outcome beside another known one. Look with kg inspect, and name "
            'it under [headings] in kg.toml: "Your heading" = "description".'
        )
    if any(len(table.header.cells) > _MOST_COLUMNS for table in grid.tables):
        raise SourceError(
            f"{job.file}: a header of more than {_MOST_COLUMNS:,} columns, which no spreadsheet "
            "has; export the harvest again."
        )
    source = Source(job.file, job.format, job.headings, ragged=ragged)
    findings = list(grid.findings)
    tables: list[Understood] = []
    for table in grid.tables:
        understood, found = understand_table(source, table)
        tables.append(understood)
        findings += found
    findings += (skipped_sheet(job.file, name) for name in grid.skipped)
    return Loaded(
        job.file,
        job.format,
        tuple(tables),
        grid.encoding,
        grid.delimiter,
        grid.skipped,
        tuple(findings),
    )
