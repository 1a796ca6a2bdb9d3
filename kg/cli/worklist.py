"""How `kg check` prints its findings: as a list to work through, or one line each."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from kg.cli.terminal import Terminal
from kg.delimited import delimited
from kg.errors import UsageError
from kg.findings import COLUMNS, LINE, by_task, field_name, lines, row
from kg.messages import counted, phrase, sentences, source_of, spoken, table_name
from kg.model import Finding, Severity, Where, is_written

#: Widths of a workbook's columns, in characters.
_WIDTHS = {
    "task": 26, "severity": 13, "file": 20, "row": 7, "field": 22,
    "key": 18, "message": 60, "advice": 60, "reason": 24,
}  # fmt: skip
#: Places told of one reason on the screen. More are no reading matter, and stand in a file.
_SHOWN = 40
_RECORDS = 60
_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def show_worklist(
    findings: Sequence[Finding],
    form: str,
    output: Path | None,
    terminal: Terminal,
) -> None:
    """Print findings in the form asked for.

    Args:
        findings: In the order of `kg.worklist`.
        form: "table", "json", "csv" or "xlsx"; a table that goes to a file is what the
            file's name says.
        output: A file; None is the screen.
        terminal: Where to print; its language is that of titles, headings and the closing
            line. Findings bring their own words.

    Raises:
        UsageError: a workbook was asked for, and no file named; or a file whose name says none
            of these forms.
    """
    if form == "table" and output is not None:
        form = _form_of(output)
    rows = [row(finding) for finding in findings]
    if form == "json":
        tree = [dict(zip(COLUMNS, told, strict=True)) for told in rows]
        terminal.result(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", output)
    elif form == "csv":
        terminal.result(delimited(COLUMNS, rows), output)
    elif form == "xlsx":
        if output is None:
            raise UsageError("--format xlsx needs a file: add -o worklist.xlsx")
        terminal.result(_book(findings, terminal.language), output)
    else:
        _table(findings, terminal, terminal.language)


def _form_of(output: Path) -> str:
    """What a file's name says: the table itself is for a screen."""
    form = output.suffix.lower().lstrip(".")
    if form not in {"json", "csv", "xlsx"}:
        raise UsageError("-o needs a file that ends in .xlsx, .csv or .json, or --format with it")
    return form


def _book(findings: Sequence[Finding], language: str) -> bytes:
    """A workbook for a person: in the language of the findings, in the order of the screen."""
    from kg.query.workbook import workbook

    return workbook(
        [phrase(f"check.head-{name}", language) for name in LINE],
        lines(findings, language),
        sheet=phrase("check.sheet", language),
        widths=[_WIDTHS[name] for name in LINE],
    )


def _table(findings: Sequence[Finding], terminal: Terminal, language: str) -> None:
    """A task and what belongs to it: what is so, what to do, then where."""
    for task, group in by_task(findings):
        terminal.heading(
            f"{phrase(f'check.tasks.{task}', language)} ({len(group)})", style="bold underline"
        )
        for _, same in groupby(group, key=lambda f: (f.severity, f.reason)):
            terminal.line()
            _reason(list(same), terminal, language)
        terminal.line()
    sums = {s: sum(f.severity is s for f in findings) for s in Severity}
    told = ", ".join(
        f"{count} {counted(f'check.{severity.value}', count, language)}"
        for severity, count in sums.items()
    )
    terminal.line(told if findings else phrase("check.nothing", language, told=told))
    if findings:
        terminal.say(phrase("check.as-workbook", language))


