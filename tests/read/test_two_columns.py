"""Two columns that claim one field: settled by their headings alone, told, and nothing lost."""

import pytest

from kg.model import FIELDS, Where
from kg.read.columns import lay_out
from kg.read.headings import Headings
from kg.read.inspection import inspect_source
from kg.read.near import How

HEADINGS = Headings.load()


def fields(cells, headings=HEADINGS):
    """Heading → field, and the reasons of the findings."""
    layout = lay_out(cells, headings, where=Where("a.csv", 1))
    return {c.heading: c.field for c in layout.columns}, {f.reason for f in layout.findings}


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        ("ID", "Outcome code"),
        ("Record ID", "Outcome code"),
        ("Reference", "Outcome Code:"),
        ("Identifiant", "Code de l’effet"),
        ("Identificatie", "Outcomecode"),
        ("المعرّف", "رمز النتيجة"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_an_outcome_code_beside_an_id_is_a_code_of_the_framework(identifier, code, turned):
    """In either order; the link is kept, and it is told."""
    cells = [code, identifier, "Description"] if turned else [identifier, "Description", code]
    found, told = fields(cells)

    assert (found[identifier], found[code]) == ("fragment_id", "framework_link")
    assert told == {"code-beside-id"}


@pytest.mark.parametrize(
    ("identifier", "other"),
    [
        ("ID", "Code"),
        ("Reference", "Outcome number"),
        ("Référence", "Numéro de l’effet"),
        ("Identificador", "Código"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_may_be_either_is_asked(identifier, other, turned):
    """It is kept under its own heading, with what it may be."""
    layout = lay_out(
        [other, identifier] if turned else [identifier, other], HEADINGS, where=Where("a", 1)
    )
    (asked,) = [c for c in layout.columns if c.heading == other]

    assert layout.has("fragment_id")
    assert asked.field not in FIELDS
    assert (asked.match.how, asked.match.candidates[0]) == (How.DOUBTFUL, "framework_link")
    assert [f.reason for f in layout.findings] == ["two-columns-one-field"]


def test_inspect_prints_the_line_that_settles_it(tmp_path):
    """Nothing says that all is understood while a column waits."""
    path = tmp_path / "a.csv"
    path.write_text("ID,Outcome number,Description\n1,1.4,Told\n", encoding="utf-8")
    lines = inspect_source(path, headings=HEADINGS).settings

    assert any('"Outcome number" = "framework_link"' in line for line in lines)


def test_a_code_is_the_id_where_nothing_else_is():
    """As before: a sheet whose only number is its outcome code."""
    found, _ = fields(["Outcome code", "Description"])

    assert found["Outcome code"] == "fragment_id"


def test_a_framework_column_keeps_its_field():
    """A third column that is plainly the framework's has it; the code is asked."""
    found, told = fields(["Outcome code", "Outcome ID", "Results framework code"])

    assert found["Results framework code"] == "framework_link"
    assert found["Outcome ID"] == "fragment_id"
    assert told == {"two-columns-one-field"}


def test_what_the_project_says_comes_first():
    """A line of kg.toml settles it, against every rule of ours."""
    own = Headings.load({"Outcome code": "fragment_id", "Short text": "description"})
    found, _ = fields(["ID", "Outcome code", "Outcome description", "Short text"], own)

    assert found["Outcome code"] == "fragment_id"
    assert found["Short text"] == "description"


@pytest.mark.parametrize(
    "cells", [["Confidential", "Confidentiality"], ["Confidentiel", "Confidential", "Year"]]
)
def test_a_second_flag_stays_a_flag(cells):
    """A record is open only where every one of them says so."""
    layout = lay_out(cells, HEADINGS, where=Where("a", 1))

    assert layout.flags == (0, 1)


@pytest.mark.parametrize("number", ["N°", "No", "Numéro", "Number", "S/N"])
@pytest.mark.parametrize("code", ["Code", "Código"])
def test_a_code_beside_a_number_that_may_be_the_id_is_asked(number, code):
    """Neither is the id by a guess; the code may be that of a result."""
    layout = lay_out([number, "Pays", "Énoncé", code], HEADINGS, where=Where("a", 1))
    (asked,) = [c for c in layout.columns if c.heading == code]

    assert not layout.has("fragment_id")
    assert (asked.match.how, asked.match.candidates) == (
        How.DOUBTFUL,
        ("framework_link", "fragment_id"),
    )
    assert {f.reason for f in layout.findings} == {"doubtful-heading"}


def test_what_kg_toml_says_of_the_number_settles_the_code():
    """The number is the id, and then the code is asked of the framework alone."""
    own = Headings.load({"N°": "fragment_id", "Code": "framework_link"})
    found, told = fields(["N°", "Pays", "Énoncé", "Code"], own)

    assert (found["N°"], found["Code"]) == ("fragment_id", "framework_link")
    assert told == set()


def test_an_outcome_code_beside_an_outcome_number_is_marked():
    """It is taken for the id, and that is told; of the other, what it may be."""
    layout = lay_out(
        ["Outcome code", "Outcome number", "Description"], HEADINGS, where=Where("", 1)
    )
    told = {f.reason: f.message for f in layout.findings}

    assert set(told) == {"close-heading", "two-columns-one-field"}
    assert "may be framework_link or fragment_id" in told["two-columns-one-field"]


def test_a_heading_that_stands_twice_gives_way():
    """By its words, not by its place: two columns "Outcome" hold codes as likely as texts."""
    found, _ = fields(["ID", "Outcome", "Outcome", "Description"])

    assert found["Description"] == "description"
