"""How `kg diff` prints what differs."""

import json
from pathlib import Path
from typing import Any

from kg.cli.terminal import Terminal
from kg.delimited import delimited
from kg.difference import Difference, FieldChange, RecordChange, field_label
from kg.messages import counted, phrase

COLUMNS = ("change", "key", "fragment_id", "old_row", "new_row", "field", "effect", "old", "new")


def show_difference(
    found: Difference, old: Path, new: Path, *, form: str, output: Path | None, terminal: Terminal
) -> None:
    """Print a difference in the form asked for; what was left out is told beside it."""
    tongue = terminal.language
    told = zip((old, new), found.rejected, found.copies, found.alone, strict=True)
    for path, rejected, copies, alone in told:
        if rejected:
            terminal.warn(phrase("diff.rejected", tongue, path=path, count=rejected))
        if copies:
            terminal.say(phrase("diff.copies", tongue, path=path, count=copies))
        if alone:
            columns = ", ".join(field_label(name, tongue) for name in alone)
            terminal.say(phrase("diff.alone", tongue, path=path, columns=columns))
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
    tongue = terminal.language
    rows = [line for record in found.records for line in _lines(record, tongue)]
    counts = ", ".join(
        f"{count} {counted(f'diff.{name}', count, tongue)}" for name, count in found.counts.items()
    )
    if not rows:
        nothing = "same" if found.unchanged else "empty"
        counts = f"{counts}\n{phrase(f'diff.{nothing}', tongue)}"
    if rows:
        heads = ("change", "record", "row", "field", "what")
        terminal.table([phrase(f"diff.head-{h}", tongue) for h in heads], rows, target=output)
    if output is None:
        if rows:
            terminal.line()
        terminal.line(counts)
    elif not rows:
        terminal.result(f"{counts}\n", output)
    else:
        terminal.say(counts)


def _lines(record: RecordChange, tongue: str) -> list[tuple[object, ...]]:
    """The record once, then its fields below each other."""
    row = record.old_row if record.new_row is None else record.new_row
    head = (phrase(f"diff.row-{record.change.value}", tongue), record.key, row)
    if not record.fields:
        return [(*head, "", "")]
    first, *others = [(field_label(f.field, tongue), _what(f, tongue)) for f in record.fields]
    return [(*head, *first), *(("", "", "", *other) for other in others)]


def _what(change: FieldChange, tongue: str) -> str:
    """From which value to which; of words no more than that they differ."""
    if change.old or change.new:
        blank = phrase("diff.blank", tongue)
        return f"{change.old or blank} → {change.new or blank}"
    return phrase(f"diff.effect-{change.effect.value}", tongue)
