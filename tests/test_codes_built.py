"""Codes on the whole line: from a cell and a framework table to the answer and the worklist."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.api import build
from kg.harvest import Harvest

HARVEST = """\
id,country,year,description,link to results framework,objective,confidential
DEM-012,Kenya,2022,"The council of Wajira opened its books.",A.1.2,DEM: Democracy,no
DEM-013,Kenya,2022,"The police of Wajira stopped fining widows.",Output A1.2,DEM,no
GEN-014,Kenya,2022,"The court of Wajira freed six men.",no link to A.1,GEN: Gender,no
GEN-015,Kenya,2022,"The union of Wajira won its case.",A.1,GEN,no
DEM-016,Kenya,2022,"The mine of Wajira paid. No link to GEN-015. See GEN-014.",SO5 and a.1.2,GEN,no
"""
FRAMEWORK = """\
kind,code,label,country
outcome,A.1,Fair courts,Kenya
output,a1.2,Judges are trained,Kenya
"""


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> Harvest:
    """Five records, built with a framework of lettered codes."""
    folder: Path = tmp_path_factory.mktemp("codes")
    (folder / "kg.toml").write_text("", encoding="utf-8")
    (folder / "h.csv").write_text(HARVEST, encoding="utf-8")
    (folder / "framework.csv").write_text(FRAMEWORK, encoding="utf-8")
    return build(folder / "h.csv", project=folder, ner=False)


@pytest.mark.parametrize("code", ["A.1.2", "a1.2", "output A.1.2"])
def test_a_lettered_code_is_one_code_however_it_is_typed(harvest: Harvest, code: str) -> None:
    """In cells, in the table and in a question."""
    keys = [row["key"] for row in harvest.query("outcomes", code=code)]

    assert keys == ["dem-012", "dem-013", "dem-016"]


def test_a_number_says_what_stands_above_it(harvest: Harvest) -> None:
    """A.1.2 lies under A.1, whose label is that of the table; SO5 is an objective."""
    rows = harvest.query("framework-coverage")
    told = [(row["code"], row["kind"], str(row["outcomes_total"])) for row in rows]

    assert told == [
        ("DEM", "objective", "2"),
        ("GEN", "objective", "3"),
        ("SO5", "objective", "1"),
        ("A.1", "outcome", "4"),
        ("A.1.2", "output", "3"),
    ]


def test_what_is_denied_makes_no_link(harvest: Harvest) -> None:
    """Neither a code nor the id of an outcome; the other id of the same sentence does."""
    related = [(row["relation"], row["words"]) for row in harvest.query("related-outcomes")]
    unlinked = [(row["key"], row["reason"]) for row in harvest.query("unlinked-outcomes")]

    assert related == [("see-also", "GEN-014")]
    assert unlinked == [("gen-014", "objective only")]


def test_the_worklist_tells_of_all_three(harvest: Harvest) -> None:
    """With the record; nothing of it is lost."""
    wanted: Sequence[str] = ("negated-code", "objective-conflict", "outcome-id-denied")
    told = {(f.reason, f.key) for f in harvest.check() if f.reason in wanted}

    assert told == {
        ("negated-code", "gen-014"),
        ("objective-conflict", "dem-016"),
        ("outcome-id-denied", "dem-016"),
    }
