"""Excel workbooks → rows of text, as a person sees them.

Sheets are read cell by cell as the file holds them, never padded to a
rectangle: a sheet with the cells A1 and XFD1048576 alone has two rows.
"""

import re
import warnings
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from kg.errors import KgError, SourceError
from kg.model import Finding, Severity, Where
from kg.read.cells import as_seen
from kg.read.decode import refuse_binary
from kg.read.rows import HEADER_WITHIN, Grid, Row, Score, Table

#: What a workbook may hold when unpacked; a harvest of 100,000 records takes a third of it.
LARGEST_PART = 384 * 1024 * 1024
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_FILLED = 2_000_000  # cells that merging fills down, in one sheet
_MOST_CELLS = 16_000_000  # of one sheet, blank ones on the left of others included
_CHUNK = 1 << 20
_OVERLAP = 4096
# `<` cannot stand in the text of a cell, so a pattern over the raw XML finds elements alone.
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_UNCOMPUTED = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)


@dataclass(frozen=True, slots=True)
class _Merge:
    """A column of merged cells: what stands in its first row is meant in all."""

    column: int
    first: int
    last: int


def read_excel(data: bytes, *, name: str, score: Score, fallback: Score | None = None) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        data: The workbook (.xlsx, .xlsm).
        name: Its name, for findings and errors.
        score: How much a row looks like the header.
        fallback: Asked of the sheets where `score` finds none in the whole workbook.

    Raises:
        SourceError: no workbook, damaged, encrypted, or far larger than it looks.
    """
    if not data.startswith(b"PK"):
        refuse_binary(data, name=name, expected="an Excel workbook")
        raise SourceError(
            f"{name}: expected an Excel workbook, but this is none; "
            "if it is text, give it the suffix .csv or .txt."
        )
    _refuse_bomb(data, name=name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on what it does not keep when it saves
            return _read(data, name=name, score=score, fallback=fallback)
    except KgError:
        raise
    except Exception as problem:  # damaged files make openpyxl raise anything
        raise SourceError(
            f"{name}: the workbook is damaged or not a workbook "
            f"({type(problem).__name__}); open it in a spreadsheet program and save it again."
        ) from problem


def _refuse_bomb(data: bytes, *, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as problem:
        raise SourceError(
            f"{name}: the workbook is cut off or damaged; save or download it again."
        ) from problem
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(f"{name}: the workbook has a password; save it without one.")
    if sum(part.file_size for part in parts) > LARGEST_PART:
        raise SourceError(
            f"{name}: the workbook unpacks to more than {LARGEST_PART // 1024 // 1024} MB; "
            "split it, or export it as .csv."
        )


def _read(data: bytes, *, name: str, score: Score, fallback: Score | None) -> Grid:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    try:
        sheets = {sheet.title: _Sheet(sheet, name) for sheet in book.worksheets}
        grid = _tables(sheets, score=score)
        if not grid.tables and fallback is not None:
            grid = _tables(sheets, score=fallback)
        return grid
    finally:
        book.close()


def _tables(sheets: Mapping[str, "_Sheet"], *, score: Score) -> Grid:
    tables: list[Table] = []
    skipped: list[str] = []
    findings: list[Finding] = []
    for title, sheet in sheets.items():
        header = _header(sheet.rows(limit=HEADER_WITHIN), score)
        if header is None:
            skipped.append(title)
            continue
        below = (row for row in sheet.rows() if row.number > header.number)
        rows = _filled_down(below, sheet.merges, header=header.number)
        tables.append(Table(title, header, sheet.kept(rows)))
        findings += sheet.findings
    return Grid(tuple(tables), skipped=tuple(skipped), findings=tuple(findings))


def _header(rows: Iterable[Row], score: Score) -> Row | None:
    return next((row for row in rows if score(row.cells)), None)


def _filled_down(rows: Iterable[Row], merges: Iterable[_Merge], *, header: int) -> Iterator[Row]:
    """Rows with the value of a merged cell in each of the rows that it spans.

    A row that would hold nothing else is no row of its own.
    """
    below = (m for m in merges if m.first > header)
    waiting = deque(sorted(below, key=lambda m: (m.first, m.column)))
    open_now: list[tuple[_Merge, str]] = []
    for row in rows:
        cells = list(row.cells)
        open_now = [(merge, text) for merge, text in open_now if merge.last >= row.number]
        while waiting and waiting[0].first <= row.number:
            merge = waiting.popleft()
            if merge.first == row.number and merge.column < len(cells):
                open_now.append((merge, cells[merge.column]))
        if not row.blank:
            for merge, text in open_now:
                cells += [""] * (merge.column + 1 - len(cells))
                cells[merge.column] = cells[merge.column] or text
        yield Row(row.number, tuple(cells))


class _Sheet:
    """One worksheet of an open workbook."""

    def __init__(self, sheet: Any, name: str) -> None:
        self._sheet = sheet
        self._name = name
        self.merges: list[_Merge] = []
        self.findings: list[Finding] = []
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
                    yield Row(number, tuple(seen.get(i + 1, "") for i in range(max(seen))))

    def kept(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows that are not blank, all at once.

        Raises:
            SourceError: they are so wide, for cells far to the right, that memory would not do.
        """
        found: list[Row] = []
        held = 0
        for row in rows:
            held += len(row.cells)
            if held > _MOST_CELLS:
                raise SourceError(
                    f"{self._name}: more than {_MOST_CELLS:,} cells, most of them blank; "
                    "remove what stands far to the right of the table."
                )
            if not row.blank:
                found.append(row)
        return tuple(found)

    def _look_over(self) -> None:
        """One pass over the raw XML: merged cells, and formulas that nobody has computed."""
        uncomputed = 0
        tail = b""
        with self._sheet._get_source() as source:
            while chunk := source.read(_CHUNK):
                text = tail + chunk
                keep = max(0, len(text) - _OVERLAP)
                uncomputed += sum(1 for m in _UNCOMPUTED.finditer(text) if m.start() < keep)
                self._merged(text, before=keep)
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
        if self._filled > _MOST_FILLED:
            self.findings.append(
                Finding(
                    reason="too-many-merged-cells",
                    where=Where(self._name),
                    message=f"Worksheet “{self._sheet.title}” has more merged cells than kg "
                    "follows; the last ones are not filled down.",
                    advice="Unmerge the cells and write their value into each row.",
                    severity=Severity.WARNING,
                )
            )

    def _merged(self, text: bytes, *, before: int) -> None:
        from openpyxl.utils import column_index_from_string

        for match in _MERGED.finditer(text):
            if match.start() >= before or self._filled > _MOST_FILLED:
                continue
            left, top, _, bottom = (part.decode("ascii") for part in match.groups())
            if int(bottom) > int(top):
                self._filled += int(bottom) - int(top)
                column = column_index_from_string(left) - 1
                self.merges.append(_Merge(column, int(top), int(bottom)))
