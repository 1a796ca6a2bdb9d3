"""OpenDocument spreadsheets → rows of text, as a person sees them.

Read from the XML itself: readers that give values alone make 1.1 of the code
1.10, join lines that a cell parts, and know neither merged nor hidden cells.
Nothing is padded: what the file repeats without content costs nothing.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from kg.audience import says_no
from kg.errors import KgError, SourceError
from kg.read.archive import elements, open_archive
from kg.read.cells import as_seen
from kg.read.content import Content
from kg.read.decode import refuse_binary
from kg.read.header import Search
from kg.read.rows import Grid, Row
from kg.read.sheets import (  # fmt: skip
    LAST_COLUMN,
    LAST_ROW,
    MOST_BLANK_ROWS,
    Book,
    Sheet,
    drained,
    read_sheets,
    too_many_blank_rows,
)

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{{{_NS}{name}:1.0}}" for name in ("table", "office", "text"))
_STYLE = f"{{{_NS}style:1.0}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_UNSEEN = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"})
# A row is written once and repeated where neighbours are the same: no harvest has many of those.
_MOST_REPEATED = 50_000
_MOST_CELLS = 16_000_000  # of repeated rows
_SHEET = re.compile(rb"<(?:\w+:)?table[\s>]")
_CHUNK, _OVERLAP = 1 << 20, 80
_YEAR_DIGITS = 4


def read_ods(
    content: Content,
    *,
    name: str,
    search: Search,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        content: The workbook (.ods).
        name: Its name, for findings and errors.
        search: How a header is looked for.

    Raises:
        SourceError: no workbook, damaged, encrypted, or far larger than it looks.
    """
    if not content.head(2).startswith(b"PK"):
        refuse_binary(content, name=name, expected="an OpenDocument spreadsheet")
        raise SourceError(
            f"{name}: expected an OpenDocument spreadsheet, but this is none; "
            "if it is text, give it the suffix .csv or .txt."
        )
    with open_archive(content, name=name, kind="workbook") as archive:
        try:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise SourceError(f"{name}: the workbook has a password; save it without one.")
            book = Book(
                lambda: _sheets(elements(archive, "content.xml", name=name), name),
                several=_several(archive),
            )
            yield from read_sheets(book, name=name, search=search)
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


def _several(archive: ZipFile) -> bool:
    """Has the workbook more than one worksheet? Asked before the first is read."""
    found = 0
    tail = b""
    with archive.open("content.xml") as source:
        while found < 2 and (chunk := source.read(_CHUNK)):  # noqa: PLR2004 - two are several
            text = tail + chunk
            found += len(_SHEET.findall(text))
            tail = text[text.rfind(b"<") :][:_OVERLAP]  # a tag may be cut here
            tail = b"" if _SHEET.search(tail) else tail
    return found > 1


def _sheets(events: Iterator[tuple[str, Element]], name: str) -> Iterator[Sheet]:
    """The worksheets, one after the other, while the XML is read."""
    hidden_styles: set[str | None] = set()
    for event, element in events:
        if event == "end" and element.tag == f"{_STYLE}style":
            hidden_styles |= _hides(element)
        elif event == "start" and element.tag == f"{_TABLE}table":
            sheet = Sheet(
                element.get(f"{_TABLE}name", ""),
                iter(()),
                hidden=element.get(f"{_TABLE}style-name") in hidden_styles,
            )
            sheet.rows = _Rows(sheet, name).read(events)
            yield sheet
            drained(sheet.rows)
            element.clear()


@dataclass(slots=True)
class _Rows:
    """Reads the rows of one worksheet."""

    sheet: Sheet
    name: str
    next_row: int = 1
    cells: int = 0
    repeated: int = 0
    blank: int = 0

    def read(self, events: Iterator[tuple[str, Element]]) -> Iterator[Row]:
        """Rows that hold something, up to the end of the table."""
        within: list[Element] = []  # a table may stand inside a cell of another
        tables = 1
        for event, element in events:
            if element.tag == f"{_TABLE}table":
                tables += 1 if event == "start" else -1
                if not tables:
                    return
            if event == "start":
                within.append(element)
                continue
            within.pop()
            if tables == 1 and element.tag == f"{_TABLE}table-row":
                yield from self._row(element)
                element.clear()
                if within:
                    within[-1].clear()

    def _row(self, element: Element) -> Iterator[Row]:
        """One row, as often as it is repeated."""
        number = self.next_row
        times = _count(element, "number-rows-repeated", LAST_ROW)
        self.next_row += times
        texts = self._cells(element, number)
        if not any(texts):
            self.blank += 1
            if self.blank > MOST_BLANK_ROWS:
                raise too_many_blank_rows(self.name)
            return
        self.repeated += times - 1
        self.cells += max(0, times - 1) * len(texts)
        if self.repeated > _MOST_REPEATED or self.cells > _MOST_CELLS or number > LAST_ROW:
            raise SourceError(
                f"{self.name}: a worksheet repeats the same row, or fills far more cells than a "
                "harvest has; remove what stands below and to the right of the table."
            )
        hidden = element.get(f"{_TABLE}visibility", "visible") != "visible"
        for i in range(times):
            yield Row(number + i, tuple(texts), hidden=hidden)

    def _cells(self, element: Element, number: int) -> list[str]:
        texts: list[str] = []
        column = 0
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            text = _seen(cell) if cell.tag == _CELLS[0] else ""
            times = _count(cell, "number-columns-repeated", LAST_COLUMN)
            if text:
                if column + times > LAST_COLUMN:
                    raise SourceError(
                        f"{self.name}: the workbook has a cell outside of any worksheet; "
                        "open it in a spreadsheet program and save it again."
                    )
                texts += [""] * (column - len(texts)) + [text] * times
            spanned = _count(cell, "number-rows-spanned", LAST_ROW)
            self.sheet.merge(column, number, number + spanned - 1, name=self.name)
            column += times
        return texts


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
    # A flag that holds a no and shows "Yes", or nothing, is no plain no.
    return shown if says_no(seen) and not says_no(shown) else seen


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
            pieces.append(" " * (min(int(count), LAST_COLUMN) if count.isdecimal() else 1))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in _UNSEEN:
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
