"""Circles of outcome links, and records that name themselves."""

from itertools import permutations

import pytest

from kg.link_order import link_order
from kg.model import Fragment, Kind, Mention, Origin
from kg.outcome_links import OutcomeLink


def record(key: str) -> Fragment:
    """A record with an id and nothing else."""
    return Fragment(
        key=key,
        identifier=f"R-2/{key.upper()}",
        origins=(Origin("demo.csv", ord(key[0]), "text/csv"),),
        statements=(),
        empty=(),
        confidential=False,
        label=key,
        language=None,
        programme=None,
        year=None,
        round=None,
        country=None,
    )


def link(key: str, relation: str, other: str) -> OutcomeLink:
    return OutcomeLink(key, other, relation, ())


def told(*links: OutcomeLink, mentions=()) -> list[tuple[str, str | None, str]]:
    records = [record(key) for key in "abcd"]
    return [(f.reason, f.key, f.message) for f in link_order(records, links, mentions)]


@pytest.mark.parametrize(
    "links",
    [
        (),
        (link("a", "see-also", "b"), link("b", "see-also", "a")),
        (link("a", "builds-on", "b"), link("b", "led-to", "a")),
        (link("a", "builds-on", "b"), link("b", "builds-on", "c"), link("a", "builds-on", "c")),
    ],
)
def test_what_has_an_order_is_in_order(links):
    """ "See also" has none; "A builds on B" and "B led to A" say the same."""
    assert told(*links) == []


@pytest.mark.parametrize(
    ("links", "keys"),
    [
        ((link("a", "builds-on", "b"), link("b", "builds-on", "a")), "a, b"),
        ((link("a", "led-to", "b"), link("a", "builds-on", "b")), "a, b"),
        (
            (link("a", "led-to", "b"), link("b", "led-to", "c"), link("a", "builds-on", "c")),
            "a, b, c",
        ),
    ],
)
def test_a_circle_is_told_once_with_all_its_records(links, keys):
    """In whatever order the links come; a warning, no violation."""
    answers = {tuple(told(*some)) for some in permutations(links)}
    ((found,),) = answers

    assert found[:2] == ("outcome-links-circle", "a")
    assert found[2].endswith(f": {keys}.")


def test_two_circles_are_two():
    """Each at its first record."""
    found = told(
        link("a", "builds-on", "b"),
        link("b", "builds-on", "a"),
        link("c", "led-to", "d"),
        link("d", "led-to", "c"),
    )

    assert [key for _, key, _ in found] == ["a", "c"]


@pytest.mark.parametrize(
    ("text", "expected"), [("R-2/A", 1), ("r-2\\a", 1), ("A", 1), ("R-2/B", 0), ("2/A", 0)]
)
def test_a_record_that_names_itself_is_told(text, expected):
    """A note: mostly it repeats its own id."""
    mention = Mention(
        key="a",
        field="description",
        start=0,
        end=len(text),
        text=text,
        kind=Kind.OUTCOME_ID,
        method="outcome-id",
        confidence=1.0,
    )
    found = told(mentions=[mention])

    assert [reason for reason, _, _ in found] == ["outcome-links-itself"] * expected
