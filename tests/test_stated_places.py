"""Which countries and regions a cell states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.recall import trimmed
from kg.stated_places import read_places


@pytest.mark.parametrize(
    ("cell", "labels", "problem"),
    [
        ("Mali", ["Mali"], ""),
        ("Niger; Mali", ["Niger", "Mali"], "several-places"),
        ("Niger, Mali et Burkina Faso", ["Niger", "Mali", "Burkina Faso"], "several-places"),
        ("Mali\nSahel", ["Mali", "Sahel"], "several-places"),
        ("ML / NE", ["Mali", "Niger"], "several-places"),
        ("Mali; Mali", ["Mali"], ""),
        ("Ivory Coast / Côte d'Ivoire", ["Côte d'Ivoire"], ""),
        (
            "Trinidad and Tobago; Bosnia and Herzegovina",
            ["Trinidad and Tobago", "Bosnia and Herzegovina"],
            "several-places",
        ),
        ("Kenya and Trinidad and Tobago", ["Kenya", "Trinidad and Tobago"], "several-places"),
        ("Niger; Blueland", ["Niger", "Blueland"], "unknown-value"),
        ("Bamako, Mali", ["Mali"], "more-than-a-place"),
        ("Mali – Bamako", ["Mali"], "more-than-a-place"),
        ("Bamako (Mali)", ["Mali"], "more-than-a-place"),
        ("Mali (north)", ["Mali"], ""),
        ("Sahel (BF, ML, NE)", ["Sahel"], ""),
        ("Malian", ["Malian"], "unknown-value"),
        ("Malian and Nigerien", ["Malian and Nigerien"], "unknown-value"),
        ("Blueland; Redland", ["Blueland; Redland"], "unknown-value"),
        ("<redacted>", [], ""),
        ("", [], ""),
    ],
)
def test_a_cell_states_one_place_or_several(cell, labels, problem):
    """Both countries of "Niger; Mali" count; a town or a demonym makes no country."""
    found, told = read_places(cell)

    assert ([place.label for place in found], told) == (labels, problem)


@given(st.text(max_size=130))
def test_any_text_is_read_without_a_fault(text):
    """No place twice, and a problem where there is not one known place."""
    found, problem = read_places(trimmed(text))

    assert len({place.slug for place in found}) == len(found)
    assert problem or len(found) == 0 or (len(found) == 1 and found[0].known)
