"""What was taken out of a cell stays opaque."""

import pytest

from kg.redaction import has_mark, only_marks, without_marks


@pytest.mark.parametrize(
    "text",
    [
        "<redacted>",
        "<LOC>",
        "<person>",
        "[name]",
        "[REDACTED]",
        "(caviardé)",
        "███",
        "XXX",
        "****",
        "<b>",
        "SCC-<redacted>/CIV010",
        "Great <LOC>",
    ],
)
def test_a_mark_is_seen(text):
    """In the styles that people and programs use."""
    assert has_mark(text)


@pytest.mark.parametrize(
    "text", ["", "no", "5 < 6", "a > b", "Xavier", "[1.4]", "x", "N/A", "* * *"]
)
def test_what_is_no_mark_is_none(text):
    """An answer "x" and a code in brackets were typed by somebody."""
    assert not has_mark(text)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("<LOC>", True),
        ("<LOC>, <LOC>", True),
        ("<LOC> and <LOC>", False),
        ("", False),
        ("Mali", False),
    ],
)
def test_a_cell_of_marks_alone_holds_no_value(text, only):
    """Nothing remains that could be read."""
    assert only_marks(text) is only


def test_what_was_left_in_remains():
    """The rest of an id is still of use."""
    assert without_marks("SCC-<redacted>/CIV010") == "SCC- /CIV010"
