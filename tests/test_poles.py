"""A heading that names both poles asks which of the two; a yes or no does not answer it."""

import pytest

from kg.fragment import interpret
from kg.model import Cell, Origin, Record
from kg.vocabulary import load_vocabulary


def _read(field, heading, text, values=None):
    """The answer, and the reasons of the findings."""
    record = Record("a.csv", 7, "text/csv", (Cell(field, heading, text),))
    fragment, findings = interpret(
        record,
        key="a",
        origins=(Origin("a.csv", 7, "text/csv"),),
        vocabulary=load_vocabulary(),
        confidential=False,
        values=values or {},
    )
    return getattr(fragment, field), [f.reason for f in findings if f.where.field == field]


@pytest.mark.parametrize("text", ["yes", "no", "N", "Y", "oui", "non", "1", "0", "true", "✓"])
@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("negative", "Positive / negative"),
        ("negative", "Négatif ou positif ?"),
        ("unintended", "Intended / unintended"),
        ("unintended", "Prévu ou non prévu"),
        ("unintended", "Expected or unexpected outcome"),
        ("unintended", "Bedoeld / onbedoeld"),
    ],
)
def test_yes_and_no_stay_unclear(field, heading, text):
    """Nobody can tell which of the two is meant; a person is asked."""
    assert _read(field, heading, text) == (None, ["unreadable-value"])


@pytest.mark.parametrize(
    ("field", "heading", "text", "answer"),
    [
        ("negative", "Positive / negative", "Negative", True),
        ("negative", "Positive / negative", "positive", False),
        ("unintended", "Intended / unintended", "unintended", True),
        ("unintended", "Intended / unintended", "Intended", False),
        ("negative", "Positive/Negative (P/N)", "P", False),
        ("negative", "Positive/Negative (P/N)", "n", True),
        ("unintended", "Intended or unintended (I/U)", "U", True),
    ],
)
def test_the_words_of_the_poles_answer(field, heading, text, answer):
    """And their letters, where the heading gives them."""
    assert _read(field, heading, text) == (answer, [])


@pytest.mark.parametrize(
    ("field", "heading"), [("negative", "Negative outcome?"), ("unintended", "Unintended (Y/N)")]
)
def test_one_pole_is_answered_by_yes_and_no(field, heading):
    """As ever."""
    assert _read(field, heading, "Y")[0] is True
    assert _read(field, heading, "N")[0] is False


def test_what_the_project_says_of_a_value_counts():
    """[values] settles what the heading leaves open."""
    told = {"negative": {"N": "yes"}}

    assert _read("negative", "Positive / negative", "N", told) == (True, [])
