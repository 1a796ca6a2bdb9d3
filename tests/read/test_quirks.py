"""What people do to their sheets, in every format that can hold it: the same records come out."""

import pytest

from kg.read import Headings, read_source
from tests.read.writers import WRITERS, Raw, cell, docx, ods, row, table, xls, xlsx, zipped

HEADINGS = Headings.load()
HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]
ONE = ["1", "Mali", "They met", "no"]
TWO = ["2", "Niger", "They left", "no"]
PLAIN = [ONE, TWO]
#: Formats that hold a grid.
GRIDS = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".xls", ".docx", ".zip")
SHEETS = (".xlsx", ".xlsm", ".ods", ".xls")


def plain(kind, rows):
    """Rows as they stand, in any grid."""
    width = max(map(len, rows))
    texts = [[*(value or "" for value in values), *[""] * (width - len(values))] for values in rows]
    return WRITERS[kind](texts)


def title_rows(kind):
    """A title, a date and a blank row above the header."""
    return plain(kind, [["Harvest 2, all countries"], ["May 2022", "draft"], [], HEADER, *PLAIN])


def blank_rows(kind):
    """Blank rows between records and below them."""
    return plain(kind, [HEADER, ONE, [], ["", " "], TWO, [], []])


def blank_columns(kind):
    """Blank columns on the left of the table, inside it and to the right."""
    return plain(kind, [["", *r[:2], "", *r[2:], "", ""] for r in [HEADER, *PLAIN]])


def totals(kind):
    """A row that counts the others, and one with the word alone."""
    return plain(kind, [HEADER, *PLAIN, ["Total", "", "2", ""], ["Total: 2"]])


def header_over_two_rows(kind):
    """Groups above, headings below."""
    upper, lower = ["Fragment", "", "Outcome", ""], ["ID", "Country", "description", "Confidential"]
    return plain(kind, [upper, lower, *PLAIN])


def header_repeated(kind):
    """The header once more, where two lists were put under each other."""
    return plain(kind, [HEADER, ONE, HEADER, TWO])


def several_sheets(kind):
    """Two sheets of records and one of words, which is named."""
    sheets = {"One": [HEADER, ONE], "Read me": [["Words"]], "Two": [[], HEADER, TWO]}
    if kind == ".ods":
        return ods(*(table(*map(row, rows), name=name) for name, rows in sheets.items()))
    if kind == ".docx":
        return docx(*(rows for rows in ([HEADER, ONE], [["a", "b"], ["c", "d"]], [HEADER, TWO])))
    if kind == ".zip":
        return zipped({f"{n}.csv": plain(".csv", [HEADER, r]) for n, r in (("a", ONE), ("b", TWO))})
    return xls(sheets) if kind == ".xls" else xlsx(sheets, shared=kind == ".xlsx")


def merged_cells(kind):
    """A country over two rows, as one cell."""
    rows = [HEADER, ["1", "Mali", "They met", "no"], ["2", None, "They left", "no"]]
    if kind == ".ods":
        first = ["1", cell("Mali", 'table:number-rows-spanned="2"'), "They met", "no"]
        second = ["2", Raw("<table:covered-table-cell/>"), "They left", "no"]
        return ods(table(row(HEADER), row(first), row(second)))
    if kind == ".docx":
        looks = {(1, 1): '<w:vMerge w:val="restart"/>', (2, 1): "<w:vMerge/>"}
        return docx(rows, looks=looks)
    merged = [(1, 2, 1, 1)]
    if kind == ".xls":
        return xls({"A": rows}, merged=merged)
    return xlsx({"A": rows}, merged=merged, shared=kind == ".xlsx")


def hidden_rows(kind):
    """A row that nobody sees is read, and told."""
    if kind == ".ods":
        return ods(table(row(HEADER), row(ONE), row(TWO, 'table:visibility="collapse"')))
    return xlsx({"A": [HEADER, *PLAIN]}, hidden_rows=[3], shared=kind == ".xlsx")