def _reason(found: Sequence[Finding], terminal: Terminal, language: str) -> None:
    """What is so, how often, what to do, and the places: nothing is said twice."""
    first = found[0]
    sentence = sentences().get(first.reason)
    together = spoken(sentence.together, language) if sentence and sentence.together else ""
    said = {finding.message for finding in found}
    placed = together if all(finding.span for finding in found) else ""
    # The characters of a name are for scripts: on the screen kg review shows the words.
    common = placed or (said.pop() if len(said) == 1 else "")
    weight = counted(f"check.{first.severity.value}", len(found), language)
    what = common or together or first.message
    terminal.note(
        phrase("check.line", language, count=len(found), weight=weight, what=what),
        style=_STYLES[first.severity],
    )
    if first.advice:
        terminal.note(f"→ {first.advice}", style="")
    if placed:
        _names(found, terminal, language)
        return
    fields = {finding.where.field for finding in found}
    field = fields.pop() if len(fields) == 1 else None
    if field:
        terminal.note(f"  {phrase('check.column', language, field=field_name(field, language))}")
    if common:
        room = terminal.out.width - 4 - 2 - max(len(_home(f.where, language)) for f in found)
        terminal.places(_places(found[:_SHOWN], field, language, room=room))
    else:
        terminal.places(
            (
                ", ".join(filter(None, (_home(f.where, language), _record(f, language)))),
                f.message,
            )
            for f in found[:_SHOWN]
        )
    if len(found) > _SHOWN:
        rest = len(found) - _SHOWN
        terminal.note(f"  {counted('check.more', rest, language)}")


def _names(found: Sequence[Finding], terminal: Terminal, language: str) -> None:
    """Names that wait, as a count a record, most first: kg review shows which words they are."""
    room = terminal.out.width - 4 - 2 - max(len(_home(f.where, language)) for f in found)
    rows = []
    left = _RECORDS
    records = Counter((_home(f.where, language), _record(f, language)) for f in found)
    for file, here in groupby(records.items(), key=lambda pair: pair[0][0]):
        most = sorted(here, key=lambda pair: -pair[1])[:left]
        left -= len(most)
        told = [f"{record} ×{times}" if times > 1 else record for (_, record), times in most]
        rows += [(file, _packed(told, room))] if told else []
    terminal.places(rows)
    if len(records) > _RECORDS:
        rest = len(records) - _RECORDS
        terminal.note(f"  {counted('check.more-records', rest, language)}")


def _places(
    found: Sequence[Finding], common: str | None, language: str, *, room: int
) -> Iterator[tuple[str, str]]:
    """A line a file: its rows and records; a line a record where fields or characters differ."""
    for file, here in groupby(found, key=lambda f: _home(f.where, language)):
        records: dict[str, list[Finding]] = {}
        for finding in here:
            records.setdefault(_record(finding, language), []).append(finding)
        inside = {record: _inside(same, common, language) for record, same in records.items()}
        if any(inside.values()):
            for place, (record, told) in enumerate(inside.items()):
                named = file if place == 0 else ""
                yield named, f"{record}: {told}" if told and record else record or told
        else:
            yield file, _packed([record for record in records if record], room)


def _packed(items: Sequence[str], room: int) -> str:
    """Items side by side, none of them torn apart at the end of a line."""
    lines: list[str] = []
    for place, item in enumerate(items, start=1):
        told = item if place == len(items) else f"{item},"
        if lines and len(lines[-1]) + 1 + len(told) <= room:
            lines[-1] += f" {told}"
        else:
            lines.append(told)
    return "\n".join(lines)


def _home(where: Where, language: str) -> str:
    """What stands once on the left of its places: a document has a table for each form."""
    return where.file if is_written(where.sheet) else source_of(where, language)


def _record(finding: Finding, language: str) -> str:
    """Row and key of a record, with the table of a document; what is not known is left out."""
    where = finding.where
    table = table_name(where.sheet, language) if is_written(where.sheet) else ""
    row = "" if where.row is None else phrase("check.row", language, row=where.row)
    return " ".join(filter(None, (table, row, finding.key)))


def _inside(same: Iterable[Finding], common: str | None, language: str) -> str:
    """Fields and characters of one record, as far as they are not said above."""
    spans: dict[str | None, list[str]] = {}
    for finding in same:
        here = spans.setdefault(finding.where.field, [])
        if finding.span:
            here.append("{}–{}".format(*finding.span))
    told = (
        " ".join(
            filter(
                None, ("" if field == common else field_name(field, language), ", ".join(places))
            )
        )
        for field, places in spans.items()
    )
    return "; ".join(filter(None, told))
