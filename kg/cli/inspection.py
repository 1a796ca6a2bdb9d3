"""How `kg inspect` prints what it sees."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from kg.cli.terminal import Terminal
from kg.config import Config
from kg.errors import SourceError
from kg.inspect import FileView, ValueView
from kg.messages import (  # fmt: skip
    counted,
    error_text,
    has_phrase,
    in_words,
    phrase,
    place_of,
    sentences,
    source_of,
    spoken,
    table_name,
)
from kg.model import Finding, Where
from kg.read import NO_RECORDS, OTHER_KIND, OWN_OUTPUT, expand_sources, left_in_folders, unread
from kg.read.inspection import ColumnView, Inspection, TableView
from kg.read.near import How
from kg.vocab import slug
from kg.vocabulary import load_vocabulary

_FORMATS = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/plain": "blocks",
    "text/markdown": "blocks",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "excel",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "excel",
    "application/vnd.ms-excel": "excel",
    "application/vnd.oasis.opendocument.spreadsheet": "opendocument",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "application/json": "json",
    "application/x-ndjson": "json-lines",
    "application/jsonl": "json-lines",
    "application/zip": "zip",
}
#: Of a heading that is as kg knows it nothing is told.
_CERTAIN = frozenset({How.EXACT, How.FOLDED})
#: Told in the table of headings already.
_SKIPPED = frozenset({"skipped-sheet", "skipped-table"})
_IN_THE_TABLE = frozenset({"close-heading", "doubtful-heading", "unknown-heading", *_SKIPPED})
#: Of files of which one line tells, however many they are.
LEFT = (OTHER_KIND, NO_RECORDS, OWN_OUTPUT)
_NAMED = 10


def show_inspection(view: FileView, path: Path, terminal: Terminal) -> None:
    """Headings, values, what is not understood, and the lines to paste."""
    found, said = view.inspection, partial(phrase, language=terminal.language)
    terminal.line(_file(found, terminal.language))
    skipped = [place.where for place in found.findings if place.reason in _SKIPPED]
    if skipped:
        told_of = (_title(where, found, terminal.language) for where in skipped)
        terminal.line(said("inspect.skipped", sheets="; ".join(told_of)))
    for table in found.tables:
        _show_table(
            table, _title(Where(table.file, sheet=table.name), found, terminal.language), terminal
        )
    if view.promised:
        codes = "; ".join(
            f"{file}: {counted('inspect.codes', count, terminal.language)}"
            for file, count in view.promised
        )
        terminal.line()
        terminal.line(said("inspect.promised-by", files=codes))
    for name, values in groupby(view.values, key=lambda value: value.field):
        _show_values(name, list(values), terminal)
    more = sum(column.more for table in found.tables for column in table.columns)
    if more:
        terminal.line(counted("inspect.more", more, terminal.language))
    findings = [f for f in found.findings if f.reason not in _IN_THE_TABLE]
    if findings:
        terminal.line()
    for finding in findings:
        if finding.reason not in LEFT:
            terminal.line(told(finding, terminal.language))
    for line in tell_left(findings, terminal.language):
        terminal.line(line)
    terminal.line()
    if view.settings:
        terminal.line(said("inspect.paste"))
        for line in view.settings:
            terminal.line(line, wrap=False)
        terminal.line()
    whole = all(value.understood for value in view.values) and not view.settings
    terminal.line(said(f"inspect.{'understood' if whole else 'in-part'}", path=path))


def show_folder(
    folder: Path, config: Config, look: Callable[[Path], FileView], terminal: Terminal
) -> None:
    """One file of a folder after the other; those that cannot be read, or are none, are told last.

    Raises:
        SourceError: there is no file of records in it.
    """
    never = {path.resolve() for path in config.frameworks}
    findings: list[Finding] = []
    for path in expand_sources([folder], never=never):
        try:
            view = look(path)
        except SourceError as problem:
            findings.append(unread(path.name, problem))
            continue
        show_inspection(view, path, terminal)
        terminal.line()
    findings += left_in_folders([folder], home=config.root, never=never)
    for finding in findings:
        if finding.reason not in LEFT:
            terminal.line(told(finding, terminal.language))
    for line in tell_left(findings, terminal.language):
        terminal.line(line)


def tell_left(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """A line for the files that are none of a harvest, by name; they are many or none."""
    kept = list(findings)
    for reason in LEFT:
        found = [finding for finding in kept if finding.reason == reason]
        if not found:
            continue
        names = ", ".join(finding.where.file for finding in found[:_NAMED])
        if len(found) > _NAMED:
            names += phrase("build.and-more", language, count=len(found) - _NAMED)
        first = found[0]
        message, advice = in_words(reason, first.message, first.advice, language=language)
        together = spoken(sentences()[reason].together, language)
        what = together if len(found) > 1 else message
        yield phrase("inspect.finding", language, where=names, message=what, advice=advice)


def told(finding: Finding, language: str) -> str:
    """A finding in one line: where, what, what to do."""
    message, advice = in_words(finding.reason, finding.message, finding.advice, language=language)
    where = place_of(finding.where, language)
    return phrase("inspect.finding", language, where=where, message=message, advice=advice)


def _file(found: Inspection, language: str) -> str:
    """What the file is, in one line."""
    known = _FORMATS.get(found.format)
    parts = [phrase(f"inspect.formats.{known}", language) if known else found.format]
    parts += [found.encoding] if found.encoding else []
    if found.delimiter:
        parts.append(phrase("inspect.delimiter", language, delimiter=repr(found.delimiter)))
    rows = counted("inspect.rows", found.rows, language)
    return phrase("inspect.file", language, file=found.file, what=", ".join(parts), rows=rows)


def _title(where: Where, found: Inspection, language: str) -> str:
    """A table by its sheet, or its number; in an archive behind the name of its file."""
    if where.file != found.file:
        return source_of(where, language)
    return table_name(where.sheet, language) or where.file


def _show_table(table: TableView, title: str, terminal: Terminal) -> None:
    """The headings of one table, and what each is taken for."""
    language = terminal.language
    said = partial(phrase, language=language)
    title = said(
        "inspect.table",
        table=title,
        rows=counted("inspect.rows", table.rows, language),
    )
    if table.header:
        title += said("inspect.header", row=table.header)
    terminal.line()
    terminal.table(
        [said(f"inspect.head-{name}") for name in ("heading", "read-as", "filled")] + [""],
        [
            (
                column.heading,
                _read_as(column, language),
                said("inspect.filled", filled=column.filled, rows=table.rows),
                "" if column.how in _CERTAIN else said(f"inspect.hint-{column.how.value}"),
            )
            for column in table.columns
        ],
        title=title,
    )
    for reason, count in table.rejected:
        why = error_text(reason, language)
        terminal.line(counted("inspect.rejected", count, language, reason=why))


def _read_as(column: ColumnView, language: str) -> str:
    """The field of a column; of a doubtful one those that it may be."""
    if column.how.value == "doubtful":
        either = phrase("inspect.or", language)
        names = f" {either} ".join(_field(name, language) for name in column.candidates)
        return phrase("inspect.asked", language, names=names)
    own = column.how.value == "unknown"
    return phrase("inspect.own", language) if own else _field(column.field, language)


def _field(name: str, language: str) -> str:
    """A field as kg.toml and all files name it, in English; else by its label."""
    if language == "en":
        return name
    try:
        return load_vocabulary().get("field", slug(name)).label(language)
    except KeyError:
        return name


def _show_values(name: str, values: Sequence[ValueView], terminal: Terminal) -> None:
    """The values of one field, those that a person should look at marked."""
    language = terminal.language
    unclear = sum(not value.understood for value in values)
    title = counted("inspect.values", len(values), language, field=_field(name, language))
    title += phrase("inspect.unclear", language, count=unclear) if unclear else ""
    terminal.line()
    # Above the table, not in it: a title is no wider than its table, and would break.
    terminal.heading(title, style="bold")
    terminal.table(
        [phrase(f"inspect.head-{head}", language) for head in ("value", "times", "read-as")] + [""],
        [(v.text, v.count, v.meaning, _why(v, language)) for v in values],
    )


def _why(value: ValueView, language: str) -> str:
    """In a few words why a person should look; a reason without these has its sentence."""
    return "; ".join(
        phrase(f"inspect.why.{reason}", language)
        if has_phrase(f"inspect.why.{reason}")
        else value.how
        for reason in value.reasons
    )
