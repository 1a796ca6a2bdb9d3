"""The merged column of an export."""

import pytest

from kg.merged import repeats

DESCRIPTION = "The council of Demo Hill opened its books to everybody in the village."
SIGNIFICANCE = "Nobody had seen them since the council was founded; trust had been lost."
OTHERS = (DESCRIPTION, SIGNIFICANCE, "2023", "no", "Demo Hill")


@pytest.mark.parametrize(
    "merged",
    [
        f"{DESCRIPTION}   Significance description: {SIGNIFICANCE}",
        f"{DESCRIPTION}\n\nSignificance:\n{SIGNIFICANCE}\n",
        f"Description: {DESCRIPTION} | Significance: {SIGNIFICANCE} | Evidence: ",
        f"{DESCRIPTION}   Evidence:   Significance: {SIGNIFICANCE}   Others: ",
        f"{SIGNIFICANCE} {DESCRIPTION}",
        f"{DESCRIPTION.upper()} {SIGNIFICANCE}",
        f"{DESCRIPTION}  Significance: {SIGNIFICANCE[:40]}",  # cut at the length of a cell
        f"{DESCRIPTION}  Significance: {SIGNIFICANCE[:40]}…",
        f"Year: 2023 Place: Demo Hill Negative: no {DESCRIPTION}",
        DESCRIPTION,
        "",
        " - ",
    ],
)
def test_a_repetition_is_recognised(merged):
    """With labels between, in another order, cut off, in other white space."""
    assert repeats(merged, OTHERS)


@pytest.mark.parametrize(
    "merged",
    [
        f"{DESCRIPTION} It was the first time.",
        f"First of all: {DESCRIPTION} And more",
        f"{DESCRIPTION} Significance: It was the first time.",
        "Something else altogether.",
        f"{DESCRIPTION} Year: 2024",
        f"{DESCRIPTION} north",
    ],
)
def test_what_holds_more_is_no_repetition(merged):
    """One sentence that stands nowhere else is enough."""
    assert not repeats(merged, OTHERS)


def test_without_other_texts_everything_is_new():
    """A merged text alone repeats nothing."""
    assert not repeats(DESCRIPTION, [])
