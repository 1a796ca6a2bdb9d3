"""Workbooks."""

import datetime
import io
import re
import warnings
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Alignment

from kg.errors import SourceError
from kg.read import Headings, read_source
from kg.read.cells import as_seen

HEADINGS = Headings.load()
HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]


def workbook(*rows, sheets=None):
    """A workbook with rows in its first sheet, or in named sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in (sheets or {"Harvest": rows}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    return book


def read(tmp_path, book, name="harvest.xlsx"):
    path = tmp_path / name
    if isinstance(book, bytes):
        path.write_bytes(book)
    else:
        book.save(path)
    return read_source(path, headings=HEADINGS)


def texts(reading):
    return [tuple(cell.text for cell in record.cells) for record in reading.records]


def test_a_header_below_titles(tmp_path):
    """Titles and blank rows stand above the header; a row keeps its worksheet's number."""
    book = workbook(
        ["Harvest 2"], [], ["All countries", "2022"], HEADER, ["1", "Mali", "Met", "no"]
    )
    reading = read(tmp_path, book)

    assert texts(reading) == [("1", "Mali", "Met", "no")]
    assert reading.records[0].row == 5


def test_every_sheet_with_a_description_is_read_and_others_are_named(tmp_path):
    """Nothing is skipped without a word."""
    row = ["1", "Mali", "Met", "no"]
    book = workbook(sheets={"One": [HEADER, row], "Read me": [["Hello"]], "Two": [[], HEADER, row]})
    reading = read(tmp_path, book)

    assert [record.row for record in reading.records] == [2, 3]
    assert [f.message for f in reading.findings if f.reason == "skipped-sheet"] == [
        "Worksheet “Read me” has no header with a description and is not read."
    ]


def test_blank_rows_and_columns_are_nothing(tmp_path):
    """Blank rows are not counted, blank columns have no name."""
    book = workbook(
        [*HEADER, None, None], ["1", "Mali", "Met", "no"], [], [None, " "], ["2", "", "Left", "no"]
    )
    reading = read(tmp_path, book)

    assert (reading.rows_read, [r.row for r in reading.records]) == (2, [2, 5])
    assert {len(r.cells) for r in reading.records} == {4}


def test_a_column_without_heading_is_kept_and_told(tmp_path):
    """What stands under no heading goes by the column's letter."""
    reading = read(tmp_path, workbook([*HEADER, None], ["1", "Mali", "Met", "no", "more"]))

    assert reading.records[0].value("column-e") == "more"
    assert "column-without-heading" in {f.reason for f in reading.findings}


def test_vertically_merged_cells_are_filled_down(tmp_path):
    """What stands in a merged cell is said of each of its rows; that alone makes no row."""
    book = workbook(
        HEADER,
        ["1", "Mali", "Met", "no"],
        ["2", None, "Left", "no"],
        ["3", None, "Stayed", None],
        [],
        ["5", "Niger", "Spoke", "no"],
    )
    book.active.merge_cells("B2:B5")
    book.active.merge_cells("D3:D4")
    reading = read(tmp_path, book)

    assert [r.value("country") for r in reading.records] == ["Mali", "Mali", "Mali", "Niger"]
    assert [r.value("confidential") for r in reading.records] == ["no"] * 4


def test_merged_headings_do_not_fill_the_rows_below_them(tmp_path):
    """What is merged above or in the header is no value."""
    book = workbook(["Round 2"], HEADER, [None, "Mali", "Met", "no"])
    book.active.merge_cells("A2:A3")

    assert read(tmp_path, book).records[0].value("fragment_id") == ""


def test_values_are_what_a_person_sees(tmp_path):
    """Numbers, dates and truth values as the worksheet shows them; a text stays a text."""
    book = workbook([*HEADER, "Year", "Rating contribution", "Link to results framework", "Round"])
    sheet = book.active
    sheet.append([7.0, "1.0", "Met", True, 2022, 0.1 + 0.2, 1.1, datetime.datetime(2022, 4, 1)])
    sheet["G2"].number_format = "0.00"
    record = read(tmp_path, book).records[0]

    assert [cell.text for cell in record.cells] == [
        "7",
        "1.0",
        "Met",
        "true",
        "2022",
        "0.3",
        "1.10",
        "2022-04-01",
    ]


