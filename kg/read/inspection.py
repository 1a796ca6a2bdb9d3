"""How a file is understood, before anything is built: what `kg inspect` shows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.blank import is_blank
from kg.messages import DEFAULT_LANGUAGE, phrase
from kg.model import FIELDS, NARRATIVE, Finding, Record, Rejection
from kg.read.columns import Column, setting
from kg.read.events import Opened, Part, Unread
from kg.read.flag import FLAG
from kg.read.headings import Headings
from kg.read.near import How
from kg.read.rows import Skipped, Told
from kg.read.source import READERS, TELL_EACH, load, rejected
from kg.read.totals import SECOND_HEADING, TOTALS
from kg.read.turning import YES_NO, both_poles, turns_round
from kg.vocab import filled_field

#: Fields whose cells hold values, not sentences. Only these are ever shown.
CODED = tuple(name for name in FIELDS if name not in (*NARRATIVE, "merged", "fragment_id"))
#: So many different values of a column are kept; a longer one is likely a sentence, and is not.
MOST_VALUES = 50
_LONGEST_VALUE = 120
#: So many different values of a column are counted: no list of values is longer.
_MOST_DIFFERENT = 20_000


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
    """One table: a worksheet, a CSV file, or the blocks of a text file.

    `rejected` are reasons, as a build gives them, and how many rows each. `file` is the one in
    which it stands: an archive holds several.
    """

    file: str
    name: str
    header: int | None
    rows: int
    rejected: tuple[tuple[str, int], ...]
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

    def answers(self, name: str) -> Counter[tuple[str, str]]:
        """The same with the heading where that decides how a value is read; "" elsewhere."""
        counted: Counter[tuple[str, str]] = Counter()
        for table in self.tables:
            for column in table.columns:
                if column.field == name:
                    heading = column.heading if both_poles(column.heading, name) else ""
                    counted.update({(heading, text): count for text, count in column.values})
        return counted


def inspect_source(
    path: Path,
    *,
    headings: Headings,
    label: str | None = None,
    progress: Callable[[int], None] | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> Inspection:
    """Look at a source without building anything, one record in memory at a time.

    Where no header is understood, the likeliest row is shown as one, so that
    its headings can be named in `kg.toml`.

    Args:
        path: The file.
        headings: How headings are understood.
        label: What the file is called; its name if None.
        progress: Told of the rows looked at so far, now and then.
        language: Of what the lines to paste say behind a "#".

    Raises:
        SourceError: the file is missing, empty, damaged or of an unknown kind.
    """
    tables: list[_Seen] = []
    findings: list[Finding] = []
    skipped: list[str] = []
    told: list[Told] = []
    rows = 0
    marks = (0, 0, 0, 0)  # how much was known when the last file of an archive began
    opened = ""
    for event in load(path, headings=headings, label=label, lenient=True):
        if isinstance(event, Record):
            tables[-1].take(event)
        elif isinstance(event, Rejection):
            tables[-1].rows += 1
            tables[-1].rejected[event.reason] += 1
        elif isinstance(event, Part):
            tables.append(_Seen(event, opened))
        elif isinstance(event, Column):
            tables[-1].add(event)
        elif isinstance(event, Finding):
            findings.append(event)
        elif isinstance(event, Skipped):
            skipped.append(event.name)
        elif isinstance(event, Told):
            told.append(event)
        elif isinstance(event, Opened):
            marks = (len(tables), len(findings), len(skipped), len(told))
            opened = event.file
        elif isinstance(event, Unread):
            if event.finding.where.file == opened:  # else it broke before it was begun
                del tables[marks[0] :], findings[marks[1] :], skipped[marks[2] :], told[marks[3] :]
            findings.append(event.finding)
        rows += isinstance(event, Record | Rejection)
        if progress is not None and rows and rows % TELL_EACH == 0:
            progress(rows)
    media_type, _ = READERS[path.suffix.lower()]
    one = told[0] if len(told) == 1 and opened == (label or path.name) else Told()
    return Inspection(
        file=label or path.name,
        format=media_type,
        encoding=one.encoding,
        delimiter=one.delimiter,
        tables=tuple(table.view() for table in tables),
        skipped=tuple(skipped),
        settings=tuple(dict.fromkeys(_settings(tables, language))),
        findings=tuple(findings),
    )


class _Filled:
    """One column, and what its cells held so far."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.coded = filled_field(column.field) in CODED
        self.filled = 0
        self.values: Counter[str] = Counter()
        self.long: set[int] = set()  # different texts that are too long to be a value

    def take(self, text: str) -> None:
        """One more cell."""
        if is_blank(text):
            return
        self.filled += 1
        if not self.coded:
            return
        short = text.strip()
        if len(short) > _LONGEST_VALUE:
            if len(self.long) < _MOST_DIFFERENT:
                self.long.add(hash(short))
        elif short in self.values or len(self.values) < _MOST_DIFFERENT:
            self.values[short] += 1

    def view(self) -> ColumnView:
        """What is shown of it."""
        match = self.column.match
        values = sorted(self.values.items(), key=lambda item: (-item[1], item[0]))
        return ColumnView(
            heading=match.heading,
            field=filled_field(self.column.field),
            how=match.how,
            candidates=match.candidates,
            filled=self.filled,
            values=tuple(values[:MOST_VALUES]),
            more=max(0, len(values) - MOST_VALUES) + len(self.long),
        )


