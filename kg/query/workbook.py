"""Rows as a workbook for people: text is text, and the same rows give the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from kg.errors import UsageError

LONGEST_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A workbook says when it was made; the same rows shall give the same bytes.
_MADE = datetime(2000, 1, 1)
_ZIP_MADE = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    `columns` are the header; in `rows` text is text, whatever it begins with,
    and None an empty cell. With `widths` (characters) long texts are wrapped
    and the header can be filtered.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = ()


def workbook(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str = "kg",
    widths: Sequence[int] = (),
) -> bytes:
    """Rows as an `.xlsx` workbook with one sheet; see `Sheet` and `workbook_of`."""
    return workbook_of([Sheet(sheet, columns, rows, widths)])


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """An `.xlsx` workbook; the same sheets give the same bytes.

    Raises:
        UsageError: a text longer than a cell of a spreadsheet holds (32,767 characters).
    """
    book = new_book()
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    return saved(book)


def new_book() -> Any:
    """An empty workbook of openpyxl, to be written row by row; says nothing of when or where."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "kg"
    book.properties.created = book.properties.modified = _MADE
    return book


def saved(book: Any) -> bytes:
    """The bytes of a workbook, without the moment of its making."""
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def text_cell(page: Any, text: str) -> Any:
    """A cell of *page* that holds text, whatever it begins with; what no XML may hold is marked."""
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(page, value="")
    made.value = _CONTROL.sub("\ufffd", text)
    made.data_type = "s"  # or "=1+1" would become a formula
    return made


def _fill(page: Any, sheet: Sheet) -> None:  # openpyxl's stubs lack what this sheet has
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for place, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    wrapped = Alignment(wrap_text=True, vertical="top") if sheet.widths else None
    count = 1

    def cell(value: object) -> object:
        if value is None or isinstance(value, bool | int | float | Decimal):
            return value
        text = str(value)
        if len(text) > LONGEST_CELL:
            raise UsageError(
                f"A text is longer than a spreadsheet's cell can hold ({LONGEST_CELL:,} "
                "characters); use --format csv."
            )
        made = text_cell(page, text)
        if wrapped:
            made.alignment = wrapped
        return made

    def head(name: str) -> object:
        made = text_cell(page, name)
        made.font = Font(bold=True)
        return made

    page.append([head(name) for name in sheet.columns])
    for row in sheet.rows:
        page.append([cell(value) for value in row])
        count += 1
    if sheet.widths:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def timeless(content: bytes) -> bytes:
    """The same Office file without the moment of its making, in its parts and in its zip."""
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