@pytest.mark.parametrize(
    ("value", "shape", "seen"),
    [
        (1, "General", "1"),
        (1.0, "0.0", "1.0"),
        (0, "General", "0"),
        (-3.50, "General", "-3.5"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.25, "0%", "25%"),
        (1e20, "General", "1e+20"),
        (False, "General", "false"),
        (datetime.datetime(2022, 3, 1, 12, 30), "General", "2022-03-01T12:30:00"),
        (datetime.datetime(2022, 1, 1), "yyyy", "2022"),
        (datetime.time(8, 5), "General", "08:05:00"),
        ("a_x000D_b", "General", "a_x000D_b"),
        (None, "General", ""),
    ],
)
def test_one_value(value, shape, seen):
    """The text of a cell is short, exact and without a clock where there is none."""
    assert as_seen(value, shape) == seen


def test_a_cell_longer_than_excel_allows_is_not_cut(tmp_path):
    """Other programs write longer cells; they are read whole."""
    long = "word " * 20_000
    data = inline_workbook([[*HEADER], ["1", "Mali", long, "no"]])

    assert read(tmp_path, data).records[0].value("description") == long


def test_formulas_show_their_cached_value_and_uncomputed_ones_are_told(tmp_path):
    """A formula that nobody computed reads as empty, and that is no secret."""
    book = workbook(HEADER, ["1", '=CONCATENATE("Ma","li")', "Met", "no"])
    reading = read(tmp_path, book)

    assert reading.records[0].value("country") == ""
    assert "formula-without-value" in {f.reason for f in reading.findings}


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    """Nothing is computed."""
    data = inline_workbook([HEADER, ["1", '=HYPERLINK("x")', "@Met", "no"]])

    assert texts(read(tmp_path, data)) == [("1", '=HYPERLINK("x")', "@Met", "no")]


def test_styles_and_line_breaks_do_not_matter(tmp_path):
    """Line breaks in headings and cells are read."""
    book = workbook(
        ["Fragment\nID", "Country", "Outcome\ndescription", "Confidential\n(yes/no)"],
        ["1", "Mali", "Met\nand signed", "no"],
    )
    book.active["C2"].alignment = Alignment(wrap_text=True)
    record = read(tmp_path, book).records[0]

    assert [c.field for c in record.cells] == [
        "fragment_id",
        "country",
        "description",
        "confidential",
    ]
    assert record.value("description") == "Met\nand signed"


def test_no_warning_of_a_library_reaches_the_user(tmp_path):
    """What openpyxl has to say of unknown parts is not for an officer."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(tmp_path, workbook(HEADER, ["1", "Mali", "Met", "no"]))


GOOD = [HEADER, ["1", "Mali", "Met", "no"]]

# ── Hostile workbooks, made here ─────────────────────────────────────────────────────────────


def rewritten(book, change):
    """The bytes of a workbook with each part passed through *change(name, bytes)*."""
    plain = io.BytesIO()
    book.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def inline_workbook(rows, *, extra="", doctype=""):
    """A workbook whose sheet is written by hand, texts inline."""

    def escaped(text):
        return text.replace("&", "&amp;").replace("<", "&lt;")

    lines = "".join(
        f'<row r="{i}">'
        + "".join(
            f'<c r="{chr(65 + j)}{i}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}'
            "</t></is></c>"
            for j, text in enumerate(row)
        )
        + "</row>"
        for i, row in enumerate(rows, start=1)
    )
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}{extra}</sheetData></worksheet>"
    )
    return rewritten(
        workbook(["x"]), lambda name, data: sheet.encode() if "sheet1.xml" in name else data
    )


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "A100004"])
def test_a_cell_far_below_the_others_is_refused(tmp_path, cell):
    """A1 and XFD1048576: somebody's slip, or a trap for readers. The row is named."""
    number = cell.lstrip("XFDA")
    far = f'<row r="{number}"><c r="{cell}"><v>1</v></c></row>'

    with pytest.raises(SourceError, match=f"row {number} of a worksheet stands more than 100,000"):
        read(tmp_path, inline_workbook([HEADER, ["1", "Mali", "Met", "no"]], extra=far))


