"""Exports as services and programs write them: what is theirs is no record and no answer."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import SourceError
from kg.messages import in_words
from kg.read import Headings, inspect_source, read_source
from kg.read.totals import SECOND_HEADING, TOTALS
from kg.read.understand import ANOTHER, REPEATED
from kg.worklist import NO_RECORD, worklist
from tests.read.test_document import docx, paragraph, table

HEADINGS = Headings.load()
FORM = (["Outcome ID", "W1"], ["Country", "Mali"], ["Outcome description", "They met."])


def _read(path):
    return read_source(path, headings=HEADINGS)


def _cells(record):
    return {cell.field: cell.text for cell in record.cells}


def _workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)


def test_messages_of_a_chat(tmp_path):
    """Who wrote one is no part of it; a message without a key is nobody's answer, and told."""
    path = tmp_path / "chat.txt"
    path.write_text(
        "\u200e[01/05/2023, 08:00:00] Messages and calls are end-to-end encrypted.\n"
        "[01/05/2023, 09:11:22] Ama Fieldname: Outcome: The council met.\nCountry: Togo\n"
        "Confidential: no\n"
        "[01/05/2023, 09:12:01] Ben Othername: Thank you!\nWrite more.\n"
        "[02/05/2023, 10:11:22] Ama Fieldname: Outcome: The board answered.\nConfidential: no\n",
        "utf-8",
    )
    reading = _read(path)
    told = [f for f in reading.findings if f.reason == "text-outside-records"]

    assert [_cells(record) for record in reading.records] == [
        {"description": "The council met.", "country": "Togo", "confidential": "no"},
        {"description": "The board answered.", "confidential": "no"},
    ]
    assert [(f.where.row, f.message.partition(",")[0]) for f in told] == [
        (1, "Lines outside of any record: 3")
    ]


def test_a_time_inside_an_answer_is_part_of_it(tmp_path):
    """Only a text that begins with a message is a chat."""
    path = tmp_path / "log.txt"
    path.write_text(
        "**Outcome description**: They met twice.\n01/05/2023, 09:11 - first: alone\n", "utf-8"
    )

    assert _cells(_read(path).records[0])["description"].endswith("09:11 - first: alone")


def test_lines_between_forms_are_told_once(tmp_path):
    """A document with a title above each of forty forms says so in one line, with their number."""
    path = tmp_path / "forms.docx"
    title, note = paragraph("Outcome", style="Titre1"), paragraph("Filled in by hand.")
    path.write_bytes(docx(title, table(*FORM), note, title, table(*FORM), note))
    told = [f for f in _read(path).findings if f.reason == "text-outside-records"]

    assert [(f.where.row, f.message.partition(",")[0]) for f in told] == [
        (1, "Lines outside of any record: 4")
    ]
    assert in_words(told[0].reason, told[0].message, "", language="fr")[0] == (
        "Lignes hors de toute fiche : 4, ici la première ; elles ne sont pas lues."
    )


def test_a_record_in_the_envelope_of_a_service(tmp_path):
    """Airtable: the record's own id is its id, not that of the envelope; rows count the same."""
    fields = {"Outcome ID": "AT1", "Outcome description": "They met.", "Confidential": False}
    path = tmp_path / "airtable.json"
    path.write_text(json.dumps({"records": [{"id": "rec1", "createdTime": "x", "fields": fields}]}))
    (record,) = _read(path).records

    assert {name: _cells(record)[name] for name in ("fragment_id", "description")} == {
        "fragment_id": "AT1",
        "description": "They met.",
    }


@pytest.mark.parametrize("row", [["Total", "Count", 4], [None, "TOTAL : 4", None], ["Somme", 4, 4]])
def test_a_report_with_titles_above_and_totals_below(tmp_path, row):
    """Salesforce: "Total | Count | 4" adds up; what stands below is no record either."""
    path = tmp_path / "report.xlsx"
    head = ["Outcome ID", "Outcome Description", "Country"]
    rows = [["Report"], [], head, ["1", "They met.", "Mali"], row, ["Copyright example.org"]]
    _workbook(path, Report=rows)
    reading = _read(path)

    assert [(r.where.row, r.reason) for r in reading.rejected] == [
        (5, "a row of totals"),
        (6, "no description"),
    ]
    assert len(reading.records) == 1