def hidden_sheet(kind):
    """A sheet that nobody sees is read, and told."""
    if kind == ".ods":
        style = '<style:style style:name="t"><style:table-properties table:display="false"/>'
        hidden = table(row(HEADER), row(TWO), name="B", attributes='table:style-name="t"')
        return ods(table(row(HEADER), row(ONE), name="A"), hidden, styles=f"{style}</style:style>")
    sheets = {"A": [HEADER, ONE], "B": [HEADER, TWO]}
    if kind == ".xls":
        return xls(sheets, hidden_sheets=["B"])
    return xlsx(sheets, hidden_sheets=["B"], shared=kind == ".xlsx")


def far_cell(kind):
    """A lone cell far below, which somebody typed by mistake."""
    rows = [HEADER, *PLAIN, *[[]] * 300, ["", "", "", "", "x"]]
    return plain(kind, rows)


#: Quirk -> the formats that can hold it, reasons of findings that it must bring,
#: and how many rows are rejected.
QUIRKS = {
    title_rows: (GRIDS, {}, 0),
    blank_rows: (GRIDS, {}, 0),
    blank_columns: (GRIDS, {}, 0),
    totals: (GRIDS, {}, 2),
    header_over_two_rows: (GRIDS, {}, 0),
    header_repeated: (GRIDS, {}, 1),
    several_sheets: ((*SHEETS, ".docx", ".zip"), {}, 0),
    merged_cells: ((*SHEETS, ".docx"), {}, 0),
    # The library that reads .xls does not say which rows are hidden.
    hidden_rows: ((".xlsx", ".xlsm", ".ods"), {"hidden-rows"}, 0),
    hidden_sheet: (SHEETS, {"hidden-sheet"}, 0),
    far_cell: (GRIDS, {"column-without-heading"}, 1),
}
CASES = [(quirk, kind) for quirk, (kinds, _, _) in QUIRKS.items() for kind in kinds]


def names(case):
    return case.__name__ if callable(case) else case


@pytest.mark.parametrize(("quirk", "kind"), CASES, ids=names)
def test_a_quirk_changes_no_record(tmp_path, quirk, kind):
    """The two records are there, whole, and what is odd is told or rejected with its reason."""
    path = tmp_path / f"harvest{kind}"
    path.write_bytes(quirk(kind))
    _, told, rejected = QUIRKS[quirk]
    reading = read_source(path, headings=HEADINGS)
    texts = [
        [r.value(f) for f in ("fragment_id", "description", "confidential")]
        for r in reading.records
    ]

    assert texts == [["1", "They met", "no"], ["2", "They left", "no"]]
    assert set(told) <= {finding.reason for finding in reading.findings}
    assert len(reading.rejected) == rejected


def test_so_many_cases():
    """Eleven quirks in the formats that can hold them."""
    assert (len(QUIRKS), len(CASES)) == (11, 74)


@pytest.mark.parametrize("kind", (*SHEETS, ".docx"))
def test_merged_cells_are_said_of_each_row(tmp_path, kind):
    """The country stands in both records."""
    path = tmp_path / f"harvest{kind}"
    path.write_bytes(merged_cells(kind))
    records = read_source(path, headings=HEADINGS).records

    assert [record.value("country") for record in records] == ["Mali", "Mali"]


@pytest.mark.parametrize("kind", SHEETS)
def test_a_row_of_several_sheets_says_which_sheet(tmp_path, kind):
    """A number alone would not tell where to look."""
    path = tmp_path / f"harvest{kind}"
    path.write_bytes(several_sheets(kind))
    reading = read_source(path, headings=HEADINGS)
    skipped = [str(f.where) for f in reading.findings if f.reason == "skipped-sheet"]

    assert [str(record.where("country")) for record in reading.records] == [
        f"harvest{kind}, sheet “One”, row 2, field country",
        f"harvest{kind}, sheet “Two”, row 3, field country",
    ]
    assert skipped == [f"harvest{kind}, sheet “Read me”"]


@pytest.mark.parametrize("kind", SHEETS)
def test_the_only_sheet_needs_no_name(tmp_path, kind):
    """What tells nothing is not said."""
    path = tmp_path / f"harvest{kind}"
    path.write_bytes(WRITERS[kind]([HEADER, ONE, ["2", "", "", ""]]))
    reading = read_source(path, headings=HEADINGS)

    assert str(reading.rejected[0].where) == f"harvest{kind}, row 3, field description"
