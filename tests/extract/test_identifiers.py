"""Ids of the harvest are known as such, whatever their shape. All texts are invented."""

from dataclasses import replace

import pytest

from kg.model import Kind

SHAPES = ["Z-2031/QAL010", "XV-12", "Q-01", "VT/QA/012", "QA-2031-014", "2031-7", "LUR-2031-0007"]


def _records(fragment, ids, text):
    return [
        replace(fragment(text.format(other=ids[n - 1]), key=f"r{n}"), identifier=identifier)
        for n, identifier in enumerate(ids)
    ]


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_an_id_of_the_build_is_an_id_and_nothing_else(extractor, fragment, case):
    """Whatever its shape and case, an id is no organisation and no person."""
    records = _records(fragment, SHAPES, "It builds on {other} and nothing more.")
    records = [
        replace(r, statements=(replace(r.statements[0], text=case(r.statements[0].text)),))
        for r in records
    ]
    found = list(extractor.extract_all(records))

    assert sorted((m.kind.value, m.text.upper()) for m in found if m.kind is Kind.OUTCOME_ID) == (
        sorted(("outcome-id", i) for i in SHAPES)
    )
    if case is str.lower:
        assert {m.kind for m in found} == {Kind.OUTCOME_ID}


def test_the_last_part_of_an_id_is_enough(extractor, fragment):
    """Behind the slash stands what people write."""
    found = list(
        extractor.extract_all(_records(fragment, ["Z-2031/QAL10", "B-1/T5"], "QAL10 led to T5."))
    )

    assert [m.text for m in found if m.kind is Kind.OUTCOME_ID] == ["QAL10", "QAL10"]


def test_an_unknown_number_of_the_same_series_is_an_id(extractor, fragment):
    """An outcome that another harvest holds is numbered alike."""
    found = list(extractor.extract_all(_records(fragment, ["VT/QA/012"], "It follows VT/QA/099.")))

    assert [(m.kind, m.text) for m in found] == [(Kind.OUTCOME_ID, "VT/QA/099")]


@pytest.mark.parametrize(
    "text", ["In 2031-70 times.", "The AXV-12 gate.", "See xv-121.", "XV-12/3"]
)
def test_part_of_a_longer_word_is_no_id(extractor, fragment, text):
    """Ids end where their characters end."""
    found = list(extractor.extract_all(_records(fragment, ["2031-7", "XV-12"], text)))

    assert not [m for m in found if m.kind is Kind.OUTCOME_ID]


def test_a_plain_number_is_no_id(extractor, fragment):
    """Records that are merely counted make no id of every number."""
    found = list(extractor.extract_all(_records(fragment, ["12", "13"], "On 12 days 13 came.")))

    assert not found


@pytest.mark.parametrize(
    ("ids", "text", "found"),
    [
        (
            ["DEM-2031-012"],
            "It builds on DEM-2031-99 and GEN-2031-1400.",
            ["DEM-2031-99", "GEN-2031-1400"],
        ),
        (["2031/NRL/05"], "See 2031/SLD/17.", ["2031/SLD/17"]),
        (["R-3", "R-4", "R-5"], "Not R-12, but R-7.", ["R-12", "R-7"]),
        (["R3", "R4", "R5"], "After R12.", ["R12"]),
        (["R-3", "R-4"], "After R-12.", []),
        (["R-3", "R-4", "R-5"], "The men of M-23 left the F-16 and the A4.", []),
        (["XV-12", "XV-13"], "The AK-47 and the KM-12.", []),
    ],
)
def test_an_unknown_id_is_told_by_how_the_harvest_numbers(extractor, fragment, ids, text, found):
    """It is no person to be masked and no body; what is numbered otherwise stays what it is."""
    records = _records(fragment, ids, text)
    mentions = list(extractor.extract_all(records))
    unknown = [m.text for m in mentions if m.kind is Kind.OUTCOME_ID and m.key == "r0"]

    assert unknown == found
    assert not [m for m in mentions if m.text in found and m.kind is not Kind.OUTCOME_ID]
