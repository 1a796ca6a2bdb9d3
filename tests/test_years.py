"""A span of years counts in each of its years, in every answer alike."""

import json

import pytest

import kg
from kg.config import load_config
from kg.export.tables import tables
from kg.network import whole
from kg.pipeline import build

ROWS = """ID,Outcome description,Year,Confidential
Y1,The council of Tarn opened its books to the public.,2021-2022,no
Y2,The mayor of Kolma received the herders of the valley.,2022,no
Y3,The court of Tarn published its judgments for all.,FY2020/21,no
Y4,The port of Kolma let the women fish again.,last year,no
Y5,The union of Tarn won its case against the mine.,2019 à 2022,no
"""


@pytest.fixture(scope="module")
def harvest(tmp_path_factory):
    """A small harvest, built once."""
    folder = tmp_path_factory.mktemp("years")
    (folder / "kg.toml").write_text('[sources]\nfiles = ["a.csv"]\n', "utf-8")
    (folder / "a.csv").write_text(ROWS, "utf-8")
    build(load_config(folder), ner=False)
    return kg.open(folder)


@pytest.mark.parametrize(
    ("year", "keys"),
    [
        (2019, ["y5"]),
        (2020, ["y3", "y5"]),
        (2021, ["y1", "y3", "y5"]),
        (2022, ["y1", "y2", "y5"]),
        (2023, []),
    ],
)
def test_a_question_of_one_year_finds_every_span_that_holds_it(harvest, year, keys):
    """Once each."""
    rows = harvest.query("outcomes", year=year).records()

    assert [row["key"] for row in rows] == keys


def test_an_outcome_of_several_years_is_one_row(harvest):
    """All of its years in one cell; a single year stays a year."""
    rows = {row["key"]: row.get("year") for row in harvest.query("outcomes").records()}

    assert {key: str(year or "") for key, year in rows.items()} == {
        "y1": "2021; 2022",
        "y2": "2022",
        "y3": "2020; 2021",
        "y4": "",
        "y5": "2019; 2020; 2021; 2022",
    }


def test_by_year_counts_it_in_each(harvest):
    """As an outcome of two countries counts for both."""
    counted = {
        str(row.get("year") or ""): int(row["outcomes"])
        for row in harvest.query("by-year").records()
    }

    assert counted == {"2019": 1, "2020": 2, "2021": 3, "2022": 3, "": 1}


def test_the_page_filters_by_each_of_its_years(harvest):
    """What the explorer counts is what the questions count."""
    graph = whole(harvest.select)
    years = {
        about["label"][:8]: dict(about["fields"]).get("year")
        for _, about in graph.nodes(data=True)
        if about["kind"] == "outcome"
    }

    assert sorted(len(found or ()) for found in years.values()) == [0, 1, 2, 2, 4]


def test_tables_have_one_row_and_words_stay(harvest):
    """The export says all years; the statement says what was typed."""
    outcomes = next(
        table for table in tables(harvest.select, language="en") if table.name == "outcomes"
    )
    place = outcomes.columns.index("year")
    records = (harvest.folder / "records.jsonl").read_text("utf-8").splitlines()
    typed = [cell for record in map(json.loads, records) for cell in json.dumps(record).split('"')]

    assert [row[place] for row in outcomes.rows] == [
        *("2021; 2022", "2022", "2020; 2021", "", "2019; 2020; 2021; 2022")
    ]
    assert "FY2020/21" in typed


def test_check_knows_them_and_asks_for_the_one_that_has_none(harvest):
    """No violation, and no record with years is listed without."""
    found = [(f.reason, f.key) for f in harvest.check()]

    assert [key for reason, key in found if reason == "unreadable-year"] == ["y4"]
    assert not [key for reason, key in found if reason == "no-year"]
    assert not [reason for reason, _ in found if reason.startswith("conformance")]
