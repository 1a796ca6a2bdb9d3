"""How a file is understood, before anything is built: what `kg inspect` shows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.blank import is_blank
from kg.model import FIELDS, NARRATIVE, Finding, Record
from kg.read.columns import Column, setting
from kg.read.headings import Headings
from kg.read.near import How
from kg.read.source import load
from kg.read.turning import YES_NO, turns_round
from kg.read.understand import Understood

#: Fields whose cells hold values, not sentences. Only these are ever shown.
CODED = tuple(name for name in FIELDS if name not in (*NARRATIVE, "merged", "fragment_id"))
#: So many different values of a column are kept; a longer one is likely a sentence, and is not.
MOST_VALUES = 50
_LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column: what it is taken for and how full it is.

    `values` are the different values of a coded field with their counts, the
    commonest first, up to 50; `more` counts further ones and those too long
    to be a value. Both are empty for narrative and for unknown columns: their
    words are never shown.
    """

    heading: str
    field: str
    how: How
    candidates: tuple[str, ...]
    filled: int
    values: tuple[tuple[str, int], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class TableView:
    """One table: a worksheet, a CSV file, or the blocks of a text file."""

    name: str
    header: int | None
    rows: int
    without_description: int
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """How one file is understood. `settings` are lines to paste under [headings] in kg.toml."""

    file: str
    format: str
    encoding: str | None
    delimiter: str | None
    tables: tuple[TableView, ...]
    skipped: tuple[str, ...]
    settings: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    def values(self, name: str) -> Counter[str]:
        """The different values of a coded field in the whole file, with their counts."""
        counted: Counter[str] = Counter()
        for table in self.tables:
            for column in table.columns:
                if column.field == name:
                    counted.update(dict(column.values))
        return counted


def inspect_source(path: Path, *, headings: Headings, label: str | None = None) -> Inspection:
    """Look at a source without building anything.

    Where no header is understood, the likeliest row is shown as one, so that
    its headings can be named in `kg.toml`.

    Raises:
        SourceError: the file is missing, empty, damaged or of an unknown kind.
    """
    loaded = load(path, headings=headings, label=label, lenient=True)
    return Inspection(
        file=loaded.file,
        format=loaded.format,
        encoding=loaded.encoding,
        delimiter=loaded.delimiter,
        tables=tuple(_table(table) for table in loaded.tables),
        skipped=loaded.skipped,
        settings=tuple(dict.fromkeys(_settings(loaded.tables))),
        findings=loaded.findings,
    )


def _table(table: Understood) -> TableView:
    views = (_column(column, table.records) for column in table.columns)
    return TableView(
        name=table.name,
        header=table.header,
        rows=len(table.records) + len(table.rejected),
        without_description=sum(is_blank(r.value("description")) for r in table.records),
        # A column without heading is one only where something stands in it.
        columns=tuple(view for view in views if view.filled or view.heading),
    )


def _column(column: Column, records: Sequence[Record]) -> ColumnView:
    texts = [record.value(column.field) or "" for record in records]
    filled = Counter(text.strip() for text in texts if not is_blank(text))
    values: tuple[tuple[str, int], ...] = ()
    more = 0
    if column.field in CODED:
        short = {text: count for text, count in filled.items() if len(text) <= _LONGEST_VALUE}
        values = tuple(sorted(short.items(), key=lambda item: (-item[1], item[0])))[:MOST_VALUES]
        more = len(filled) - len(values)
    return ColumnView(
        heading=column.match.heading,
        field=column.field,
        how=column.match.how,
        candidates=column.match.candidates,
        filled=filled.total(),
        values=values,
        more=more,
    )


def _settings(tables: Sequence[Understood]) -> Iterator[str]:
    """Lines for [headings], each behind a "#": a person takes it away, or does not."""
    for table in tables:
        for column in table.columns:
            match = column.match
            if match.known or not match.heading.strip():
                continue
            nearest = match.candidates[0] if match.candidates else None
            line = setting(match.heading, nearest or "FIELD")
            if nearest in YES_NO and turns_round(match.heading):
                # Pasted, such a line would clear what is confidential: it is not offered.
                yield f"# {line.partition(' = ')[0]} asks the opposite of {nearest}"
            elif nearest is not None:
                yield f"# {line}  # {match.how.value}; closest: {nearest}"
            else:
                yield f"# {line}  # unknown; kept as it is"
