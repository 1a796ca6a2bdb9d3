"""Values that nobody tuned on: how many are read, left unknown, and read wrongly."""

from collections import Counter
from pathlib import Path

import yaml

from kg.fragment import interpret
from kg.model import Cell, Origin, Record
from kg.vocabulary import load_vocabulary

UNSEEN = yaml.safe_load(Path(__file__).with_name("unseen_values.yaml").read_text("utf-8"))


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


def cases():
    """(kind, field, cell, what is meant)."""
    for meant, texts in UNSEEN["boolean"]["unintended"].items():
        yield from (("boolean", "unintended", text, meant) for text in texts)
    for kind in ("year", "country"):
        for meant, texts in UNSEEN[kind].items():
            yield from ((kind, kind, text, meant) for text in texts)
    for kind in ("significance", "contribution"):
        for meant, texts in UNSEEN[kind].items():
            yield from ((kind, f"rating_{kind}", text, [meant]) for text in texts)
    for field, text, meant in UNSEEN["choices"]:
        yield "choices", field, text, sorted(meant)


def scores(show=None):
    """By kind: right, unknown where something was meant, wrong."""
    counted = {}
    for kind, field, text, meant in cases():
        said = understood(field, text)
        unknown = said is None or said == [] or (isinstance(said, list) and "?" in said)
        how = "right" if said == meant else "unknown" if unknown else "wrong"
        counted.setdefault(kind, Counter())[how] += 1
        if show and how != "right":
            show(f"{how} {field} {text!r}: {said}")
    return counted


def test_the_table_was_collected():
    """So many values, of six kinds."""
    assert (len(list(cases())), len(UNSEEN)) == (241, 6)