def test_a_short_sentence_is_no_total(tmp_path):
    """Also of two words, and also where a total stands in it."""
    path = tmp_path / "t.csv"
    path.write_text("ID,Outcome description\n1,They met\n2,Total victory\nTotal,A total change\n")

    assert [record.row for record in _read(path).records] == [2, 3, 4]


def test_the_second_row_of_headings_of_a_survey(tmp_path):
    """SurveyMonkey writes what kind of answer each question has below it."""
    path = tmp_path / "survey.csv"
    path.write_text(
        "Respondent ID,Outcome description,Which country?\n,Open-Ended Response,Response\n"
        "1,They met.,Mali\n",
        "utf-8",
    )

    assert [(r.where.row, r.reason) for r in _read(path).rejected] == [
        (2, "a second row of headings")
    ]
    assert inspect_source(path, headings=HEADINGS).values("country") == {"Mali": 1}


def test_inspect_says_of_each_table_where_it_stands_and_what_to_do_next(tmp_path):
    """Blank sheets of a new workbook are nothing; others that are not read are named once."""
    head = ["ID", "Outcome description", "Confidential", "Colour"]
    _workbook(
        tmp_path / "a.xlsx",
        Togo=[head, ["1", "They met.", "no", "red"]],
        Lists=[["Colours"], ["red"]],
        Sheet3=[],
    )
    done = CliRunner().invoke(app, ["inspect", str(tmp_path / "a.xlsx")], env={"COLUMNS": "80"})
    shown = " ".join(done.stdout.split())

    assert "Not read, for no header with a description is understood: Lists. If" in shown
    assert ("Sheet3" in shown, shown.count("Lists")) == (False, 1)
    assert '# "Colour" = "FIELD"' in shown
    assert "Next: kg build" in shown


def test_a_row_of_totals_is_nothing_to_mend():
    """The worklist asks nobody to complete what is no record."""
    assert {TOTALS, SECOND_HEADING, REPEATED, ANOTHER} == NO_RECORD

    report = {
        "rejected": [{"file": "t.csv", "row": n, "reason": r} for n, r in enumerate(_REASONS)]
    }
    told = worklist(lambda _: [], mentions=[], report=report)

    assert [(f.reason, f.severity.value) for f in told] == [
        ("rejected-row", "warning"),
        ("no-record-row", "info"),
    ]


_REASONS = (TOTALS, "no description")


def test_a_form_with_two_questions_in_a_row(tmp_path):
    """Word forms save space: "Country | Mali | Year | 2022". Nothing filled in is dropped."""
    form = [
        ["Outcome ID", "W1", "Country", "Mali"],
        ["Year", "2022", "Confidential", "no"],
        ["Outcome description", "They met.", "", ""],
        ["Ticked by", "Ama", "Ben", "Cleo"],
    ]
    path = tmp_path / "form.docx"
    path.write_bytes(docx(table(*form)))
    (record,) = _read(path).records

    assert _cells(record) == {
        "fragment_id": "W1",
        "country": "Mali",
        "year": "2022",
        "confidential": "no",
        "description": "They met.",
        "ticked-by": "Ama\nBen\nCleo",
    }


def test_a_header_of_four_columns_is_no_such_form(tmp_path):
    """Its cells are headings, all of them."""
    head = ["Outcome ID", "Country", "Outcome description", "Confidential"]
    path = tmp_path / "table.docx"
    path.write_bytes(docx(table(head, ["W1", "Mali", "They met.", "no"])))

    assert [r.row for r in _read(path).records] == [2]


def test_a_workbook_under_the_suffix_of_an_older_one(tmp_path):
    """Excel asks and opens it; a web page that calls itself a workbook is told what it is."""
    head = ["Outcome ID", "Outcome description"]
    _workbook(tmp_path / "new.xlsx", S=[head, ["1", "They met."]])
    (tmp_path / "new.xlsx").rename(tmp_path / "old.xls")
    page = tmp_path / "page.xls"
    page.write_text("<html><table><tr><td>Outcome description</td></tr></table></html>")

    assert len(_read(tmp_path / "old.xls").records) == 1
    with pytest.raises(SourceError, match="this is a web page; open it in a spreadsheet program"):
        _read(page)
