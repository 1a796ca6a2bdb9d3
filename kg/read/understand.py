"""Rows and blocks under their headings → records, with what is odd about them told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Cell, Finding, Record, Rejection, Severity, Where
from kg.read.columns import Column, Layout, column_letters, fill, lay_out, shown
from kg.read.headings import Headings
from kg.read.rows import Row, Table, clean, control_characters
from kg.read.text import Block, Entry

REPEATED = "the heading row once more"


@dataclass(frozen=True, slots=True)
class Understood:
    """One table of a source: its columns, and its rows before any is rejected.

    `name` is the worksheet's; `header` the header's row. Text has neither:
    "" and None.
    """

    name: str
    header: int | None
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    rejected: tuple[Rejection, ...] = ()


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


def understand_table(source: Source, table: Table) -> tuple[Understood, list[Finding]]:
    """The records of a table, in order, and what its owner should look at."""
    where = Where(source.file, table.header.number)
    layout = lay_out(table.header.cells, source.headings, where=where)
    findings = list(layout.findings)
    if not layout.has("confidential"):
        findings.append(no_flag(source.file, table.header.number, table.name))
    findings += _without_heading(source, table, layout)
    records: list[Record] = []
    rejected: list[Rejection] = []
    header = [cell.strip() for cell in table.header.cells]
    for row in table.rows:
        if row.cells[0].strip() == header[0] and [c.strip() for c in row.cells] == header:
            rejected.append(Rejection(Where(source.file, row.number), REPEATED))
            continue
        fits = _fits(source, row, layout)
        if not (fits or row.broken):  # a broken row is told where it was read
            findings.append(_misfit(source, row, layout))
        values = _clean(source, row, layout, findings)
        cells = fill(layout, values, trusted=fits)
        records.append(Record(source.file, row.number, source.format, cells))
    understood = Understood(
        table.name, table.header.number, layout.columns, tuple(records), tuple(rejected)
    )
    return understood, findings


def _fits(source: Source, row: Row, layout: Layout) -> bool:
    """Do the cells of a row certainly stand under their own headings?"""
    if row.broken or source.ragged:  # a worksheet knows the column of each of its cells
        return not row.broken
    beyond = any(cell.strip() for cell in row.cells[layout.width :])
    return not beyond and len(row.cells) >= layout.named


def _misfit(source: Source, row: Row, layout: Layout) -> Finding:
    return Finding(
        reason="row-too-long" if len(row.cells) > layout.width else "row-too-short",
        where=Where(source.file, row.number),
        message=f"The row has {len(row.cells)} cells where its header has {layout.width}: they may "
        "stand under the wrong headings. It counts as confidential.",
        advice="Put cells that hold the delimiter or a line break in quotes.",
    )


def _clean(source: Source, row: Row, layout: Layout, findings: list[Finding]) -> list[str]:
    values: list[str] = []
    for index, cell in enumerate(row.cells):
        text, changed = clean(cell)
        values.append(text)
        if changed:
            name = next((c.field for c in layout.columns if c.index == index), None)
            findings.append(control_characters(Where(source.file, row.number, name)))
    return values


def _without_heading(source: Source, table: Table, layout: Layout) -> Iterator[Finding]:
    named = {column.index for column in layout.columns if column.match.heading.strip()}
    first: dict[int, int] = {}
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if index not in named and index not in first and cell.strip():
                first[index] = row.number
    for index, number in sorted(first.items()):
        letters = column_letters(index)
        yield Finding(
            reason="column-without-heading",
            where=Where(source.file, number, f"column-{letters.lower()}"),
            message=f"Column {letters} has no heading but holds something, here for the first "
            "time; it is kept under that name.",
            advice="Write a heading above the column.",
        )


def understand_blocks(source: Source, blocks: Sequence[Block]) -> tuple[Understood, list[Finding]]:
    """The records of text blocks; each block has its own headings, a finding is told once."""
    findings: list[Finding] = []
    records: list[Record] = []
    columns: dict[str, Column] = {}
    layouts: dict[tuple[str, ...], Layout] = {}
    told: set[tuple[str, str]] = set()
    for block in blocks:
        names = tuple(entry.heading for entry in block.entries)
        if names not in layouts:
            where = Where(source.file, block.line)
            layouts[names] = lay_out(names, source.headings, where=where)
        layout = layouts[names]
        for finding in layout.findings:
            if (finding.reason, finding.message) not in told:
                told.add((finding.reason, finding.message))
                findings.append(finding)
        for column in layout.columns:
            columns.setdefault(column.field, column)
        trusted = not any(entry.doubted for entry in block.entries)
        values = [
            _entry(source, entry, column, findings)
            for entry, column in zip(block.entries, layout.columns, strict=True)
        ]
        cells: tuple[Cell, ...] = fill(layout, values, trusted=trusted)
        records.append(Record(source.file, block.line, source.format, cells))
    if "confidential" not in columns:
        findings.append(no_flag(source.file, None))
    return Understood("", None, tuple(columns.values()), tuple(records)), findings


def _entry(source: Source, entry: Entry, column: Column, findings: list[Finding]) -> str:
    text, changed = clean(entry.text)
    if changed:
        findings.append(control_characters(Where(source.file, entry.line, column.field)))
    return text


def no_flag(file: str, row: int | None, sheet: str = "") -> Finding:
    """The loud finding that a source says nothing of confidentiality."""
    source = f"Worksheet {shown(sheet)}" if sheet else "The file"
    return Finding(
        reason="no-confidential-column",
        where=Where(file, row),
        message=f"{source} has no column that says what is confidential: "
        "all of it is withheld from releases.",
        advice="Add the column, name it under [headings], or clear the file in kg.toml: "
        "[sources] cleared.",
    )


def skipped_sheet(file: str, sheet: str) -> Finding:
    """The finding that a worksheet was not read."""
    return Finding(
        reason="skipped-sheet",
        where=Where(file),
        message=f"Worksheet {shown(sheet)} has no header with a description and is not read.",
        advice="If it holds outcomes, name its columns under [headings] in kg.toml.",
        severity=Severity.INFO,
    )
