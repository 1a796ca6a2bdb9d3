"""Word documents → records: tables with a header, tables of two columns, `Key: value` lines."""

from collections.abc import Iterator, Sequence

from kg.errors import SourceError
from kg.model import Finding, Severity, Where
from kg.read.events import Event
from kg.read.header import Join, joined, whole_header
from kg.read.headings import Headings
from kg.read.job import Job, scores
from kg.read.rows import HEADER_WITHIN, Row, Score, Skipped, Table
from kg.read.sheets import filled_down
from kg.read.text import Block, Entry, known, read_lines
from kg.read.understand import Source, understand_blocks, understand_table
from kg.read.word import Paragraph, WordTable, read_word

_KEY_AND_VALUE = 2


def load_document(job: Job) -> Iterator[Event]:
    """The records of a Word document.

    A table with a header gives a record a row, counted in its table. A table
    whose first column holds headings, and lines of `Key: value`, give one
    record each; its row is the paragraph on which it begins, tables left out.

    Raises:
        SourceError: no document, damaged, or nothing in it is understood as the description
            of an outcome.
    """
    score, _ = scores(job)
    join = joined(job.headings)
    source = Source(job.file, job.format, job.headings, ragged=True)
    blocks: list[Block] = []
    findings: list[Finding] = []
    skipped: list[str] = []
    tables = 0
    for first, part in _joined(read_word(job.content, name=job.file)):
        if isinstance(part, WordTable):
            number = f"{tables + len(skipped) + 1}"
            keyed = _keyed(first, part, job.headings)
            table = None if _is_form(keyed) else _table(number, part, score, join)
            if table:
                tables += 1
                yield from understand_table(source, table)
            elif any(known(block) for block in keyed):
                blocks += keyed
            elif len(part.rows) > 1:
                skipped.append(number)
        else:
            found, told = read_lines(part, name=job.file, headings=job.headings, first=first)
            blocks += found if any(known(block) for block in found) or job.lenient else ()
            findings += told
    if blocks:
        yield from understand_blocks(source, blocks)
    elif not tables:
        raise SourceError(
            f"{job.file}: no record found: no table has a header, and no paragraph begins, with a "
            "heading understood as the description of an outcome. Name it under [headings] in "
            'kg.toml: "Your heading" = "description".'
        )
    yield from findings
    for number in skipped:
        yield Skipped(number)
        yield _skipped(job.file, number)


def _joined(
    parts: Sequence[Paragraph | WordTable],
) -> Iterator[tuple[int, list[str] | WordTable]]:
    """Tables, and the paragraphs between them, each with the number of its first paragraph."""
    lines: list[str] = []
    begun = count = 1
    for part in parts:
        if isinstance(part, Paragraph):
            lines += part.lines
            count += len(part.lines)
            continue
        if lines:
            yield begun, lines
        yield count, part
        lines, begun = [], count
    if lines:
        yield begun, lines


def _table(name: str, part: WordTable, score: Score, join: Join) -> Table | None:
    header = whole_header(part.rows[:HEADER_WITHIN], score, join)
    if header is None:
        return None
    below = (row for row in part.rows if row.number > header.number)
    merges = sorted(part.merges, key=lambda m: (m.first, m.column))
    rows = filled_down(below, merges, header=header.number)
    return Table(name, header, (row for row in rows if not row.blank))


def _keyed(line: int, part: WordTable, headings: Headings) -> list[Block]:
    """The records of a table whose rows are a heading and its value."""
    blocks: list[Block] = []
    for row in part.rows:
        key, value = _pair(row)
        if not key.strip():
            continue
        match = headings.match(key)
        if not blocks or blocks[-1].repeats(match):
            blocks.append(Block(line, bold=True))
        blocks[-1].entries.append(Entry(match.heading, match, line, value.split("\n")))
    return blocks


def _is_form(blocks: Sequence[Block]) -> bool:
    """Do more headings stand in the first column than a header of two columns can hold?

    Asked before a header is looked for: "Outcome status | Outcome" is a row of
    a form, and reads like a header.
    """
    fields = {e.match.field for block in blocks for e in block.entries if e.match.known}
    return len(fields) > _KEY_AND_VALUE and any(known(block) for block in blocks)


def _pair(row: Row) -> tuple[str, str]:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) > _KEY_AND_VALUE or not row.cells:
        return "", ""
    return row.cells[0], next((cell for cell in row.cells[1:] if cell.strip()), "")


def _skipped(file: str, number: str) -> Finding:
    return Finding(
        reason="skipped-table",
        where=Where(file),
        message=f"Table {number} of the document has no header with a description and is not read.",
        advice="If it holds outcomes, name its columns under [headings] in kg.toml.",
        severity=Severity.INFO,
    )
