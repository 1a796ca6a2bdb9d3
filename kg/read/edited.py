"""Tables that people edit beside `kg.toml`: `framework.csv`, `decisions.csv`.

Read with `,` or `;`, with or without a mark, UTF-8 or cp1252, or as a workbook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import ConfigError, KgError
from kg.model import Finding, Where
from kg.read.content import Content
from kg.read.csv import read_csv
from kg.read.decode import refuse_binary
from kg.read.excel import read_excel
from kg.read.header import Search
from kg.read.lexicon import headings_data
from kg.read.rows import Row, Score, Table, clean, unclosed_quote
from kg.vocab import fold

_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an edited table: its number, and its texts by column, trimmed."""

    number: int
    values: Mapping[str, str]
    broken: bool = False

    def get(self, column: str) -> str:
        """The text of a column, "" where the table has none."""
        return self.values.get(column, "")


def read_edited(
    path: Path, *, columns: Mapping[str, Sequence[str]], required: Sequence[str], strict: bool
) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """The lines of an edited table; none where the file is empty.

    Args:
        path: The file.
        columns: How each column may be called. "label@fr" is the French one of `label`.
        required: Columns without which there is no header; one language of a column is enough.
        strict: Refuse columns that are not known, instead of leaving them out.

    Raises:
        ConfigError: the file cannot be read, or its header lacks a column.
    """
    named = {fold(word): name for name, words in columns.items() for word in words}
    needed = set(required)

    def score(cells: Sequence[str]) -> int:
        found = {named[fold(cell)] for cell in cells if fold(cell) in named}
        return len(found) if needed <= {name.partition("@")[0] for name in found} else 0

    tables, findings = _tables(path, score)
    if tables is None:
        return (), ()
    if not tables:
        raise ConfigError(
            f"{path.name}, row 1: no header; expected the columns {', '.join(required)}. "
            "Write their names into the first row."
        )
    lines: list[Line] = []
    for table, rows in tables:
        names = _names(path.name, table, named, strict=strict)
        for row in rows:
            texts = [clean(cell)[0].strip() for cell in row.cells]
            if not texts[0].startswith("#"):  # a comment
                values = {names[i]: text for i, text in enumerate(texts) if i in names}
                lines.append(Line(row.number, values, row.broken))
    return tuple(lines), tuple(findings)


def _tables(path: Path, score: Score) -> tuple[list[tuple[Table, list[Row]]] | None, list[Finding]]:
    """The tables of the file, and what was odd about it; None where it holds nothing."""
    tables: list[tuple[Table, list[Row]]] = []
    findings: list[Finding] = []
    try:
        data = path.read_bytes()
        if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            return None, findings
        content = Content.of(data)
        if path.suffix.lower() in _WORKBOOKS:
            grid = read_excel(content, name=path.name, search=Search(score))
        else:
            refuse_binary(content, name=path.name, expected="a table as text")
            grid = read_csv(content, name=path.name, search=Search(score))
        for part in grid:
            if isinstance(part, Table):
                tables.append((part, list(part.rows)))
                broken = (row for row in tables[-1][1] if row.broken)
                findings += (unclosed_quote(Where(path.name, row.number)) for row in broken)
            elif isinstance(part, Finding):
                findings.append(part)
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise ConfigError(f"{path.name}: {reason}; check that you may read it.") from problem
    except KgError as problem:
        raise ConfigError(str(problem)) from problem
    return tables, findings


def _names(file: str, table: Table, named: Mapping[str, str], *, strict: bool) -> dict[int, str]:
    names: dict[int, str] = {}
    for index, heading in enumerate(table.header.cells):
        name = named.get(fold(heading))
        if name is None:
            if strict and heading.strip():
                raise ConfigError(
                    f"{file}, row {table.header.number}: column {index + 1} has a heading that kg "
                    f"does not know; expected {', '.join(dict.fromkeys(named.values()))}. "
                    "Correct its spelling."
                )
        elif name in names.values():
            raise ConfigError(
                f"{file}, row {table.header.number}: the column {name} stands twice; "
                "remove one of the two."
            )
        else:
            names[index] = name
    return names


@cache
def words_of(section: str, part: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """A mapping name → words from `ontology/headings.yaml`."""
    tree = headings_data()[section]
    found = tree[part] if part is not None and isinstance(tree, Mapping) else tree
    assert isinstance(found, Mapping)  # noqa: S101 - shipped data
    return {name: tuple(words) for name, words in found.items()}


@cache
def _yes() -> frozenset[str]:
    found = headings_data()["publish"]
    assert isinstance(found, list)  # noqa: S101 - shipped data
    return frozenset(fold(word) for word in found)


def plainly_yes(text: str) -> bool:
    """Does a `publish` cell plainly say yes? Everything else keeps the line inside.

    >>> plainly_yes(" Oui "), plainly_yes("yes, later"), plainly_yes("")
    (True, False, False)
    """
    return fold(text) in _yes()
