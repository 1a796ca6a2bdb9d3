"""Cells that say that they are empty."""

import pytest

from kg.blank import _marks, is_blank


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " \t\n",
        "\u00a0\u200b",
        "-",
        "—",
        "...",
        "n/a",
        "N/A.",
        "N.A.",
        "#N/A",
        "None",
        "(none)",
        "nan",
        "NULL",
        "néant",
        "NEANT",
        "Aucun",
        "aucune.",
        "ninguno",
        "S/O",
        "sans objet",
        "n.v.t.",
        "nenhum",
        "  Not   applicable ",
    ],
)
def test_marks_of_emptiness_are_empty(text):
    """What people write for "nothing here" counts as nothing, in five languages."""
    assert is_blank(text)


@pytest.mark.parametrize(
    "text",
    ["no", "non", "0", "0.0", "x", "<redacted>", "[name]", "None of the members came", "n", "لا"],
)
def test_answers_and_marks_of_redaction_are_not_empty(text):
    """A plain no is an answer, and something stood where a mark stands."""
    assert not is_blank(text)


def test_a_long_text_of_spaces_is_empty():
    """Length alone makes no content."""
    assert is_blank(" " * 100_000)


def test_no_mark_of_emptiness_ends_in_a_digit():
    """By this most cells are known to hold something at a glance."""
    assert not [mark for mark in _marks() if mark[-1].isdecimal()]
