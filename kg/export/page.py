"""A sheet of the report as it is written: header, widths, links to other sheets, print layout."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from kg.export.words import tell
from kg.query.workbook import LONGEST_CELL, text_cell

#: More hyperlinks than this in one sheet, and Excel calls the file broken.
_MOST_LINKS = 65_000
_LINE = 15  # points
_TALLEST = 409 // _LINE  # lines of a row: Excel's own limit
_WIDEST = 120  # characters to which a column grows for a text that would be cut
_HEAD_FILL, _HEAD_INK, _LINK_INK, _RULE = "1F3864", "FFFFFF", "0B5394", "D9D9D9"
#: Names of looks → fill. Nothing is said by colour alone: the words stand in the cell.
FILLS = {
    "gap": "FFF2CC", "alarm": "F8CBAD", "fine": "E2EFDA", "total": "EDEDED",
    "heat1": "DEEBF7", "heat2": "B4D1EC", "heat3": "7FB0DC", "heat4": "4A8BC6",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a look: `link` is a place in the workbook, `look` a name of `FILLS`."""

    value: str | int | float | None
    link: str = ""
    look: str = ""
    bold: bool = False
    size: int = 0  # points; 0 as everywhere
    left: bool = False  # a number that is read, not added up


Value = Cell | str | int | float | None


@dataclass(slots=True)
class Page:
    """A sheet. `columns`: heading and width in characters; no columns, no header and no filter."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Value]]
    frozen: str = "A2"
    widths: Sequence[int] = field(default=())
    printed: int = 0  # columns on paper; 0 for all
    breaks: Sequence[int] = field(default=())  # rows after which a new sheet of paper begins


def place(sheet: str, row: int) -> str:
    """A place in the workbook, for a link.

    >>> place("Read me", 3)
    "'Read me'!A3"
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!A{row}"


def write_page(sheet: Any, page: Page, *, mark: str, note: str, language: str) -> None:
    """Write a page into an empty sheet of a book that is written row by row.

    Args:
        sheet: Of `kg.query.workbook.new_book`.
        page: What to write.
        mark: INTERNAL or PUBLIC, for the head of each printed page.
        note: What that means, for its foot.
        language: Of what is said where a text is cut.
    """
    writer = _Writer(sheet, tell("cut", language), tell("longer", language))
    widths = [width for _, width in page.columns] or list(page.widths)
    widths = [_wide(page.rows, place, width) for place, width in enumerate(widths)]
    _lay_out(sheet, page, widths, mark=mark, note=note)
    if page.columns:
        sheet.append([writer.head(name) for name, _ in page.columns])
    for number, row in enumerate(page.rows, start=2 if page.columns else 1):
        sheet.row_dimensions[number].height = _height(row, widths)
        sheet.append(
            [
                writer.cell(value, width)
                for value, width in zip_longest(row, widths[: len(row)], fillvalue=_WIDEST)
            ]
        )
    if page.columns:
        last = len(page.rows) + 1
        sheet.auto_filter.ref = f"A1:{_letter(len(page.columns))}{last}"


def _lay_out(sheet: Any, page: Page, widths: Sequence[int], *, mark: str, note: str) -> None:
    """Widths and frozen header; on paper landscape, as wide as the sheet, marked on each page."""
    from openpyxl.worksheet.pagebreak import Break

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[_letter(number)].width = width
    if page.columns:
        sheet.freeze_panes = page.frozen
        sheet.row_dimensions[1].height = 2 * _LINE
        sheet.print_title_rows = "1:1"
    if page.printed:
        sheet.print_area = f"A1:{_letter(page.printed)}{len(page.rows) + 1}"
    for row in page.breaks:
        sheet.row_breaks.append(Break(id=row))
    sheet.sheet_view.showGridLines = bool(page.columns)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0 if page.columns or page.breaks else 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.HeaderFooter.oddHeader.left.text = _printed(page.name)
    sheet.HeaderFooter.oddHeader.right.text = _printed(mark)
    sheet.HeaderFooter.oddFooter.left.text = _printed(note)
    sheet.HeaderFooter.oddFooter.right.text = "&P / &N"


