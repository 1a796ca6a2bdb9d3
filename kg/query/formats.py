"""An answer as text or bytes: for a screen, a spreadsheet, another program.

`csv`, `tsv`, `json` and `xml` are W3C's result formats for SELECT and ASK, to
the letter; a CSV of them is data, and may hold a cell that a spreadsheet
would take for a formula. `xlsx` is for people: its text cells are never formulas.
"""

import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from pyoxigraph import (
    QueryResultsFormat,
    RdfFormat,
    parse_query_results,
    serialize,
)

from kg.errors import UsageError
from kg.query.answer import Answer
from kg.vocab import PREFIXES

_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
#: Formats by the kind of answer that they fit.
FORMATS = {
    "select": ("table", "csv", "tsv", "json", "xml", "md", "xlsx"),
    "ask": ("table", "csv", "tsv", "json", "xml"),
    "graph": ("table", "ttl", "nt", "jsonld"),
}
_KIND_NAMES = {"select": "rows", "ask": "yes or no", "graph": "a graph"}
_LONGEST_CELL = 32_767
#: A column of text narrower than this is no pleasure to read.
_NARROWEST = 12
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A workbook says when it was made; the same rows shall give the same bytes.
_MADE = datetime(2000, 1, 1)
_ZIP_MADE = (2000, 1, 1, 0, 0, 0)


def render(answer: Answer, form: str, *, width: int = 80) -> str | bytes:
    """An answer in one format.

    Args:
        answer: From `kg.query.run`.
        form: One of `FORMATS` for this kind of answer.
        width: Columns of the screen, for `table`.

    Returns:
        Bytes for `xlsx`, text for all others.

    Raises:
        UsageError: a format that does not fit what was asked.
    """
    fitting = FORMATS[answer.kind]
    if form not in fitting:
        raise UsageError(
            f"The answer is {_KIND_NAMES[answer.kind]}, which --format {form} cannot hold; "
            f"expected one of {', '.join(fitting)}."
        )
    if form in _RESULTS:
        return _result(answer, form)
    if form in _GRAPHS:
        return _graph(answer, form)
    if form == "xlsx":
        return workbook(answer.columns, answer.values())
    makers: dict[str, Callable[[], str]] = {
        "md": lambda: _markdown(answer),
        "table": lambda: _table(answer, width),
    }
    return makers[form]()


def _result(answer: Answer, form: str) -> str:
    content = answer.as_json()
    if form == "json":
        return content.decode("utf-8")
    if answer.kind == "ask" and form in {"csv", "tsv"}:
        return f"{'true' if answer.boolean else 'false'}\n"  # W3C gives these no form of ASK
    results = parse_query_results(content, format=QueryResultsFormat.JSON)
    text = (results.serialize(format=_RESULTS[form]) or b"").decode("utf-8")
    return text if text.endswith("\n") else f"{text}\n"


def _graph(answer: Answer, form: str) -> str:
    # Sorted by Answer: the writer keeps the order it is given.
    content = serialize(answer.triples, format=_GRAPHS[form], prefixes=_used_prefixes(answer, form))
    text = (content or b"").decode("utf-8")
    return text if text.endswith("\n") or not text else f"{text}\n"


def _used_prefixes(answer: Answer, form: str) -> dict[str, str] | None:
    if form == "nt":
        return None
    said = " ".join(str(triple) for triple in answer.triples)
    return {name: iri for name, iri in sorted(PREFIXES.items()) if f"<{iri}" in said}


def shown(value: object) -> str:
    """A value for reading: an IRI by its last part, numbers without needless zeros.

    >>> shown("https://example.org/harvest/fragment/civ010"), shown(None), shown(True)
    ('civ010', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = str(value)
    if re.fullmatch(r"https?://[^\s<>]+", text):
        return re.split(r"[/#]", text.rstrip("/#"))[-1] or text
    return text


def _markdown(answer: Answer) -> str:
    def cell(value: object) -> str:
        # What a reader of Markdown would take for HTML or for a column of its own.
        text = "" if value is None else str(value)
        text = text.replace("\\", "\\\\").replace("|", "\\|")
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return "<br>".join(text.splitlines())

    lines = [
        answer.columns,
        tuple("---" for _ in answer.columns),
        *(tuple(cell(value) for value in row) for row in answer.values()),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _table(answer: Answer, width: int) -> str:
    if answer.kind == "ask":
        return "yes\n" if answer.boolean else "no\n"
    if answer.kind == "graph":
        return _graph(answer, "ttl") or "No triples: nothing in this harvest answers that.\n"
    if not answer.rows:
        return (
            f"No rows: nothing in this harvest answers that (columns: {', '.join(answer.columns)})."
            "\n"
        )
    cells = [[_printable(shown(value)) for value in row] for row in answer.values()]
    needed = [
        max(len(name), *(min(len(row[place]), _NARROWEST) for row in cells))
        for place, name in enumerate(answer.columns)
    ]
    if sum(needed) + 2 * (len(needed) - 1) > width:
        return _blocks(answer.columns, cells, width)
    return _grid(answer, cells, width)


def _grid(answer: Answer, cells: Sequence[Sequence[str]], width: int) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    values = answer.values()
    for index, name in enumerate(answer.columns):
        number = all(isinstance(row[index], int | float | Decimal | None) for row in values)
        table.add_column(name, overflow="fold", justify="right" if number else "left")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))  # Text: no markup in data
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _blocks(columns: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> str:
    """A row below the other, where columns side by side would be too narrow to read."""
    margin = max(map(len, columns)) + 2
    blocks = []
    for row in cells:
        lines = []
        for name, cell in zip(columns, row, strict=True):
            parts = textwrap.wrap(cell, max(width - margin, _NARROWEST)) or [""]
            lines += [
                f"{name:<{margin}}{parts[0]}".rstrip(),
                *(" " * margin + p for p in parts[1:]),
            ]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else "·" for c in text)


def workbook(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str = "kg"
) -> bytes:
    """Rows as an `.xlsx` workbook with one sheet; the same rows give the same bytes.

    Args:
        columns: The header.
        rows: Plain values; None is an empty cell. Text is text, whatever it begins with.
        sheet: Name of the sheet.

    Raises:
        UsageError: a text longer than a cell of a spreadsheet holds (32,767 characters).
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    book.properties.creator = "kg"
    book.properties.created = book.properties.modified = _MADE
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"

    def cell(value: object) -> object:
        if value is None or isinstance(value, bool | int | float | Decimal):
            return value
        text = _CONTROL.sub("\ufffd", str(value))
        if len(text) > _LONGEST_CELL:
            raise UsageError(
                f"A text is longer than a spreadsheet's cell can hold ({_LONGEST_CELL:,} "
                "characters); use --format csv."
            )
        made = WriteOnlyCell(page, value="")
        made.value = text
        made.data_type = "s"  # or "=1+1" would become a formula
        return made

    def head(name: str) -> object:
        made = WriteOnlyCell(page, value=name)
        made.font = Font(bold=True)
        return made

    page.append([head(name) for name in columns])
    for row in rows:
        page.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def timeless(content: bytes) -> bytes:
    """The same workbook without the moment of its making, in its parts and in its zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = old.read(name)
            if name == "docProps/core.xml":
                moment = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                part = re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:.]+Z?(?=</dcterms:)", moment, part)
            info = zipfile.ZipInfo(name, _ZIP_MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()
