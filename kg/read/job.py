"""One file on its way: what every way of reading is given, and how its tables are understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import SourceError
from kg.read.content import Content
from kg.read.events import Event
from kg.read.header import Search, joined
from kg.read.headings import HeadingMatch, Headings
from kg.read.near import How
from kg.read.rows import Grid, Score, Skipped, Table, clean
from kg.read.understand import Source, skipped_sheet, understand_table

_LONGEST_HEADING = 300
_SENTENCE = 40
_WIDE = 2_000
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way."""

    content: Content
    file: str
    format: str
    headings: Headings
    lenient: bool  # for `kg inspect`: also a file without a description is shown


def scores(job: Job) -> tuple[Score, Score]:
    """How much a row looks like a header, and what to ask where none does."""
    headings, lenient = job.headings, job.lenient

    def matches(cells: Sequence[str]) -> list[HeadingMatch]:
        _refuse_too_wide(job, len(cells))  # before each of them is looked up
        # Of a row far wider than any form only what is listed as it stands is looked up.
        wide = len(cells) > _WIDE
        return [
            headings.match(clean(cell)[0])
            for cell in cells
            if cell.strip()
            and len(cell) <= _LONGEST_HEADING
            and not (wide and headings.plainly(cell) is None)
        ]

    def header(cells: Sequence[str]) -> int:
        fields = {match.field for match in matches(cells) if match.known}
        return len(fields) if "description" in fields and len(fields) > 1 else 0

    def next_best(cells: Sequence[str]) -> int:
        found = matches(cells)
        # All others unknown: the description has to be named plainly, and beside no sentence.
        sentences = (cell.strip() for cell in cells if len(cell) > _SENTENCE)
        named = [m.how for m in found if m.known and m.field == "description"]
        if (
            not any(s.endswith((".", "!", "…")) for s in sentences)
            and len(named) == 1
            and named[0] in {How.EXACT, How.FOLDED}
        ):
            return 1
        filled = sum(1 for cell in cells if cell.strip())
        return filled if lenient and filled > 1 else 0

    return header, next_best


def search_of(job: Job) -> Search:
    """How the header of a table is looked for."""
    score, fallback = scores(job)
    return Search(score, fallback, joined(job.headings), job.headings.plainly)


def _refuse_too_wide(job: Job, columns: int) -> None:
    if columns > _MOST_COLUMNS:
        raise SourceError(
            f"{job.file}: a header of more than {_MOST_COLUMNS:,} columns, which no "
            "spreadsheet has; export the harvest again."
        )


def understood(job: Job, grid: Grid, *, ragged: bool = False) -> Iterator[Event]:
    """The tables of a file, understood.

    Raises:
        SourceError: no row of it is a header.
    """
    source = Source(job.file, job.format, job.headings, ragged=ragged)
    tables = 0
    for part in grid:
        if isinstance(part, Table):
            _refuse_too_wide(job, len(part.header.cells))
            tables += 1
            yield from understand_table(source, part)
        elif isinstance(part, Skipped):
            # Where nothing at all is read, that is said instead.
            if tables:
                yield part
                yield skipped_sheet(job.file, part.name)
        else:
            yield part
    if not tables:
        raise SourceError(
            f"{job.file}: no header found: none of the first rows has a heading understood as the "
            "description of an outcome beside another known one. Look with kg inspect, and name "
            'it under [headings] in kg.toml: "Your heading" = "description".'
        )