def _printed(text: str) -> str:
    """In a header "&" begins a command."""
    return text.replace("&", "&&")


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _height(row: Sequence[Value], widths: Sequence[int]) -> float:
    """Room for the longest cell, in points, as far as a row may grow."""
    lines, size = 1, 0
    for value, width in zip(row, widths, strict=False):
        told = value.value if isinstance(value, Cell) else value
        size = max(size, value.size if isinstance(value, Cell) else 0)
        if isinstance(told, str):
            lines = max(lines, _lines(told, width))
    return max(min(lines, _TALLEST) * _LINE, size * 1.4) + 1


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column; an estimate, for letters differ in width."""
    return sum(math.ceil(len(part) * 1.1 / width) or 1 for part in text.split("\n"))


def _wide(rows: Sequence[Sequence[Value]], place: int, width: int) -> int:
    """The width of a column whose longest text is seen whole, as far as a column may grow."""
    cells = (row[place] for row in rows if place < len(row))
    told = (cell.value if isinstance(cell, Cell) else cell for cell in cells)
    found = width
    for text in told:
        while isinstance(text, str) and found < _WIDEST and _lines(text, found) > _TALLEST:
            found = min(_WIDEST, found + 15)
    return found


class _Writer:
    """Makes the cells of one sheet; a look is made once."""

    def __init__(self, sheet: Any, cut: str, longer: str) -> None:
        from openpyxl.styles import Alignment, Border, PatternFill, Side

        self._sheet = sheet
        self._cut = cut
        self._longer = longer
        self._links = 0
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._left = Alignment(wrap_text=True, vertical="top", horizontal="left")
        self._ruled = Border(bottom=Side(style="hair", color=_RULE))
        self._fills = {name: PatternFill("solid", fgColor=ink) for name, ink in FILLS.items()}
        self._head = PatternFill("solid", fgColor=_HEAD_FILL)
        self._styles: dict[tuple[bool, bool, int, bool, str], Any] = {}

    def head(self, name: str) -> Any:
        """A heading."""
        from openpyxl.styles import Font

        made = text_cell(self._sheet, name)
        made.font = Font(name="Calibri", size=11, bold=True, color=_HEAD_INK)
        made.fill = self._head
        made.alignment = self._wrapped
        return made

    def cell(self, value: Value, width: int) -> Any:
        """A cell of a row; None where it is empty and has no look.

        A text of which the tallest row does not show the end says so where it begins.
        """
        told = value if isinstance(value, Cell) else Cell(value)
        if told.value in (None, "") and not told.look:
            return None
        if isinstance(told.value, str) and told.value:
            long = _lines(told.value, width) > _TALLEST
            shown = f"{self._longer}\n{told.value}" if long else told.value
            made = text_cell(self._sheet, self._fitting(shown))
        else:
            made = self._blank()
            made.value = told.value if isinstance(told.value, int | float) else None
        linked = bool(told.link) and self._links < _MOST_LINKS
        if linked:
            from openpyxl.worksheet.hyperlink import Hyperlink

            self._links += 1
            made.hyperlink = Hyperlink(ref="", location=told.link)
        # A style is looked up by all that it is made of: once a look, not once a cell.
        key = (linked, told.bold, told.size, told.left, told.look)
        if key not in self._styles:
            self._styles[key] = self._styled(told, linked=linked)
        made._style = self._styles[key]
        return made

    def _blank(self) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet)

    def _styled(self, told: Cell, *, linked: bool) -> Any:
        """The style of cells that look like this one."""
        from openpyxl.styles import Font

        made = self._blank()
        made.alignment = self._left if told.left else self._wrapped
        made.border = self._ruled
        if linked or told.bold or told.size:
            under: dict[str, Any] = {"color": _LINK_INK, "underline": "single"} if linked else {}
            made.font = Font(name="Calibri", bold=told.bold, size=told.size or 11, **under)
        if told.look:
            made.fill = self._fills[told.look]
        return made._style

    def _fitting(self, text: str) -> str:
        """A cell holds no more than so many characters: the end says that there was more."""
        if len(text) <= LONGEST_CELL:
            return text
        return text[: LONGEST_CELL - len(self._cut)] + self._cut
