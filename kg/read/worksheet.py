"""The XML of a worksheet (.xlsx) → its rows, one at a time, in little memory.

openpyxl's own reader builds an element for each cell and keeps every shared
text; for 100,000 records that is four times the time and twice the memory.
This one follows the parser's events. `docs/adr` says why it is ours.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from zipfile import ZipFile

from kg.errors import SourceError
from kg.model import Finding, Where
from kg.read.cells import as_seen, unescaped
from kg.read.parts import Local, SharedTexts, parsed, xml_parser
from kg.read.rows import Row
from kg.read.sheets import (  # fmt: skip
    LAST_COLUMN,
    LAST_ROW,
    MOST_BLANK_ROWS,
    Sheet,
    so_far,
    too_many_blank_rows,
)

_CHUNK = 1 << 18
_OVERLAP = 4096
# `<` cannot stand in the text of a cell, so a pattern over the raw XML finds elements alone.
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_LETTERS = re.compile(r"([A-Z]{1,3})\d+")
_REMEMBERED = 50_000  # numbers and dates that were turned into text once
_WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Look:
    """How cells of each style look: number formats by style, and which of them are dates."""

    shapes: tuple[str, ...]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def read_rows(
    archive: ZipFile, part: str, *, sheet: Sheet, texts: SharedTexts, look: Look, name: str
) -> Iterator[Row]:
    """The rows of a worksheet that hold a cell; fills *sheet* with what else it has.

    Raises:
        SourceError: it is damaged, declares XML entities, or has cells outside of any sheet.
    """
    with archive.open(part) as source:
        for column, first, last in sorted(_merged(source), key=lambda m: (m[1], m[0])):
            sheet.merge(column, first, last, name=name)
    reader = _Reader(texts, look, name)
    with archive.open(part) as source:
        for _ in parsed(reader.parser, source, name):
            yield from reader.rows
            reader.rows.clear()
    if reader.uncomputed:
        sheet.findings.append(
            Finding(
                reason="formula-without-value",
                where=Where(name, sheet=sheet.title),
                message=f"Worksheet “{sheet.title}” has {reader.uncomputed} formulas "
                "whose value was never computed; their cells read as empty.",
                advice="Open the workbook in a spreadsheet program, save it and build again.",
            )
        )


def _merged(source: IO[bytes]) -> Iterator[tuple[int, int, int]]:
    """Merged cells, which stand behind the rows: column, first and last row."""
    tail = b""
    while chunk := source.read(_CHUNK):
        text = tail + chunk
        keep = max(0, len(text) - _OVERLAP)
        tail = text[keep:]
        if b"mergeCell" in text:
            yield from _merges(text, before=keep)
    yield from _merges(tail, before=len(tail))


def _merges(text: bytes, *, before: int) -> Iterator[tuple[int, int, int]]:
    for match in _MERGED.finditer(text):
        if match.start() < before and int(match[4]) > int(match[2]):
            yield _column(match[1].decode("ascii")), int(match[2]), int(match[4])


def _column(letters: str) -> int:
    """A column counted from 0.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Reader:
    """Follows the parser through the rows of a worksheet."""

    def __init__(self, texts: SharedTexts, look: Look, name: str) -> None:
        self._texts = texts
        self._look = look
        self._name = name
        self._local = Local()
        self._columns: dict[str, int] = {}
        self._known: dict[tuple[str, int], str] = {}
        self.rows: list[Row] = []  # finished ones, to be fetched
        self.uncomputed = 0
        self._blank = self._far = 0
        self._number = 0  # of the row
        self._hidden = False
        self._cells: list[str] = []
        self._kind = ""  # of the cell; "" outside of any
        self._style = 0
        self._column = -1
        self._formula = self._spoken = self._reading = False
        self._pieces: list[str] = []
        self.parser = xml_parser(name, self._start, self._end, self._data)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = self._local[tag]
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._place(attributes.get("r"))
            self._formula = False
            self._pieces.clear()
        elif tag in {"v", "t"}:
            self._reading = bool(self._kind) and not self._spoken
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            number = attributes.get("r")
            self._number = self._number + 1 if number is None else int(float(number))
            self._hidden = attributes.get("hidden") in {"1", "true"}
            self._column = -1
            self._cells = []
        elif tag == "rPh":
            self._spoken = True

    def _place(self, coordinate: str | None) -> None:
        if coordinate is None:
            self._column += 1
            return
        letters = coordinate.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            if not _LETTERS.fullmatch(coordinate):
                raise self._outside()
            column = self._columns[letters] = _column(letters)
        self._column = column

    def _outside(self) -> SourceError:
        return SourceError(
            f"{self._name}: the workbook has a cell outside of any worksheet; "
            "open it in a spreadsheet program and save it again."
        )

    def _data(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        tag = self._local[tag]
        if tag == "c":
            if self._pieces:
                self._put("".join(self._pieces))
            elif self._formula:
                self.uncomputed += 1
            self._kind = ""
        elif tag in {"v", "t"}:
            self._reading = False
        elif tag == "row":
            self._finish()
        elif tag == "rPh":
            self._spoken = False

    def _put(self, raw: str) -> None:
        if self._column >= LAST_COLUMN or self._number > LAST_ROW:
            raise self._outside()
        if self._kind == "s":
            text = as_seen(self._texts[int(raw)], self._shape())
        elif self._kind == "n":
            text = self._number_seen(raw)
        elif self._kind == "b":
            text = as_seen(bool(int(raw)), self._shape())
        elif self._kind == "d":
            text = as_seen(datetime.fromisoformat(raw), self._shape())
        else:
            text = as_seen(unescaped(raw), self._shape())
        cells, column = self._cells, self._column
        if column >= len(cells):
            cells += [""] * (column - len(cells))
            cells.append(text)
        else:
            cells[column] = text

    def _shape(self) -> str:
        shapes = self._look.shapes
        return shapes[self._style] if self._style < len(shapes) else "General"

    def _number_seen(self, raw: str) -> str:
        place = (raw, self._style)
        seen = self._known.get(place)
        if seen is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            seen = self._known[place] = as_seen(self._value(raw), self._shape())
        return seen

    def _value(self, raw: str) -> object:
        value = int(raw) if _WHOLE.fullmatch(raw) else float(raw)
        if self._style not in self._look.dates:
            return value
        from openpyxl.utils.datetime import from_excel

        try:
            duration = self._style in self._look.durations
            return from_excel(value, self._look.epoch, timedelta=duration)
        except (OverflowError, ValueError):
            return "#VALUE!"  # what a spreadsheet shows of a date that is none

    def _finish(self) -> None:
        if self._cells:
            # Asked here already: many rows stand in one piece of the XML.
            self._far = so_far(self._far, len(self._cells), name=self._name)
            self.rows.append(Row(self._number, tuple(self._cells), hidden=self._hidden))
            return
        self._blank += 1
        if self._blank > MOST_BLANK_ROWS:
            raise too_many_blank_rows(self._name)
