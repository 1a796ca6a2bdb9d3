"""Values that were set aside: how many are read, left unknown, and read wrongly."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from kg.fragment import interpret
from kg.model import Cell, Origin, Record
from kg.vocabulary import load_vocabulary

#: File → how many values, and a floor for those read as meant.
LISTS = {"unseen_values.yaml": (241, 237), "unseen_values_later.yaml": (138, 134)}


def understood(field, text):
    """What a build would take one cell for."""
    record = Record("a.csv", 2, "text/csv", (Cell(field, field, text),))
    fragment, _ = interpret(
        record,
        key="k",
        origins=(Origin("a.csv", 2, "text/csv"),),
        vocabulary=load_vocabulary(),
        confidential=True,
    )
    if field == "year":
        return fragment.year
    if field == "unintended":
        return fragment.unintended
    if field == "country":
        return fragment.country.slug if fragment.country and fragment.country.known else None
    found = fragment.choices.get(field, ())
    return sorted(choice.slug if choice.known else "?" for choice in found)


def cases(name):
    """(kind, field, cell, what is meant)."""
    unseen = yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    for meant, texts in unseen["boolean"]["unintended"].items():
        yield from (("boolean", "unintended", text, meant) for text in texts)
    for kind in ("year", "country"):
        for meant, texts in unseen[kind].items():
            yield from ((kind, kind, text, meant) for text in texts)
    for kind in ("significance", "contribution"):
        for meant, texts in unseen[kind].items():
            yield from ((kind, f"rating_{kind}", text, [meant]) for text in texts)
    for field, text, meant in unseen["choices"]:
        yield "choices", field, text, sorted(meant)


def scores(name):
    """By kind: right, unknown where something was meant, wrong."""
    counted = {}
    for kind, field, text, meant in cases(name):
        said = understood(field, text)
        unknown = said is None or said == [] or (isinstance(said, list) and "?" in said)
        how = "right" if said == meant else "unknown" if unknown else "wrong"
        counted.setdefault(kind, Counter())[how] += 1
    return counted


@pytest.mark.parametrize("name", LISTS)
def test_most_are_read_and_none_as_something_else(name):
    """Floors a little below the figures of docs/accuracy.md: no change may make reading worse."""
    total = sum(scores(name).values(), Counter())
    count, right = LISTS[name]

    assert total.total() == count
    assert total["wrong"] == 0
    assert total["right"] >= right
