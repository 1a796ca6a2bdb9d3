"""Headers over two rows, and rows of totals."""

import openpyxl
import pytest

from kg.read import Headings, read_source

HEADINGS = Headings.load()


def read(tmp_path, rows, kind):
    path = tmp_path / f"harvest.{kind}"
    if kind == "csv":
        path.write_text("".join(";".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([cell or None for cell in row])
        book.save(path)
    return read_source(path, headings=HEADINGS)


def first(reading):
    return {cell.field: cell.text for cell in reading.records[0].cells}


kinds = pytest.mark.parametrize("kind", ["csv", "xlsx"])


@kinds
def test_groups_above_the_headings(tmp_path, kind):
    """A group reaches to the right, until the next one."""
    rows = [
        ["Harvest 2", "", "", "", "", "", ""],
        ["", "", "Outcome", "", "Contribution", "", ""],
        ["ID", "Country", "Description", "Significance", "Programme", "Others", "Confidential"],
        ["1", "Mali", "They met", "Large", "We paid", "Rain", "no"],
    ]

    assert first(read(tmp_path, rows, kind)) == {
        "fragment_id": "1",
        "country": "Mali",
        "description": "They met",
        "significance": "Large",
        "contribution_programme": "We paid",
        "contribution_others": "Rain",
        "confidential": "no",
    }


@kinds
def test_headings_below_groups_that_look_like_a_header(tmp_path, kind):
    """Single headings stand in the upper row, those of a group in the lower one."""
    rows = [
        ["ID", "Country", "Outcome", "", "Confidential"],
        ["", "", "Description", "Significance", ""],
        ["1", "Mali", "They met", "Large", "no"],
    ]
    reading = read(tmp_path, rows, kind)

    assert first(reading) == {
        "fragment_id": "1",
        "country": "Mali",
        "description": "They met",
        "significance": "Large",
        "confidential": "no",
    }
    assert reading.rows_read == 1


@kinds
def test_a_record_is_never_taken_for_a_header(tmp_path, kind):
    """Not even one whose cells hold words of headings."""
    rows = [
        ["ID", "Status", "Description", "Social actor", "Confidential"],
        ["1", "Outcome", "They met", "Actors", "no"],
        ["2", "Outcome", "They left", "Women", "no"],
    ]

    assert read(tmp_path, rows, kind).rows_read == 2


@kinds
def test_titles_above_change_nothing(tmp_path, kind):
    """A title is no group."""
    rows = [
        ["Outcomes of 2022", "Country office", "", ""],
        ["ID", "Country", "Description", "Confidential"],
        ["1", "Mali", "They met", "no"],
    ]

    assert set(first(read(tmp_path, rows, kind))) == {
        "fragment_id",
        "country",
        "description",
        "confidential",
    }


@kinds
def test_rows_of_totals_are_rejected_and_told(tmp_path, kind):
    """A row that adds up is no outcome; a sentence about a total is."""
    rows = [
        ["ID", "Country", "Description", "Confidential"],
        ["1", "Mali", "Total withdrawal of the bill", "no"],
        ["2", "Mali", "Totals", "no"],
        ["Total", "", "45", ""],
        ["TOTAL :", "2 pays", "", ""],
        ["", "", "45", ""],
        ["", "", "Sous-total (n=3)", ""],
        ["", "Mali", "", ""],
    ]
    reading = read(tmp_path, rows, kind)

    assert [r.row for r in reading.records] == [2]
    assert [r.reason for r in reading.rejected] == [*["a row of totals"] * 5, "no description"]
