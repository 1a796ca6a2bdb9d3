"""Rows as a workbook for people: text is text, and the same rows give the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from kg.errors import UsageError

_LONGEST_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A workbook says when it was made; the same rows shall give the same bytes.
_MADE = datetime(2000, 1, 1)
_ZIP_MADE = (2000, 1, 1, 0, 0, 0)


def workbook(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str = "kg",
    widths: Sequence[int] = (),
) -> bytes:
    """Rows as an `.xlsx` workbook with one sheet; the same rows give the same bytes.

    Args:
        columns: The header.
        rows: Plain values; None is an empty cell. Text is text, whatever it begins with.
        sheet: Name of the sheet.
        widths: Of the columns, in characters. With them long texts are wrapped, and
            the header can be filtered.

    Raises:
        UsageError: a text longer than a cell of a spreadsheet holds (32,767 characters).
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.creator = "kg"
    book.properties.created = book.properties.modified = _MADE
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    wrapped = Alignment(wrap_text=True, vertical="top") if widths else None
    count = 1

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
        if wrapped:
            made.alignment = wrapped
        return made

    def head(name: str) -> object:
        made = WriteOnlyCell(page, value=name)
        made.font = Font(bold=True)
        return made

    page.append([head(name) for name in columns])
    for row in rows:
        page.append([cell(value) for value in row])
        count += 1
    if widths:
        page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
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
