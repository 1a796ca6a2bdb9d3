"""OpenDocument spreadsheets → rows of text, as a person sees them.

Read from the XML itself: readers that give values alone make 1.1 of the code
1.10, join lines that a cell parts, and know neither merged nor hidden cells.
Nothing is padded: what the file repeats without content costs nothing.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile

from kg.errors import KgError, SourceError
from kg.model import Finding
from kg.read.archive import elements, open_archive
from kg.read.cells import as_seen
from kg.read.decode import refuse_binary
from kg.read.header import Join
from kg.read.rows import Grid, Row, Score
from kg.read.sheets import MOST_CELLS, MOST_FILLED, Merge, read_sheets, too_many_merged

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{{{_NS}{name}:1.0}}" for name in ("table", "office", "text"))
_STYLE = f"{{{_NS}style:1.0}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_UNSEEN = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# A row is written once and repeated where neighbours are the same: no harvest has many of those.
_MOST_REPEATED = 50_000
_YEAR_DIGITS = 4


@dataclass(slots=True)
class _Sheet:
    """One worksheet, read at once."""

    title: str
    name: str
    hidden: bool = False
    held: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    next_row: int = 1
    cells: int = 0
    repeated: int = 0
    filled: int = 0

    def rows(self, *, limit: int | None = None) -> Iterator[Row]:
        """Rows that hold a cell, up to *limit* of them."""
        yield from self.held if limit is None else self.held[:limit]

    def add(self, element: Element) -> None:
        """Take up one row, as often as it is repeated."""
        number = self.next_row
        times = _count(element, "number-rows-repeated", _LAST_ROW)
        self.next_row += times
        texts = self._cells(element, number)
        if not any(texts):
            return
        self.repeated += times - 1
        self.cells += times * len(texts)
        if self.repeated > _MOST_REPEATED or self.cells > MOST_CELLS or number > _LAST_ROW:
            raise SourceError(
                f"{self.name}: a worksheet repeats the same row, or fills far more cells than a "
                "harvest has; remove what stands below and to the right of the table."
            )
        hidden = element.get(f"{_TABLE}visibility", "visible") != "visible"
        self.held += (Row(number + i, tuple(texts), hidden=hidden) for i in range(times))

    def _cells(self, element: Element, number: int) -> list[str]:
        texts: list[str] = []
        column = 0
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            text = _seen(cell) if cell.tag == _CELLS[0] else ""
            times = _count(cell, "number-columns-repeated", _LAST_COLUMN)
            if text:
                if column + times > _LAST_COLUMN:
                    raise SourceError(
                        f"{self.name}: the workbook has a cell outside of any worksheet; "
                        "open it in a spreadsheet program and save it again."
                    )
                texts += [""] * (column - len(texts)) + [text] * times
            self._merge(cell, column, number)
            column += times
        return texts

    def _merge(self, cell: Element, column: int, number: int) -> None:
        spanned = _count(cell, "number-rows-spanned", _LAST_ROW)
        if spanned > 1 and self.filled <= MOST_FILLED:
            self.filled += spanned - 1
            self.merges.append(Merge(column, number, number + spanned - 1))
            if self.filled > MOST_FILLED:
                self.findings.append(too_many_merged(self.title, name=self.name))


def read_ods(
    data: bytes,
    *,
    name: str,
    score: Score,
    fallback: Score | None = None,
    join: Join | None = None,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        data: The workbook (.ods).
        name: Its name, for findings and errors.
        score: How much a row looks like the header.
        fallback: Asked of the sheets where `score` finds none in the whole workbook.
        join: How a header over two rows becomes one.

    Raises:
        SourceError: no workbook, damaged, encrypted, or far larger than it looks.
    """
    if not data.startswith(b"PK"):
        refuse_binary(data, name=name, expected="an OpenDocument spreadsheet")
        raise SourceError(
            f"{name}: expected an OpenDocument spreadsheet, but this is none; "
            "if it is text, give it the suffix .csv or .txt."
        )
    with open_archive(data, name=name, kind="workbook") as archive:
        try:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise SourceError(f"{name}: the workbook has a password; save it without one.")
            sheets = _sheets(elements(archive, "content.xml", name=name), name)
        except KgError:
            raise
        except (
            *(ParseError, KeyError, ValueError, OSError, EOFError),
            *(BadZipFile, NotImplementedError, RecursionError, zlib.error),
        ) as problem:
            raise SourceError(
                f"{name}: the workbook is damaged or not a workbook "
                f"({type(problem).__name__}); open it in a spreadsheet program and save it again."
            ) from problem
    return read_sheets(sheets, name=name, score=score, fallback=fallback, join=join)


def _sheets(found: Iterable[tuple[str, Element]], name: str) -> dict[str, _Sheet]:
    sheets: dict[str, _Sheet] = {}
    hidden_styles: set[str | None] = set()
    sheet: _Sheet | None = None
    depth = 0  # a table may stand inside a cell of another
    for event, element in found:
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                title = element.get(f"{_TABLE}name", "")
                hidden = element.get(f"{_TABLE}style-name") in hidden_styles
                sheet = sheets[title] = _Sheet(title, name, hidden=hidden)
            elif depth == 0:
                element.clear()
        elif event == "end" and element.tag == f"{_STYLE}style":
            hidden_styles |= _hides(element)
        elif event == "end" and element.tag == f"{_TABLE}table-row" and depth == 1 and sheet:
            sheet.add(element)
            element.clear()
    return sheets


def _hides(style: Any) -> set[str | None]:
    properties = style.find(f"{_STYLE}table-properties")
    hides = properties is not None and properties.get(f"{_TABLE}display") == "false"
    return {style.get(f"{_STYLE}name")} if hides else set()


def _count(element: Element, attribute: str, most: int) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    return min(max(int(text), 1), most) if text.isdecimal() else 1


def _seen(cell: Element) -> str:
    """What a person sees in a cell; dates and numbers as other workbooks give them."""
    shown = "\n".join(_paragraph(p) for p in cell if p.tag == f"{_TEXT}p")
    value = cell.get(f"{_OFFICE}value")
    match cell.get(f"{_OFFICE}value-type"):
        case "boolean":
            seen = cell.get(f"{_OFFICE}boolean-value", shown)
        case "date" if not (shown.isdecimal() and len(shown) == _YEAR_DIGITS):
            seen = _date(cell.get(f"{_OFFICE}date-value", shown))
        case "float" | "currency" if value is not None:
            number = shown.replace(",", ".")
            # "1.10" and "1,10" are shown so on purpose; "1,234" parts thousands.
            seen = number if _same(number, value) else as_seen(float(value))
        case _:
            seen = shown
    return seen


def _date(text: str) -> str:
    try:
        return as_seen(datetime.fromisoformat(text))
    except ValueError:
        return text


def _same(shown: str, value: str) -> bool:
    plain = shown.removeprefix("-").replace(".", "", 1)
    return plain.isascii() and plain.isdecimal() and float(shown) == float(value)


def _paragraph(element: Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            pieces.append(" " * (min(int(count), _LAST_COLUMN) if count.isdecimal() else 1))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in _UNSEEN:
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
