"""Rows and blocks under their headings → records, with what is odd about them told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Finding, Record, Rejection, Severity, Where, is_written
from kg.read.blocks import Block
from kg.read.columns import Column, Layout, column_letters, fill, lay_out
from kg.read.events import Event, Part
from kg.read.flag import FLAG
from kg.read.headings import Headings
from kg.read.rows import Row, Table, clean, control_characters, printable, unclosed_quote
from kg.read.telling import shown

REPEATED = "the heading row once more"
ANOTHER = "another heading row; the rows below are read by it"
_LONGEST_HEADING = 80
_FEWEST_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """The file that is being read.

    `ragged` says that its rows may be of any length: a worksheet knows the
    column of each cell, a line of CSV only their order.
    """

    file: str
    format: str
    headings: Headings
    ragged: bool = False


def understand_table(source: Source, table: Table) -> Iterator[Event]:
    """The columns and records of a table, in order, and what its owner should look at."""
    return _Table(source, table).read()


class _Table:
    """One table on its way."""

    def __init__(self, source: Source, table: Table) -> None:
        self.source = source
        self.table = table
        self.layout = lay_out(
            table.header.cells, source.headings, where=self.where(table.header.number)
        )
        named = {c.index for c in self.layout.columns if c.match.heading.strip()}
        #: Columns of the header that have no heading, and were not seen to hold anything.
        self.nameless = [c.index for c in self.layout.columns if c.index not in named]
        self.seen: set[int] = set()

    def where(self, row: int, field: str | None = None) -> Where:
        """A place in the table."""
        return Where(self.source.file, row, field, self.table.sheet)

    def read(self) -> Iterator[Event]:
        """Columns, then row by row."""
        source, table, layout = self.source, self.table, self.layout
        yield Part(table.name, table.header.number)
        yield from layout.columns
        yield from layout.findings
        if not layout.has("confidential"):
            yield no_flag(self.where(table.header.number), table.name)
        header = [cell.strip() for cell in table.header.cells]
        for row in table.rows:
            cells: Sequence[str] = row.cells
            if cells[0].strip() == header[0] and [c.strip() for c in cells] == header:
                yield Rejection(self.where(row.number), REPEATED)
                continue
            if self._is_header(row):
                yield Rejection(self.where(row.number), ANOTHER)
                yield from self._begin(row)
                layout, header = self.layout, [cell.strip() for cell in cells]
                continue
            if self.nameless or len(cells) > layout.width:
                yield from self._without_heading(row)
            trusted = self._fits(row)
            if row.broken:
                yield unclosed_quote(self.where(row.number))
            elif not trusted:
                yield self._misfit(row)
            if not printable(cells):
                yield from self._unprintable(row)
                cells = [clean(cell)[0] for cell in cells]
            filled = fill(layout, cells, trusted=trusted)
            yield Record(source.file, row.number, source.format, filled, table.sheet)

    def _begin(self, row: Row) -> Iterator[Event]:
        """Go on with another header."""
        self.layout = lay_out(row.cells, self.source.headings, where=self.where(row.number))
        self.nameless = [c.index for c in self.layout.columns if not c.match.heading.strip()]
        yield from self.layout.columns
        yield from self.layout.findings
        if not self.layout.has("confidential"):
            yield no_flag(self.where(row.number), "", part="What stands below this header")

    def _is_header(self, row: Row) -> bool:
        """Are nearly all cells of a row listed headings, the description's among them?

        A second table below the first, or the labels of a form below its names.
        """
        if row.broken or max(map(len, row.cells), default=0) > _LONGEST_HEADING:
            return False
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) < _FEWEST_HEADINGS:
            return False
        known = [name for cell in filled if (name := self.source.headings.plainly(cell))]
        # What answers whether it is confidential is a record, though all its words be headings.
        answers = any(row.cells[at].strip() for at in self.layout.flags if at < len(row.cells))
        if answers and FLAG not in known:
            return False
        return (
            "description" in known
            and len(set(known)) >= _FEWEST_HEADINGS
            and len(known) * 3 >= len(filled) * 2
        )

    def _fits(self, row: Row) -> bool:
        """Do the cells of a row certainly stand under their own headings?"""
        if row.broken or self.source.ragged:  # a worksheet knows the column of each of its cells
            return not row.broken
        if len(row.cells) == self.layout.width:
            return True
        beyond = any(cell.strip() for cell in row.cells[self.layout.width :])
        return not beyond and len(row.cells) >= self.layout.named

    def _misfit(self, row: Row) -> Finding:
        width = self.layout.width
        return Finding(
            reason="row-too-long" if len(row.cells) > width else "row-too-short",
            where=self.where(row.number),
            message=f"The row has {len(row.cells)} cells where its header has {width}: they may "
            "stand under the wrong headings. It counts as confidential.",
            advice="Put cells that hold the delimiter or a line break in quotes.",
        )

    def _unprintable(self, row: Row) -> Iterator[Finding]:
        for index, cell in enumerate(row.cells):
            if clean(cell)[1]:
                name = next((c.field for c in self.layout.columns if c.index == index), None)
                yield control_characters(self.where(row.number, name))

    def _without_heading(self, row: Row) -> Iterator[Finding]:
        width = self.layout.width
        found = [at for at in self.nameless if at < len(row.cells)]
        found += [at for at, cell in enumerate(row.cells[width:], width) if cell]
        for index in found:
            if index in self.seen or not row.cells[index].strip():
                continue
            self.seen.add(index)
            letters = column_letters(index)
            yield Finding(
                reason="column-without-heading",
                where=self.where(row.number, f"column-{letters.lower()}"),
                message=f"Column {letters} has no heading but holds something, here for the first "
                "time; it is kept under that name.",
                advice="Write a heading above the column.",
            )


def understand_blocks(source: Source, blocks: Iterable[Block]) -> Iterator[Event]:
    """The records of text blocks; each block has its own headings, a finding is told once."""
    yield Part("", None)
    columns: dict[str, Column] = {}
    layouts: dict[tuple[str, ...], Layout] = {}
    told: set[tuple[str, str]] = set()
    for block in blocks:
        names = tuple(entry.heading for entry in block.entries)
        if names not in layouts:
            where = Where(source.file, block.line, sheet=block.sheet)
            layout = layouts[names] = lay_out(names, source.headings, where=where)
            for finding in layout.findings:
                if (finding.reason, finding.message) not in told:
                    told.add((finding.reason, finding.message))
                    yield finding
            for column in layout.columns:
                if column.field not in columns:
                    columns[column.field] = column
                    yield column
        layout = layouts[names]
        values: list[str] = []
        for entry, column in zip(block.entries, layout.columns, strict=True):
            text, changed = clean(entry.text)
            values.append(text)
            if changed:
                where = Where(source.file, entry.line, column.field, block.sheet)
                yield control_characters(where)
        trusted = not any(entry.doubted for entry in block.entries)
        cells = fill(layout, values, trusted=trusted)
        yield Record(source.file, block.line, source.format, cells, block.sheet)
    if "confidential" not in columns:
        yield no_flag(Where(source.file), "", part="The text of the file")


def no_flag(where: Where, sheet: str, *, part: str = "The file") -> Finding:
    """The loud finding that a source says nothing of confidentiality."""
    named = sheet.capitalize() if is_written(sheet) else f"Worksheet {shown(sheet)}"
    source = named if sheet else part
    return Finding(
        reason="no-confidential-column",
        where=where,
        message=f"{source} has no column that says what is confidential: "
        "all of it is withheld from releases.",
        advice="Add the column, name it under [headings], or clear the file in kg.toml: "
        "[sources] cleared.",
    )


def skipped_sheet(file: str, sheet: str) -> Finding:
    """The finding that a worksheet was not read."""
    return Finding(
        reason="skipped-sheet",
        where=Where(file, sheet=sheet),
        message=f"Worksheet {shown(sheet)} has no header with a description and is not read.",
        advice="If it holds outcomes, name its columns under [headings] in kg.toml.",
        severity=Severity.INFO,
    )
