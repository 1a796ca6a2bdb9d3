"""Ids that name an objective: told only where the harvest itself shows what its ids mean."""

from dataclasses import replace
from random import Random

import pytest

from kg.codes import odd_ids
from kg.model import Code, Fragment, Origin


def record(identifier: str, *objectives: str) -> Fragment:
    """A record with an id and the objectives of its column."""
    return Fragment(
        key=identifier.lower().replace("/", "-").replace(" ", ""),
        identifier=identifier,
        origins=(Origin("demo.csv", 1 + sum(map(ord, identifier)) % 90, "text/csv"),),
        statements=(),
        empty=(),
        confidential=False,
        label="",
        language=None,
        programme=None,
        year=None,
        round=None,
        country=None,
        objectives=tuple(Code("objective", o, "objective_link", 0, 1) for o in objectives),
    )


def odd(*rows: str, told=()) -> list[str | None]:
    """Keys of what is odd; a row is "ID OBJECTIVE…"."""
    records = [record(*row.split()) for row in rows]
    Random(7).shuffle(records)
    return [finding.key for finding in odd_ids(records, told)]


LETTERS = ("DEM-001 DEM", "DEM-002 DEM", "GEN-003 GEN", "GEN-004 GEN")
NUMBERS = ("OBJ-1-010 1", "OBJ-2-011 2", "OBJ-3-012 3", "OBJ-3-013 3")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((*LETTERS, "DEM-014 GEN"), ["dem-014"]),
        ((*NUMBERS, "OBJ-3-014 2"), ["obj-3-014"]),
        ((*NUMBERS, "OBJ-03-014 2"), ["obj-03-014"]),
        (("SO1/01 SO1", "SO2/02 SO2", "SO2/03 SO2", "SO1/04 SO2"), ["so1-04"]),
        (("SO-1/01 SO1", "SO-2/02 SO2", "SO-2/03 SO2", "SO-1/04 SO2"), ["so-1-04"]),
        (("KE22CIV1 CIV", "KE22GEN2 GEN", "ML22GEN3 GEN", "ML22CIV4 GEN"), ["ml22civ4"]),
        ((*LETTERS, "DEM-014 GEN DEM"), []),  # one of several
        ((*LETTERS, "DEM-014"), []),  # a blank cell
        ((*LETTERS, "PAX-014 GEN"), []),  # no objective of this harvest
        ((*LETTERS, "2022/DEM/014 GEN"), []),  # another shape: nobody shows what it means
        ((*LETTERS, "DEM-<redacted> GEN"), []),
        ((*LETTERS, "DEM-5 GEN", "GEN-6 DEM"), []),  # two to four: no habit
        (("CIV-1 CIV", "CIV-2 CIV", "CIV-3 CIV", "CIV-4 CIV", "CIV-5 GEN"), []),  # a prefix
        (("A-1 1", "A-2 2", "A-3 3", "A-4 1", "A-5 2", "A-6 3", "A-7 1"), []),  # serial numbers
        (("DEM-001 DEM", "GEN-002 GEN", "DEM-003 GEN"), []),  # too few to tell
        ((), []),
    ],
)
def test_an_id_is_held_to_what_the_others_show(rows, expected):
    """Letters, numbers or both, wherever in the id; never noise where no habit shows."""
    assert odd(*rows) == expected


def test_what_is_told_already_is_not_told_again():
    """The reader of a record tells of ids behind a slash."""
    assert odd(*LETTERS, "DEM-014 GEN", told={"dem-014"}) == []


def test_a_finding_says_where_and_quotes_nothing():
    """File, row, field and key."""
    (finding,) = odd_ids([record(*row.split()) for row in (*LETTERS, "DEM-014 GEN")])

    assert (finding.reason, finding.where.file, finding.where.field, finding.key) == (
        "objective-conflict",
        "demo.csv",
        "objective_link",
        "dem-014",
    )
    assert "DEM" not in finding.message


def test_objectives_of_a_second_column_count_as_well():
    """Two columns of objectives are added up: what either says agrees with the id."""
    two = replace(
        record("OBJ-1-014"),
        objectives=(
            Code("objective", "3", "objective_link", 0, 1),
            Code("objective", "1", "objective_link-priority", 0, 1),
        ),
    )

    assert odd_ids([*(record(*row.split()) for row in NUMBERS), two]) == ()
