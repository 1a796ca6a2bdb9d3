"""Excel workbooks → rows of text, as a person sees them.

Sheets are read cell by cell as the file holds them, never padded to a
rectangle: a sheet with the cells A1 and XFD1048576 alone has two rows.
"""

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kg.errors import KgError, SourceError
from kg.model import Finding, Where
from kg.read.archive import open_archive
from kg.read.cells import as_seen
from kg.read.decode import refuse_binary
from kg.read.header import Join
from kg.read.rows import Grid, Row, Score
from kg.read.sheets import MOST_FILLED, Merge, read_sheets, too_many_merged

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CHUNK = 1 << 20
_OVERLAP = 4096
# `<` cannot stand in the text of a cell, so a pattern over the raw XML finds elements alone.
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_BLANK_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*/>")
_MOST_BLANK_ROWS = 100_000
_UNCOMPUTED = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)


def read_excel(
    data: bytes,
    *,
    name: str,
    score: Score,
    fallback: Score | None = None,
    join: Join | None = None,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        data: The workbook (.xlsx, .xlsm).
        name: Its name, for findings and errors.
        score: How much a row looks like the header.
        fallback: Asked of the sheets where `score` finds none in the whole workbook.
        join: How a header over two rows becomes one.

    Raises:
        SourceError: no workbook, damaged, encrypted, or far larger than it looks.
    """
    if not data.startswith(b"PK"):
        refuse_binary(data, name=name, expected="an Excel workbook")
        raise SourceError(
            f"{name}: expected an Excel workbook, but this is none; "
            "if it is text, give it the suffix .csv or .txt."
        )
    open_archive(data, name=name, kind="workbook").close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on what it does not keep when it saves
            return _read(data, name=name, score=score, fallback=fallback, join=join)
    except KgError:
        raise
    except Exception as problem:  # damaged files make openpyxl raise anything
        raise SourceError(
            f"{name}: the workbook is damaged or not a workbook "
            f"({type(problem).__name__}); open it in a spreadsheet program and save it again."
        ) from problem


def _read(
    data: bytes, *, name: str, score: Score, fallback: Score | None, join: Join | None
) -> Grid:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    try:
        sheets = {sheet.title: _Sheet(sheet, name) for sheet in book.worksheets}
        return read_sheets(sheets, name=name, score=score, fallback=fallback, join=join)
    finally:
        book.close()


class _Sheet:
    """One worksheet of an open workbook."""

    def __init__(self, sheet: Any, name: str) -> None:
        self._sheet = sheet
        self._name = name
        self.merges: list[Merge] = []
        self.findings: list[Finding] = []
        self.hidden = sheet.sheet_state != "visible"
        self._filled = 0
        self._look_over()

    def rows(self, *, limit: int | None = None) -> Iterator[Row]:
        """Rows that hold a cell, up to *limit* of them."""
        # The reader below ReadOnlyWorksheet: that one pads every row and gap to a rectangle,
        # which a sheet with one far cell turns into a bomb.
        from openpyxl.cell.read_only import ReadOnlyCell
        from openpyxl.worksheet._reader import WorkSheetParser

        book = self._sheet.parent
        with self._sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                self._sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for count, (number, cells) in enumerate(parser.parse()):
                if limit is not None and count >= limit:
                    return
                look = parser.row_dimensions.pop(str(number), {})
                seen: dict[int, str] = {}
                for cell in cells:
                    if cell["value"] is None:
                        continue
                    if cell["column"] > _LAST_COLUMN or number > _LAST_ROW:
                        raise SourceError(
                            f"{self._name}: the workbook has a cell outside of any worksheet; "
                            "open it in a spreadsheet program and save it again."
                        )
                    plain = isinstance(cell["value"], str | bool)
                    shape = "" if plain else ReadOnlyCell(self._sheet, **cell).number_format
                    seen[cell["column"]] = as_seen(cell["value"], shape)
                if seen:
                    yield Row(
                        number,
                        tuple(seen.get(i + 1, "") for i in range(max(seen))),
                        hidden=look.get("hidden") in {"1", "true"},
                    )

    def _look_over(self) -> None:
        """One pass over the raw XML: merged cells, and formulas that nobody has computed."""
        uncomputed = blank = 0
        tail = b""
        with self._sheet._get_source() as source:
            while chunk := source.read(_CHUNK):
                text = tail + chunk
                keep = max(0, len(text) - _OVERLAP)
                uncomputed += sum(1 for m in _UNCOMPUTED.finditer(text) if m.start() < keep)
                self._merged(text, before=keep)
                blank += sum(1 for _ in _BLANK_ROW.finditer(chunk))
                if blank > _MOST_BLANK_ROWS:
                    raise SourceError(
                        f"{self._name}: a worksheet has more than {_MOST_BLANK_ROWS:,} blank rows; "
                        "delete the rows below the table, not their content alone, and save again."
                    )
                tail = text[keep:]
        uncomputed += sum(1 for _ in _UNCOMPUTED.finditer(tail))
        self._merged(tail, before=len(tail))
        if uncomputed:
            self.findings.append(
                Finding(
                    reason="formula-without-value",
                    where=Where(self._name),
                    message=f"Worksheet “{self._sheet.title}” has {uncomputed} formulas "
                    "whose value was never computed; their cells read as empty.",
                    advice="Open the workbook in a spreadsheet program, save it and build again.",
                )
            )
        if self._filled > MOST_FILLED:
            self.findings.append(too_many_merged(self._sheet.title, name=self._name))

    def _merged(self, text: bytes, *, before: int) -> None:
        from openpyxl.utils import column_index_from_string

        for match in _MERGED.finditer(text):
            if match.start() >= before or self._filled > MOST_FILLED:
                continue
            left, top, _, bottom = (part.decode("ascii") for part in match.groups())
            if int(bottom) > int(top):
                self._filled += int(bottom) - int(top)
                column = column_index_from_string(left) - 1
                self.merges.append(Merge(column, int(top), int(bottom)))
