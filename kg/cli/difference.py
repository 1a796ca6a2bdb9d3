"""How `kg diff` prints what differs."""

import json
from pathlib import Path
from typing import Any

from kg.cli.delimited import delimited
from kg.cli.terminal import Terminal
from kg.difference import Change, Difference, FieldChange, RecordChange

COLUMNS = ("change", "key", "fragment_id", "old_row", "new_row", "field", "effect", "old", "new")
_BLANK = "(blank)"


def show_difference(
    found: Difference, old: Path, new: Path, *, form: str, output: Path | None, terminal: Terminal
) -> None:
    """Print a difference in the form asked for; what was left out is told beside it."""
    told = zip((old, new), found.rejected, found.copies, found.alone, strict=True)
    for path, rejected, copies, alone in told:
        if rejected:
            terminal.warn(f"{path}: rows rejected {rejected} (kg inspect says why); not compared.")
        if copies:
            terminal.say(f"{path}: rows that repeat another record {copies}; each counts once.")
        if alone:
            terminal.say(f"{path}: columns that the other file has not: {', '.join(alone)}.")
    if form == "json":
        tree = {
            "old": old.name,
            "new": new.name,
            "counts": dict(found.counts),
            "records": [_tree(record) for record in found.records],
        }
        terminal.result(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", output)
    elif form == "csv":
        rows = [row for record in found.records for row in _rows(record)]
        terminal.result(delimited(COLUMNS, rows), output)
    else:
        _table(found, output, terminal)


def _tree(record: RecordChange) -> dict[str, Any]:
    return {
        "change": record.change.value,
        "key": record.key,
        "fragment_id": record.identifier,
        "old_row": record.old_row,
        "new_row": record.new_row,
        "fields": [
            {"field": f.field, "effect": f.effect.value, "old": f.old, "new": f.new}
            for f in record.fields
        ],
    }


def _rows(record: RecordChange) -> list[tuple[object, ...]]:
    """One line a cell that differs; one for a record that came or went."""
    head = (
        record.change.value,
        record.key,
        record.identifier,
        record.old_row,
        record.new_row,
    )
    if not record.fields:
        return [(*head, "", "", "", "")]
    return [(*head, f.field, f.effect.value, f.old, f.new) for f in record.fields]


def _table(found: Difference, output: Path | None, terminal: Terminal) -> None:
    rows = [line for record in found.records for line in _lines(record)]
    counts = ", ".join(f"{count} {_NAMES.get(name, name)}" for name, count in found.counts.items())
    if rows:
        terminal.table(("change", "record", "row", "field", "what"), rows, target=output)
    if output is None:
        terminal.line()
        terminal.line(counts)
    elif not rows:
        terminal.result(f"{counts}\n", output)
    else:
        terminal.say(counts)


_NAMES = {Change.UPGRADED.value: "upgraded from lead"}


def _lines(record: RecordChange) -> list[tuple[object, ...]]:
    """The record once, then its fields below each other."""
    row = record.old_row if record.new_row is None else record.new_row
    head = (record.change.value, record.key, row)
    if not record.fields:
        return [(*head, "", "")]
    first, *others = [(f.field, _what(f)) for f in record.fields]
    return [(*head, *first), *(("", "", "", *other) for other in others)]


def _what(change: FieldChange) -> str:
    """From which value to which; of words no more than that they differ."""
    if change.old or change.new:
        return f"{change.old or _BLANK} → {change.new or _BLANK}"
    return change.effect.value
