"""How `kg inspect` prints what it sees."""

from pathlib import Path

from kg.cli.terminal import Terminal
from kg.inspect import FileView

_FORMATS = {
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "text/plain": "text blocks",
    "text/markdown": "text blocks",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "Excel workbook",
}
_HOW = {
    "exact": "",
    "folded": "",
    "close": "close match",
    "doubtful": "doubtful: say what it is",
    "unknown": "unknown: kept as it is",
}


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
                (c.heading, c.field, f"{c.filled} of {table.rows}", _HOW[c.how.value])
                for c in table.columns
            ],
            title=f"{table.name or found.file}: {table.rows} rows{header}",
        )
        if table.without_description:
            terminal.line(f"{table.without_description} rows without a description: rejected.")
    if view.values:
        terminal.line()
        terminal.table(
            ("field", "value", "times", "read as", ""),
            [(v.field, v.text, v.count, v.meaning, v.how) for v in view.values],
            title="Values",
        )
    for finding in found.findings:
        terminal.line(f"{finding.where}: {finding.message} {finding.advice}")
    if view.settings:
        terminal.line()
        terminal.line("To paste into kg.toml (take the # away and say what is meant):")
        for line in view.settings:
            terminal.line(line, wrap=False)
    else:
        terminal.line("Every heading and value is understood. Next: kg build " + str(path))
