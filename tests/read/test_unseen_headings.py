"""Headings that nobody tuned on: how many are read, asked for, missed, and taken wrongly."""

from collections import Counter
from pathlib import Path

import yaml

from kg.read.headings import Headings

UNSEEN = yaml.safe_load(Path(__file__).with_name("unseen_headings.yaml").read_text("utf-8"))
KNOWN = [
    (language, field, heading)
    for language, fields in UNSEEN["known"].items()
    for field, headings in fields.items()
    for heading in headings
]
OTHERS = [
    (language, heading)
    for language, headings in UNSEEN["must_stay_unknown"].items()
    for heading in headings
]


def scores():
    """By language: read rightly, asked for rightly, left unknown, taken for another field."""
    headings = Headings.load()
    counted = {}
    for language, field, heading in KNOWN:
        match = headings.match(heading)
        if match.known:
            said = "right" if match.field == field else "wrong"
        else:
            said = "asked" if field in match.candidates[:2] else "missed"
        counted.setdefault(language, Counter())[said] += 1
    for language, heading in OTHERS:
        said = "taken" if headings.match(heading).known else "left"
        counted.setdefault(language, Counter())[said] += 1
    return counted


def test_the_table_was_collected():
    """So many headings, in six languages and in two at once."""
    assert (len(KNOWN), len(OTHERS), len(UNSEEN["known"])) == (236, 43, 7)


def test_no_column_of_another_kind_is_taken():
    """A name of an interviewer, a telephone, a date of entry: none is a field of the harvest."""
    headings = Headings.load()

    assert [text for _, text in OTHERS if headings.match(text).known] == []


def test_most_are_read_and_none_wrongly():
    """Floors a little below the figures of docs/accuracy.md: no change may make reading worse."""
    total = sum(scores().values(), Counter())

    assert total["wrong"] == 0
    assert total["right"] >= 210
    assert total["right"] + total["asked"] >= 230
