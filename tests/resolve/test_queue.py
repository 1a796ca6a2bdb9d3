"""Pairs that may be one body are asked about, never merged."""

import pytest

from kg.model import Entity, Kind
from kg.resolve.queue import pairs


def entity(name: str, *acronyms: str) -> Entity:
    return Entity(iri=f"urn:{name}", kind=Kind.ORGANISATION, label=name, acronyms=acronyms)


def asked(*those: Entity, settled=()) -> list[tuple[str, str, str]]:
    found = pairs({("name", e.label, ""): e for e in those}, settled=settled)
    return [(p.a.removeprefix("urn:"), p.b.removeprefix("urn:"), p.why) for p in found]


FRENCH, ENGLISH = "Réseau Tchadien des Femmes Avocates", "Chadian Network of Women Lawyers"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (entity("Hill Farmers Guild", "HFG"), entity("Harbour Fund", "HFG"), "same-acronym"),
        (entity("Hill Farmers Guild"), entity("Hil Farmers Guild"), "similar-name"),
        (entity("A Guild", "RODFN"), entity("B Council", "RDOFN"), "similar-acronym"),
        (entity("A Guild", "RODFN"), entity("B Council", "RODN"), None),  # too short to compare
        (entity("A Guild", "RODFN"), entity("B Council", "RODEFN"), "similar-acronym"),
        (entity("A Guild", "RODFN"), entity("B Council", "KXDFN"), None),
        (entity(FRENCH), entity(ENGLISH), "translation"),
        (entity(FRENCH), entity("Chadian Network of Women Journalists"), None),
        (entity("Hill Farmers Guild"), entity("Harbour Police"), None),
    ],
)
def test_a_pair_is_asked_about_with_its_reason(one, other, why):
    """Same or similar acronym, similar name, word-for-word translation."""
    expected = [] if why is None else [(*sorted((one.label, other.label)), why)]
    found = asked(one, other)

    assert found == expected


def test_what_a_person_settled_is_never_asked_again():
    """Same, different and `not_same_as` all settle a pair."""
    one, other = entity("Hill Farmers Guild"), entity("Hil Farmers Guild")

    assert asked(one, other)
    assert asked(one, other, settled=[frozenset((one.iri, other.iri))]) == []
