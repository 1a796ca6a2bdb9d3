"""Naughty strings in an answer: no live formula, well-formed XML, nothing lost where promised."""

import csv
import io
import json
from xml.etree import ElementTree

import openpyxl
import pytest
from pyoxigraph import Literal, QueryResultsFormat, parse_query_results

from kg.delimited import delimited
from kg.query.answer import Answer
from kg.query.formats import render

#: What a spreadsheet takes for the beginning of a formula, also in full width.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
OURS = [f"{sign}1+cmd|' /C calc'!A0" for sign in LIVE] + [
    "a\0b",
    "a\r=1+1",
    "\x0b",
    "\ufffe",
    "]]>",
    "\ud7ff",
]


@pytest.fixture(scope="module")
def texts(shared) -> list[str]:
    """The big list of naughty strings, and ours."""
    listed = json.loads((shared / "testdata" / "blns" / "blns.json").read_text("utf-8"))
    return [*dict.fromkeys([*listed, *OURS])]


@pytest.fixture(scope="module")
def answer(texts) -> Answer:
    """One row a string."""
    return Answer("select", columns=("text",), rows=tuple((Literal(t),) for t in texts))


def test_there_are_five_hundred(texts):
    """As many as the list has."""
    assert len(texts) > 500


def test_a_workbook_holds_text_alone(answer, texts):
    """Not one of them is a formula; a heading is none, either."""
    book = openpyxl.load_workbook(io.BytesIO(bytes(render(answer, "xlsx"))))
    cells = [cell for row in book.active.iter_rows() for cell in row]

    assert len(cells) == len(texts) + 1
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert [c for c in cells if c.data_type == "n" and c.value is not None] == []


def test_a_heading_is_no_formula():
    """Names of columns can come from a file, too."""
    from kg.query.workbook import workbook

    book = openpyxl.load_workbook(io.BytesIO(workbook(["=1+1"], [["=1+1"]])))

    assert {c.data_type for row in book.active.iter_rows() for c in row} == {"s"}


def test_a_table_for_a_spreadsheet_marks_what_it_would_run(texts):
    """An apostrophe goes before it, in headings as well; every other text is as it was."""
    written = delimited(["=1", "kind"], [[text, "row"] for text in texts])
    rows = list(csv.reader(io.StringIO(written, newline="")))

    assert rows[0] == ["'=1", "kind"]
    assert [row[0] for row in rows[1:] if row[0].startswith(LIVE)] == []
    assert [row[0].replace("'", "") for row in rows[1:]] == [
        t.replace("\r", "\n").replace("'", "") for t in texts
    ]
    assert {len(row) for row in rows} == {2}


@pytest.mark.parametrize("form", ["xml", "json", "tsv"])
def test_what_is_for_programs_is_well_formed_and_loses_nothing(answer, texts, form):
    """W3C's formats; XML has no way to write some characters, and says so by another one."""
    content = str(render(answer, form)).encode()
    if form == "xml":
        ElementTree.fromstring(content)
        return
    read = parse_query_results(
        content, format=QueryResultsFormat.JSON if form == "json" else QueryResultsFormat.TSV
    )

    assert [row[0].value for row in read] == texts
