"""How `kg check` prints its findings."""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from kg.cli.delimited import delimited
from kg.cli.terminal import Terminal
from kg.errors import UsageError
from kg.model import Finding, Severity

COLUMNS = ("severity", "reason", "file", "row", "field", "key", "message", "advice")
_SHOWN = 12


def show_worklist(
    findings: Sequence[Finding], form: str, output: Path | None, terminal: Terminal
) -> None:
    """Print findings in the form asked for."""
    rows = [_row(finding) for finding in findings]
    if form == "json":
        tree = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        terminal.result(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", output)
    elif form == "csv":
        terminal.result(delimited(COLUMNS, rows), output)
    elif form == "xlsx":
        if output is None:
            raise UsageError("--format xlsx needs a file: add -o worklist.xlsx")
        from kg.query.formats import workbook

        terminal.result(workbook(COLUMNS, rows), output)
    else:
        _table(findings, terminal)


def _row(finding: Finding) -> tuple[str | int | None, ...]:
    where = finding.where
    return (
        finding.severity.value,
        finding.reason,
        where.file,
        where.row,
        where.field,
        finding.key,
        finding.message,
        finding.advice,
    )


def _table(findings: Sequence[Finding], terminal: Terminal) -> None:
    """One group a thing to do: what is so, what to do, then where."""
    for (severity, reason), group in groupby(findings, key=lambda f: (f.severity, f.reason)):
        found = list(group)
        said = {finding.message for finding in found}
        common = said.pop() if len(said) == 1 else None
        terminal.heading(f"{reason} ({len(found)})", style=_STYLES[severity])
        if common:
            terminal.note(common, style="")
        if found[0].advice:
            terminal.note(found[0].advice)
        terminal.places(
            (f.key or "", str(f.where) if f.where.file else "", "" if common else f.message)
            for f in found[:_SHOWN]
        )
        if len(found) > _SHOWN:
            terminal.note(f"… and {len(found) - _SHOWN} more (--format csv shows all)")
        terminal.line()
    counted = {s: sum(f.severity is s for f in findings) for s in Severity}
    terminal.line(
        f"{counted[Severity.VIOLATION]} violations, {counted[Severity.WARNING]} warnings, "
        f"{counted[Severity.INFO]} notes"
        + ("" if findings else ": nothing to do, the harvest is in order")
    )


_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold"}
