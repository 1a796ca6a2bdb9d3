"""How `kg inspect` prints what it sees."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from kg.cli.terminal import Terminal
from kg.inspect import FileView, ValueView
from kg.read.inspection import ColumnView

_FORMATS = {
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "text/plain": "text blocks",
    "text/markdown": "text blocks",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "Excel workbook",
    "application/vnd.ms-excel": "Excel workbook",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/json": "JSON",
    "application/x-ndjson": "JSON lines",
    "application/jsonl": "JSON lines",
}
_HOW = {
    "exact": "",
    "folded": "",
    "close": "close match",
    "doubtful": "doubtful: say which",
    "unknown": "not known",
}
_OWN = "(a column of its own)"
#: What is told of a value → the same in a few words; a reason that is not here has its sentence.
_WHY = {
    "unknown-value": "not known: kept as written",
    "long-value": "too long for a value",
    "number-rating": "number: 1 lowest, 5 highest",
    "several-places": "counts for each of them",
    "more-than-a-place": "the country counts",
    "unreadable-value": "no plain answer",
    "unreadable-year": "not one year",
    "flag-unclear": "unclear, so confidential",
    "unreadable-code": "in part or whole no code",
    "date": "a date: was it a code?",
    "decimal-comma": "a comma: one code or two?",
    "kind-conflict": "word and number disagree",
    "parent-conflict": "output under another outcome",
    "indicator": "an indicator's number",
    "unreadable-objective": "in part no objective",
    "objective-without-code": "no code of an objective",
}
#: Told in the table of headings already.
_IN_THE_TABLE = frozenset({"close-heading", "doubtful-heading", "unknown-heading"})


def _read_as(column: ColumnView) -> str:
    """The field of a column; of a doubtful one those that it may be."""
    if column.how.value == "doubtful":
        return " or ".join(column.candidates) + "?"
    return _OWN if column.how.value == "unknown" else column.field


def _show_values(name: str, values: Sequence[ValueView], terminal: Terminal) -> None:
    """The values of one field, those that a person should look at marked."""
    unclear = sum(not value.understood for value in values)
    told = f", {unclear} to look at" if unclear else ""
    terminal.line()
    terminal.table(
        ("value", "times", "read as", ""),
        [(v.text, v.count, v.meaning, _why(v)) for v in values],
        title=f"{name}: {len(values)} value{'' if len(values) == 1 else 's'}{told}",
    )


def _why(value: ValueView) -> str:
    return "; ".join(_WHY.get(reason, value.how) for reason in value.reasons)


def show_inspection(view: FileView, path: Path, terminal: Terminal) -> None:
    """Headings, values, what is not understood, and the lines to paste."""
    found = view.inspection
    parts = [
        _FORMATS.get(found.format, found.format),
        found.encoding,
        f"delimiter {found.delimiter!r}",
    ]
    told = [part for part in parts[:2] if part] + (parts[2:] if found.delimiter else [])
    terminal.line(f"{found.file}: {', '.join(str(part) for part in told)}; {found.rows} rows")
    for name in found.skipped:
        terminal.line(f"Not read (no header understood): {name}")
    for table in found.tables:
        header = f", header on row {table.header}" if table.header else ""
        terminal.line()
        terminal.table(
            ("heading", "read as", "filled", ""),
            [
                (c.heading, _read_as(c), f"{c.filled} of {table.rows}", _HOW[c.how.value])
                for c in table.columns
            ],
            title=f"{table.name or found.file}: {table.rows} rows{header}",
        )
        if table.without_description:
            terminal.line(f"{table.without_description} rows without a description: rejected.")
    for name, values in groupby(view.values, key=lambda value: value.field):
        _show_values(name, list(values), terminal)
    more = sum(column.more for table in found.tables for column in table.columns)
    if more:
        terminal.line(f"{more} more values are too long or too many to be shown.")
    for finding in found.findings:
        if finding.reason in _IN_THE_TABLE:
            continue
        terminal.line(f"{finding.where}: {finding.message} {finding.advice}")
    if view.settings:
        terminal.line()
        terminal.line("To paste into kg.toml (take the # away and say what is meant):")
        for line in view.settings:
            terminal.line(line, wrap=False)
    else:
        terminal.line("Every heading and value is understood. Next: kg build " + str(path))
