"""Excel workbooks → rows of text, as a person sees them.

openpyxl reads the workbook's frame: its sheets, styles and number formats. The
cells are read from the XML itself (`kg.read.worksheet`), one row at a time,
never padded to a rectangle: a sheet with the cells A1 and XFD1048576 alone
has two rows.
"""

import warnings
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from zipfile import BadZipFile, ZipFile

from kg.errors import KgError, SourceError
from kg.read.archive import open_archive
from kg.read.content import Content
from kg.read.decode import refuse_binary
from kg.read.header import Search
from kg.read.parts import SharedTexts, parsed, shared_texts, xml_parser
from kg.read.rows import Grid
from kg.read.sheets import Book, Sheet, drained, read_sheets
from kg.read.worksheet import Look, read_rows

_LONGEST_FORMAT = 1_000  # of a number; Excel allows 255 signs


def read_excel(
    content: Content,
    *,
    name: str,
    search: Search,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        content: The workbook (.xlsx, .xlsm).
        name: Its name, for findings and errors.
        search: How a header is looked for.

    Raises:
        SourceError: no workbook, damaged, encrypted, or far larger than it looks.
    """
    if not content.head(2).startswith(b"PK"):
        refuse_binary(content, name=name, expected="an Excel workbook")
        raise SourceError(
            f"{name}: expected an Excel workbook, but this is none; "
            "if it is text, give it the suffix .csv or .txt."
        )
    with open_archive(content, name=name, kind="workbook") as archive:
        try:
            book = _opened(archive, name=name)
            yield from read_sheets(book, name=name, search=search)
        except KgError:
            raise
        except (BadZipFile, zlib.error, OSError, EOFError) as problem:
            raise _damaged(name, problem) from problem


def _damaged(name: str, problem: Exception) -> SourceError:
    return SourceError(
        f"{name}: the workbook is damaged or not a workbook "
        f"({type(problem).__name__}); open it in a spreadsheet program and save it again."
    )


def _opened(archive: ZipFile, *, name: str) -> Book:
    """The frame of a workbook.

    Raises:
        SourceError: it is damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on what it does not keep when it saves
            parts, frame, strings = _frame(archive, name)
    except KgError:
        raise
    except Exception as problem:  # damaged files make openpyxl raise anything
        raise _damaged(name, problem) from problem
    look = Look(
        shapes=tuple(_shapes(frame)),
        dates=frozenset(frame._date_formats),
        durations=frozenset(frame._timedelta_formats),
        epoch=frame.epoch,
    )
    texts = shared_texts(archive, strings, name=name) if strings else SharedTexts()

    def sheets() -> Iterator[Sheet]:
        for title, part, hidden in parts:
            sheet = Sheet(title, iter(()), hidden=hidden)
            sheet.rows = read_rows(archive, part, sheet=sheet, texts=texts, look=look, name=name)
            yield sheet
            drained(sheet.rows)

    return Book(sheets, several=len(parts) > 1)


def _frame(archive: ZipFile, name: str) -> tuple[list[tuple[str, str, bool]], Any, str | None]:
    """Worksheets (title, part, hidden), the workbook that openpyxl made, the part of its texts."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    source = archive.fp
    assert source is not None  # noqa: S101 - it was opened above
    reader = ExcelReader(source, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    _refuse_endless_formats(archive, name)
    apply_stylesheet(archive, reader.wb)
    there = set(archive.namelist())
    parts = [
        (sheet.name, relation.target, sheet.state != "visible")
        for sheet, relation in reader.parser.find_sheets()
        if relation.target in there and "chartsheet" not in relation.Type
    ]
    if len({part for _, part, _ in parts}) < len(parts):
        raise SourceError(
            f"{name}: two of its worksheets are one and the same part of the file, as no "
            "spreadsheet program writes it; open it in one and save it again."
        )
    strings: Any = reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    return parts, reader.wb, strings.PartName[1:] if strings is not None else None


def _refuse_endless_formats(archive: ZipFile, name: str) -> None:
    """Refuse a number format that no program takes; openpyxl would search it for hours.

    Raises:
        SourceError: there is one, or the styles are damaged.
    """
    from openpyxl.xml.constants import ARC_STYLE

    def start(_: str, attributes: Mapping[str, str]) -> None:
        if len(attributes.get("formatCode", "")) > _LONGEST_FORMAT:
            raise SourceError(
                f"{name}: a number format of more than {_LONGEST_FORMAT} signs, where Excel allows "
                "255; open the workbook in a spreadsheet program and save it again."
            )

    if ARC_STYLE in archive.namelist():
        parser = xml_parser(name, start, _nothing, _nothing)
        with archive.open(ARC_STYLE) as source:
            for _ in parsed(parser, source, name):
                pass


def _nothing(_: str) -> None:
    """What the parser of the styles says besides is read elsewhere."""


def _shapes(frame: Any) -> Iterator[str]:
    """The number format of each style, in order."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    for style in frame._cell_styles:
        number = style.numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            yield BUILTIN_FORMATS.get(number, "General")
        else:
            yield frame._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