class _Seen:
    """One table, as far as it was looked at."""

    def __init__(self, part: Part, file: str) -> None:
        self.part = part
        self.file = file
        self.rows = 0
        self.rejected: Counter[str] = Counter()
        # A header that is repeated lower down may call the same field otherwise.
        self.columns: dict[tuple[str, str], _Filled] = {}
        self.first: dict[str, _Filled] = {}  # of records that each have headings of their own

    def add(self, column: Column) -> None:
        """A column of its header, or of a further one below."""
        new = self.columns.setdefault((column.field, column.heading), _Filled(column))
        self.first.setdefault(column.field, new)

    def take(self, record: Record) -> None:
        """One more record."""
        self.rows += 1
        refused = rejected(record)
        if refused is not None:
            self.rejected[refused.reason] += 1
            if refused.reason in {SECOND_HEADING, TOTALS}:
                return  # what adds others up, or asks for them, is no value
        for cell in record.cells:
            seen = self.columns.get((cell.field, cell.heading), self.first.get(cell.field))
            if seen is not None:
                seen.take(cell.text)

    def view(self) -> TableView:
        """What is shown of it."""
        views = (column.view() for column in self.columns.values())
        return TableView(
            file=self.file,
            name=self.part.name,
            header=self.part.header,
            rows=self.rows,
            rejected=tuple(sorted(self.rejected.items())),
            # A column without heading is one only where something stands in it.
            columns=tuple(view for view in views if view.filled or view.heading),
        )


def _settings(tables: Iterable[_Seen], language: str) -> Iterator[str]:
    """Lines for [headings], each behind a "#": a person takes it away, or does not."""
    for table in tables:
        for seen in table.columns.values():
            match = seen.column.match
            if match.known or not match.heading.strip():
                continue
            nearest = match.candidates[0] if match.candidates else None
            line = setting(match.heading, nearest or phrase("inspect.a-field", language))
            if nearest in YES_NO and turns_round(match.heading):
                # Pasted, such a line would clear what is confidential: it is not offered.
                opposite = phrase("inspect.opposite", language, field=nearest)
                yield f"# {line.partition(' = ')[0]} {opposite}"
            elif nearest == FLAG:
                yield f"# {line}  # {phrase('inspect.flag', language)}"
            elif nearest is not None:
                how = phrase(f"inspect.how-{match.how.value}", language)
                yield f"# {line}  # {phrase('inspect.closest', language, how=how, field=nearest)}"
            else:
                yield f"# {line}  # {phrase('inspect.kept', language)}"
