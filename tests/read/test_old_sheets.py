"""OpenDocument spreadsheets and old Excel workbooks, made here: no writer of them is kept."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read import Headings, read_source
from kg.read.calamine_child import hidden_rows
from tests.read.writers import Raw, cell, container, ods, row, table, xls

HEADINGS = Headings.load()
HEADER = ["Fragment ID", "Country", "Outcome description", "Confidential"]


def read(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(path, headings=HEADINGS)


def texts(reading):
    return [tuple(cell.text for cell in record.cells) for record in reading.records]


def test_ods_sheets_titles_and_blank_rows(tmp_path):
    """A row keeps its number in the worksheet, also below rows written once and repeated."""
    data = ods(
        table(row(["Hello"]), name="Read me"),
        table(
            row(["Harvest 2"]),
            row([None], 'table:number-rows-repeated="3"'),
            row(HEADER),
            row(["1", "Mali", "Met", "no"]),
            row([None], 'table:number-rows-repeated="1048570"'),
        ),
    )
    reading = read(tmp_path, data, "harvest.ods")

    assert texts(reading) == [("1", "Mali", "Met", "no")]
    assert reading.records[0].row == 6
    assert reading.records[0].format == "application/vnd.oasis.opendocument.spreadsheet"
    assert "skipped-sheet" in {f.reason for f in reading.findings}


def test_ods_values_are_what_a_person_sees(tmp_path):
    """The code 1.10 stays, a date is written as elsewhere, lines stay parted, comments out."""
    values = [
        cell("1,10", 'office:value-type="float" office:value="1.1"'),
        cell("1,234", 'office:value-type="float" office:value="1234"'),
        cell(Raw("<text:p>a <text:s text:c='2'/>b<text:line-break/>c</text:p><text:p>d</text:p>")),
        cell("VRAI", 'office:value-type="boolean" office:boolean-value="true"'),
        cell("01/03/22", 'office:value-type="date" office:date-value="2022-03-01"'),
        cell("2022", 'office:value-type="date" office:date-value="2022-01-01"'),
        cell(Raw("<office:annotation><text:p>why?</text:p></office:annotation><text:p>x</text:p>")),
        cell("12 %", 'office:value-type="percentage" office:value="0.12"'),
    ]
    header = ["Code", "N", "Outcome description", "Confidential", "D", "Year", "X", "P"]
    reading = read(tmp_path, ods(table(row(header), row(values))), "harvest.ods")

    assert texts(reading) == [
        ("1.10", "1234", "a   b\nc\nd", "true", "2022-03-01", "2022", "x", "12 %")
    ]


def test_ods_merged_and_hidden(tmp_path):
    """Merged cells are filled down; what is hidden is read and told."""
    covered = Raw("<table:covered-table-cell/>")
    data = ods(
        table(
            row(HEADER),
            row(["1", cell("Mali", 'table:number-rows-spanned="2"'), "Met", "no"]),
            row(["2", covered, "Left", "no"], 'table:visibility="collapse"'),
            attributes='table:style-name="ta2"',
        ),
        styles='<style:style style:name="ta2"><style:table-properties table:display="false"/>'
        "</style:style>",
    )
    reading = read(tmp_path, data, "harvest.ods")

    assert [r.value("country") for r in reading.records] == ["Mali", "Mali"]
    assert [(f.reason, f.where.row) for f in reading.findings if "hidden" in f.reason] == [
        ("hidden-sheet", None),
        ("hidden-rows", 3),
    ]


@pytest.mark.parametrize(
    ("kind", "held", "shown", "seen"),
    [
        ("float", "0", "Yes", "Yes"),
        ("float", "0", "", ""),
        ("float", "0", "0", "0"),
        ("float", "0.4", "0", "0.4"),
        ("boolean", "false", "yes", "yes"),
        ("boolean", "false", "FAUX", "false"),
    ],
)
def test_an_ods_flag_that_shows_something_else_is_no_plain_no(tmp_path, kind, held, shown, seen):
    """What is held and what is seen have to say no, both."""
    name = "boolean-value" if kind == "boolean" else "value"
    attributes = f'office:value-type="{kind}" office:{name}="{held}"'
    flag = Raw(f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
    data = ods(table(row(HEADER), row(["1", "Mali", "They met.", flag])))

    assert read(tmp_path, data, "harvest.ods").records[0].value("confidential") == seen


def test_xls(tmp_path):
    """Several sheets, numbers as seen, merged cells filled down."""
    rows = [["Récolte 2"], [], HEADER, [1.0, "Mali", "Réuni", "no"], [2, None, "Left", 0.0]]
    data = xls({"Feuille": rows, "Read me": [["Hello"]]}, merged=[(3, 4, 1, 1)])
    reading = read(tmp_path, data, "harvest.xls")

    assert texts(reading) == [("1", "Mali", "Réuni", "no"), ("2", "Mali", "Left", "0")]
    assert [r.row for r in reading.records] == [4, 5]
    assert "skipped-sheet" in {f.reason for f in reading.findings}


def test_xls_tells_hidden_rows(tmp_path):
    """As the other workbooks do: read like the others, and told with the first and their count."""
    body = [HEADER, *([str(i), "Mali", f"Met {i}", "no"] for i in range(2, 9))]
    data = xls({"A": body, "B": [["Hello"]]}, hidden_rows={3, 4, 7})
    reading = read(tmp_path, data, "harvest.xls")
    (finding,) = [f for f in reading.findings if f.reason == "hidden-rows"]

    assert len(reading.records) == 7
    assert finding.where.row == 3
    assert "(3, the first here)" in finding.message


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_any_bytes_in_an_old_workbook_end(noise, place):
    """What looks for hidden rows never runs on, and never fails, whatever the file holds."""
    data = bytearray(GOOD_XLS)
    data[place : place + len(noise)] = noise
    found = hidden_rows(bytes(data))

    assert all(1 <= row <= 65_536 for rows in found for row in rows)


def test_xls_with_many_rows(tmp_path):
    """Each row counts."""
    rows = [HEADER, *([str(i), "Mali", f"Met {i}", "no"] for i in range(5000))]
    reading = read(tmp_path, xls({"A": rows}), "harvest.xls")

    assert (reading.rows_read, reading.records[-1].value("description")) == (5000, "Met 4999")


GOOD_ODS = ods(table(row(HEADER), row(["1", "Mali", "Met", "no"])))
GOOD_XLS = xls({"A": [HEADER, ["1", "Mali", "Met", "no"]]})
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.ods", GOOD_ODS[:-40]),
        (
            "entities.ods",
            ods(
                table(
                    row(HEADER),
                    row([Raw("<table:table-cell><text:p>&b;</text:p></table:table-cell>")]),
                ),
                prolog=ENTITIES,
            ),
        ),
        (
            "outside.ods",
            ods(
                table(
                    row(HEADER),
                    row([Raw("<table:table-cell><text:p>&a;</text:p></table:table-cell>")]),
                ),
                prolog=OUTSIDE,
            ),
        ),
        ("encrypted.ods", ods(table(), manifest="<m><encryption-data/></m>")),
        ("not.ods", b"PK\x03\x04 nonsense"),
        ("text.ods", b"Fragment ID,Outcome description\n1,Met\n"),
        ("old.ods", GOOD_XLS),
        (
            "rows.ods",
            ods(table(row(HEADER), row(["x"] * 4, 'table:number-rows-repeated="999999"'))),
        ),
        ("wide.ods", ods(table(row([cell("x", 'table:number-columns-repeated="99999"')] * 9)))),
        ("broken.ods", ods(table(row([Raw("<text:p>")])))),
        ("cut.xls", GOOD_XLS[:3000]),
        ("noise.xls", GOOD_XLS[:512] + bytes(range(256)) * 40),
        ("empty.xls", container(b"")),
        ("password.xls", container(struct.pack("<HHI", 0x2F, 4, 1))),
        ("word.xls", container(b"x", name="WordDocument")),
        ("new.xls", GOOD_ODS),
        ("text.xls", b"Fragment ID\tOutcome description\n"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_line(tmp_path, name, data):
    """Cut off, encrypted, with entities, of another kind, or a bomb."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data, name)

    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_far_cell_of_an_xls_ends_no_interpreter(tmp_path):
    """A sheet that would be padded to 16 million cells costs a process of its own, not this one."""
    data = xls({"A": [HEADER, ["1", "Mali", "Met", "no"]]}, far=(65535, 255))
    with pytest.raises(SourceError, match="larger than it looks"):
        read(tmp_path, data, "far.xls")


@pytest.mark.parametrize(("last", "said"), [(90_000, "read"), (1_048_576, "row 1048576 of a")])
def test_a_far_cell_of_an_ods_costs_nothing(tmp_path, last, said):
    """Nothing is padded: blank cells between two others are not there; too many are refused."""
    blank = f'table:number-rows-repeated="{last - 3}"'
    far = Raw("<table:table-cell table:number-columns-repeated='16383'/>")
    data = ods(
        table(row(HEADER), row(["1", "Mali", "Met", "no"]), row([None], blank), row([far, "x"]))
    )
    if said != "read":
        with pytest.raises(SourceError, match=said):
            read(tmp_path, data, "far.ods")
        return
    reading = read(tmp_path, data, "far.ods")

    assert (len(reading.records), [r.where.row for r in reading.rejected]) == (1, [last])