def test_a_gap_that_people_leave_is_none(tmp_path):
    """A note some thousand rows below the table, and a blank cell at the end of the sheet."""
    far = '<row r="90000"><c r="A90000"><v>7</v></c></row><row r="1048576"><c r="A1048576"/></row>'
    reading = read(tmp_path, inline_workbook([HEADER, ["1", "Mali", "Met", "no"]], extra=far))

    assert (len(reading.records), [r.where.row for r in reading.rejected]) == (1, [90000])


def test_a_sheet_of_rows_that_are_all_blank_but_for_a_far_cell_is_refused(tmp_path):
    """Sixteen thousand blanks a row fill any memory."""
    far = "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(3, 1100))
    with pytest.raises(SourceError, match="far to the right"):
        read(tmp_path, inline_workbook(GOOD, extra=far))


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<row r="9999999999"><c r="ZZZZZZ9999999999"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut off",
        inline_workbook(GOOD)[:-400],
        inline_workbook(GOOD, doctype=ENTITIES),
        inline_workbook(GOOD, extra="<row"),
        inline_workbook(GOOD, extra=OUTSIDE),
        inline_workbook(GOOD, extra='<row r="3"><c r="A3" t="s"><v>999</v></c></row>'),
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"%PDF-1.7",
        b"plain text",
        bytes(100),
        b"",
    ],
    ids=range(11),
)
def test_damaged_and_disguised_workbooks_are_refused_in_one_line(tmp_path, data):
    """Every one ends in a SourceError that says what to do, never in a traceback."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data)

    assert re.fullmatch(r"harvest\.xlsx: [^\n]+", str(caught.value))


def test_a_workbook_that_expands_without_end_is_refused(tmp_path, monkeypatch):
    """What the archive says of its size is asked before anything is unpacked."""
    monkeypatch.setattr("kg.read.archive.LARGEST_PART", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 1_000_001)
    with pytest.raises(SourceError, match="unpacks"):
        read(tmp_path, out.getvalue())


@pytest.mark.parametrize(
    ("value", "shape", "seen"),
    [
        (0, "0;-0;;@", ""),
        (0, ";;;", ""),
        (0, '"Yes"', "Yes"),
        (0, '[=0]"Yes";[=1]"No"', "Yes"),
        (0, '[>0]"No";[Red]"oui"', "oui"),
        (0, '"no";"no";"yes"', "yes"),
        (0, "0.0;;[$x]0", "[$x]0"),
        (0.4, "0", "0.4"),
        (False, '"yes"', "yes"),
        (True, '"no"', "true"),
        (1, '"no"', "1"),
        ("no", ";;;", ""),
        ("no", '0;0;0;"yes"', "yes"),
        ("no", '"if asked, "@', "if asked, no"),
        ("no", "0.00", "no"),
        (0, "General", "0"),
        (0, "#,##0_ ;[Red]-#,##0 ", "0"),
        (0, '"TRUE";"TRUE";"FALSE"', "0"),
        (False, "General", "false"),
        (False, '"VRAI";"VRAI";"FAUX"', "false"),
    ],
)
def test_a_flag_that_shows_something_else_is_no_plain_no(tmp_path, value, shape, seen):
    """A 0 that shows "Yes", or nothing, does not clear its record; both have to say no."""
    book = workbook(HEADER, ["1", "Mali", "They met.", value])
    book.active.cell(2, 4).number_format = shape

    assert read(tmp_path, book).records[0].value("confidential") == seen
