"""Running texts → records: tables with a header, tables of two columns, `Key: value` lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.errors import SourceError
from kg.model import Finding, Severity, Where
from kg.read.blocks import Block, Entry, block_fields, known
from kg.read.csv import DELIMITERS, read_csv
from kg.read.decode import Lines, refuse_binary, without_break
from kg.read.events import Event, NoRecordsError
from kg.read.header import Join, joined, whole_header
from kg.read.headings import Headings
from kg.read.job import Job, scores, search_of, understood
from kg.read.markdown import is_rule, markdown_parts
from kg.read.rows import HEADER_WITHIN, Row, Score, Skipped, Table, Told
from kg.read.sheets import filled_down
from kg.read.text import read_lines, stray_lines
from kg.read.understand import Source, understand_blocks, understand_table
from kg.read.word import read_word
from kg.read.written import Paragraph, Parts, WrittenTable, written_table

_KEY_AND_VALUE = 2
#: Known headings of one record or row: minutes have a date and a place, a harvest more.
_LIKE_A_RECORD = 3


def load_document(job: Job) -> Iterator[Event]:
    """The records of a Word document.

    A table with a header gives a record a row, a table whose first column holds
    headings one record: both are told with the number of the table and a row of it.
    Lines of `Key: value` give a record, whose row is the paragraph on which it
    begins, tables left out.

    Raises:
        SourceError: no document, damaged, or nothing in it is understood as the description
            of an outcome.
    """
    parts = read_word(job.content, name=job.file)
    source = Source(job.file, job.format, job.headings, ragged=True)
    records = _Records(source, job, numbered=True)
    yield from records.read(parts)
    if not records.found and job.lenient:
        yield from records.likeliest(parts)
    if not records.found:
        raise records.error(
            f"{job.file}: no record found: no table has a header, and no paragraph begins, with a "
            "heading understood as the description of an outcome. Name it under [headings] in "
            'kg.toml: "Your heading" = "description".'
        )


def load_text(job: Job) -> Iterator[Event]:
    """The records of a text: lines of `Key: value`, and tables as Markdown has them.

    A table that is none of records stays part of the text: it may be what somebody tells. Where
    there are no records, the text may be a table as a whole ("Unicode text" of Excel).

    Raises:
        SourceError: nothing in it is understood as the description of an outcome.
    """
    refuse_binary(job.content, name=job.file, expected="text")
    lines = Lines(job.content, name=job.file)
    texts = [without_break(line) for line in lines]
    # By its first lines alone: what a row says, which may be withheld, must not make it a text.
    first = [text for text in texts if text.strip()][:2]
    if _begins_as_table(first, job) and (table := _delimited(job)):
        yield from table
        return
    records = _Records(Source(job.file, job.format, job.headings), job)
    yield from records.read(markdown_parts(texts, wanted=records.wanted))
    # Behind the fences of a program's text stands an example, and no table of another kind.
    if not records.found and not any(map(is_rule, texts)) and (table := _delimited(job)):
        yield from table
        return
    if not records.found and job.lenient:
        yield from records.likeliest(markdown_parts(texts, wanted=bool))
    if not records.found:
        raise records.error(
            f"{job.file}: no record found: no line begins with a heading understood as the "
            "description of an outcome. Expected lines such as **Outcome description**: …; "
            "a table needs the suffix .csv or .tsv."
        )
    yield from lines.findings()
    yield Told(lines.encoding)


def _begins_as_table(first: Sequence[str], job: Job) -> bool:
    """Is the first line the header of a table, three listed headings of it and no rule below it?"""
    for delimiter in () if not first or any(map(is_rule, first[1:])) else DELIMITERS:
        cells = (cell.strip().strip('"') for cell in first[0].split(delimiter))
        known = {job.headings.plainly(cell) for cell in cells if cell} - {None}
        if len(known) >= _LIKE_A_RECORD and "description" in known:
            return True
    return False


def _delimited(job: Job) -> Iterator[Event] | None:
    """A table as spreadsheet programs save it as text; None where no row looks like a header."""
    search = replace(search_of(job), fallback=None)
    grid = read_csv(job.content, name=job.file, search=search)
    first = next(grid)
    return understood(job, chain((first,), grid)) if isinstance(first, Table) else None


class _Records:
    """The records of a running text, table by table, then block by block.

    *numbered*: a row is told with the number of its table; rows of a text are its lines.
    """

    def __init__(self, source: Source, job: Job, *, numbered: bool = False) -> None:
        self.source = source
        self.job = job
        self.numbered = numbered
        self.join = joined(job.headings)
        self.found = False
        self._most = 0  # different known headings met in one record or row

    @property
    def error(self) -> type[SourceError]:
        """What to raise where nothing was found: a text may well be none of records.

        One that has several headings in one place is a harvest whose description is not understood.
        """
        return SourceError if self._most >= _LIKE_A_RECORD else NoRecordsError

    def wanted(self, part: WrittenTable) -> bool:
        """Does a table hold records?"""
        table, keyed = self._understood("", part, scores(self.job)[0])
        return table is not None or any(known(block) for block in keyed)

    def read(self, parts: Parts) -> Iterator[Event]:
        """Tables first; then the blocks, what is told of them, and what was skipped."""
        yield from self._read(parts, scores(self.job)[0], any_block=False)

    def likeliest(self, parts: Parts) -> Iterator[Event]:
        """For `kg inspect`, where nothing is understood: the likeliest row is the header."""
        tables = any(isinstance(part, WrittenTable) for part in parts)
        yield from self._read(parts, scores(self.job)[1], any_block=not tables)

    def _read(self, parts: Parts, score: Score, *, any_block: bool) -> Iterator[Event]:
        blocks: list[Block] = []
        findings: list[Finding] = []
        skipped: list[str] = []
        stray: list[int] = []
        seen = tables = 0
        for first, part in _joined(parts):
            if isinstance(part, WrittenTable):
                seen += 1
                name = written_table(seen)
                table, keyed = self._understood(name, part, score)
                if table:
                    tables += 1
                    yield from understand_table(self.source, table)
                elif any(known(block) for block in keyed):
                    blocks += _keyed(part, self.job.headings, sheet=self._sheet(name), whole=True)
                elif len(part.rows) > 1:
                    skipped.append(name)
            else:
                headings = self.job.headings
                found, told, outside = read_lines(
                    part, name=self.job.file, headings=headings, first=first
                )
                self._met(block_fields(block) for block in found)
                if any_block or any(known(block) for block in found):
                    blocks += found
                else:  # not of records; where others are, this is told with the lines beside them
                    outside = [at for at, text in enumerate(part, start=first) if text.strip()]
                stray += outside
                findings += told
        if blocks:
            yield from understand_blocks(self.source, blocks)
        self.found = bool(blocks or tables)
        if not self.found:
            return
        yield from findings
        if stray:
            yield stray_lines(self.job.file, stray)
        for name in skipped:
            yield Skipped(name)
            yield _skipped(self.job.file, name)

    def _understood(
        self, name: str, part: WrittenTable, score: Score
    ) -> tuple[Table | None, list[Block]]:
        """A table with its header, or the records of a form."""
        self._met(self._known(row.cells) for row in part.rows[:HEADER_WITHIN])
        sheet = self._sheet(name)
        keyed = _keyed(part, self.job.headings, sheet=sheet)
        table = None if _is_form(keyed) else _table(name, part, score, self.join)
        self._met(block_fields(block) for block in keyed)
        return table and replace(table, sheet=sheet), keyed

    def _sheet(self, name: str) -> str:
        return name if self.numbered else ""

    def _known(self, cells: Sequence[str]) -> set[str]:
        """The fields whose headings stand in a row as they are listed."""
        return {name for cell in cells if (name := self.job.headings.plainly(cell))}

    def _met(self, found: Iterable[set[str]]) -> None:
        self._most = max(self._most, *map(len, found), 0)


def _joined(parts: Parts) -> Iterator[tuple[int, list[str] | WrittenTable]]:
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
        count += part.lines
        lines, begun = [], count
    if lines:
        yield begun, lines


def _table(name: str, part: WrittenTable, score: Score, join: Join) -> Table | None:
    header = whole_header(part.rows[:HEADER_WITHIN], score, join)
    if header is None:
        return None
    below = (row for row in part.rows if row.number > header.number)
    merges = sorted(part.merges, key=lambda m: (m.first, m.column))
    rows = filled_down(below, merges, header=header.number)
    return Table(name, header, (row for row in rows if not row.blank))


def _keyed(
    part: WrittenTable, headings: Headings, *, sheet: str, whole: bool = False
) -> list[Block]:
    """The records of a table whose rows are a heading and its value, or two such pairs.

    *whole*: of a form that is one for certain. Then a row with more cells is a heading, too, and
    what stands beside it: nothing that somebody filled in is dropped.
    """
    blocks: list[Block] = []
    for row in part.rows:
        for key, value in _pairs(row, headings, whole=whole):
            match = headings.match(key)
            entry = Entry(match.heading, match, row.number, value.split("\n"))
            blocks += (
                blocks[-1].add(entry, bold=True, gap=False)
                if blocks
                else [Block(row.number, bold=True, entries=[entry], sheet=sheet)]
            )
    return blocks


def _is_form(blocks: Sequence[Block]) -> bool:
    """Do more headings stand in the first column than a header of two columns can hold?

    Asked before a header is looked for: "Outcome status | Outcome" is a row of
    a form, and reads like a header.
    """
    fields = set[str]().union(*map(block_fields, blocks))
    return len(fields) > _KEY_AND_VALUE and any(known(block) for block in blocks)


def _pairs(row: Row, headings: Headings, *, whole: bool) -> list[tuple[str, str]]:
    """Headings and values of a row: one pair, or one beside the other; none of another row."""
    cells = row.cells
    filled = [cell for cell in cells if cell.strip()]
    if not cells or not filled:
        return []
    if len(filled) > _KEY_AND_VALUE:
        pairs = list(zip(cells[::2], [*cells[1::2], ""], strict=False))
        asked = [key for key, _ in pairs if key.strip()]
        answers = [value for key, value in pairs if value.strip()]
        beside = not any(value.strip() and not key.strip() for key, value in pairs)
        # In a header all of them are headings, in a form only those in front of an answer.
        if (
            beside
            and all(headings.match(key).known for key in asked)
            and sum(headings.match(value).known for value in answers) * 2 < len(asked)
        ):
            return [(key, value) for key, value in pairs if key.strip()]
        if not whole:
            return []
    if not cells[0].strip():
        return []
    return [(cells[0], "\n".join(cell for cell in cells[1:] if cell.strip()))]


def _skipped(file: str, name: str) -> Finding:
    number = name.rpartition(" ")[2]
    return Finding(
        reason="skipped-table",
        where=Where(file, sheet=name),
        message=f"Table {number} of the document has no header with a description and is not read.",
        advice="If it holds outcomes, name its columns under [headings] in kg.toml.",
        severity=Severity.INFO,
    )
