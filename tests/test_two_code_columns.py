"""An outcome's column beside an output's: the codes of both count, each under its own heading."""

from pathlib import Path

import openpyxl
import pytest

from kg.api import build, diff
from kg.config import load_config
from kg.inspect import inspect
from kg.model import Severity

TABLE = (
    "ID,Country,Statement,Outcome link,Output link,Confidential\n"
    "A1,Mali,The mayor signed.,1.4,1.4.1,no\n"
    "A2,Mali,The chief left.,1.5,,no\n"
    "A3,Mali,The radio spoke.,1.6,1.6,no\n"
)
TOLD = '[headings]\n"Outcome link" = "framework_link"\n"Output link" = "framework_link"\n'
LINKS = """
SELECT DISTINCT ?key ?code ?heading WHERE {
  GRAPH ?g { ?mention nif:referenceContext ?statement ; itsrdf:taIdentRef ?node .
             ?statement oh:heading ?heading . ?fragment oh:hasStatement ?statement ; oh:key ?key }
  GRAPH ?h { ?node skos:notation ?code }
}"""


def _linked(harvest):
    """Record, heading → code, as the graph has it."""
    return {(row["key"], row["heading"], row["code"]) for row in harvest.select(LINKS)}


@pytest.fixture(params=["", TOLD], ids=["by itself", "told by kg.toml"])
def project(request, tmp_path):
    """A project folder, with and without the advice of kg inspect followed."""
    (tmp_path / "kg.toml").write_text(request.param, "utf-8")
    (tmp_path / "h.csv").write_text(TABLE, "utf-8")
    return tmp_path


def test_the_codes_of_both_columns_link_and_the_graph_conforms(project):
    """No code is lost, none stands under the other's heading, and nothing breaks a shape."""
    harvest = build(project / "h.csv", project=project, ner=False)
    found = harvest.check()

    assert _linked(harvest) == {
        ("a1", "Outcome link", "1.4"),
        ("a1", "Output link", "1.4.1"),
        ("a2", "Outcome link", "1.5"),
        ("a3", "Outcome link", "1.6"),
        ("a3", "Output link", "1.6"),
    }
    assert not [f for f in found if f.severity is Severity.VIOLATION]


def test_inspect_shows_both_and_asks_for_nothing(project):
    """Each column with its own count; what is settled is not asked again."""
    view = inspect(project / "h.csv", load_config(project))
    (table,) = view.inspection.tables
    shown = {column.heading: (column.field, column.filled) for column in table.columns}

    assert shown["Outcome link"] == ("framework_link", 3)
    assert shown["Output link"] == ("framework_link", 2)
    assert {v.text for v in view.values if v.field == "framework_link"} == {
        "1.4",
        "1.4.1",
        "1.5",
        "1.6",
    }
    assert view.settings == ()


def test_diff_sees_a_change_in_either(project):
    """A code that changes in the second column is a change of a code."""
    new = project / "new.csv"
    new.write_text(TABLE.replace(",1.4.1,", ",1.4.2,"), "utf-8")
    (change,) = diff(project / "h.csv", new, project=project).records
    (field,) = change.fields

    assert (field.old, field.new) == ("output 1.4.1", "output 1.4.2")


def test_a_header_of_two_rows(tmp_path):
    """As spreadsheets have it: one heading over the outcome's column and the output's."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ID", "Country", "Statement", "Results framework", None, "Confidential"])
    sheet.append([None, None, None, "Outcome", "Output", None])
    sheet.append(["A1", "Mali", "The mayor signed.", "1.4", "1.4.1", "no"])
    sheet.merge_cells("D1:E1")
    path = tmp_path / "h.xlsx"
    book.save(path)
    harvest = build(path, project=tmp_path, ner=False)

    assert {code for _, _, code in _linked(harvest)} == {"1.4", "1.4.1"}


def test_a_release_gives_the_codes_of_both(tmp_path):
    """In one cell: a release has one column for a field."""
    (tmp_path / "h.csv").write_text(TABLE, "utf-8")
    public = build(tmp_path / "h.csv", project=tmp_path, ner=False).release()

    assert {row[2] for row in _linked(public)} == {"1.4", "1.4.1", "1.5", "1.6"}


@pytest.mark.parametrize("name", ["Country", "Type of change"])
def test_advice_is_not_given_twice(name, tmp_path):
    """Where kg.toml has given two columns one field, it is not told to say what they are."""
    (tmp_path / "kg.toml").write_text(
        f'[headings]\n"First" = "{name.lower().replace(" ", "_")}"\n'
        f'"Second" = "{name.lower().replace(" ", "_")}"\n',
        "utf-8",
    )
    path = Path(tmp_path / "h.csv")
    path.write_text("ID,First,Second,Statement\nA1,Mali,Mali,The mayor signed.\n", "utf-8")
    view = inspect(path, load_config(tmp_path))
    (told,) = [f for f in view.inspection.findings if f.reason == "field-given-twice"]

    assert told.advice.startswith("A field has one column")
