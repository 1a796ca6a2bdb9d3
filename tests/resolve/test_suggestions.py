"""What is only suggested: translations of two words, letters that a name begins with."""

import pytest

from kg.extract import Extractor
from kg.model import Choice, Fragment, Kind, Mention, MentionStatus, Statement
from kg.places import Places
from kg.resolve import resolve
from kg.vocab import Names


def record(key: str, text: str, country: str) -> Fragment:
    """A record with one text."""
    return Fragment(
        key=key,
        identifier=key,
        origins=(),
        statements=(Statement("description", "d", text, narrative=True, language="fr"),),
        empty=(),
        confidential=False,
        label=key,
        language="fr",
        programme=None,
        year=None,
        round=None,
        country=Choice("place", country, country),
    )


def pairs(*said: tuple[str, str]) -> list[str]:
    """Why the bodies of these records may be one; (name, country) each."""
    records = [record(f"r{n}", name, country) for n, (name, country) in enumerate(said)]
    mentions = [
        Mention(
            key=f.key,
            field="description",
            start=0,
            end=len(name),
            text=name,
            kind=Kind.ORGANISATION,
            method="organisation-rule",
            confidence=0.7,
            status=MentionStatus.ACCEPTED,
        )
        for f, (name, _) in zip(records, said, strict=True)
    ]
    found = resolve(records, mentions, organisations=(), decisions=(), names=Names())
    return [pair.why for pair in found.pairs]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Croix-Rouge", "Cruz Roja", ["translation"]),
        ("Croissant-Rouge", "Red Crescent", ["translation"]),
        ("CNDX", "Commission nationale des droits de Xal", ["initials"]),
        ("CNDX", "Commission des droits de Xal", []),
    ],
)
def test_a_person_is_asked_of_two_names_that_say_the_same(one, other, why):
    """In one country; nothing is merged."""
    assert pairs((one, "mali"), (other, "mali")) == why


def test_letters_and_a_name_of_two_countries_are_two_bodies():
    """Many countries have a commission of these letters."""
    name = "Commission nationale des droits humains"

    assert pairs(("CNDH", "mali"), (name, "niger")) == []
    assert pairs(("CNDH", "mali"), (name, "mali")) == ["initials"]


def test_a_chapter_in_the_brackets_of_the_whole_is_its_part():
    """Letters with a place of which the name beside them says nothing are no other name for it."""
    extractor = Extractor(organisations=(), places=Places.load(), ner=False)
    records = [
        record(
            "a", "L'Association des Droits du Kondala (ADK-Zuma) a signé. ADK-Zuma agit.", "mali"
        )
    ]
    found = resolve(
        records, extractor.extract_all(records), organisations=(), decisions=(), names=Names()
    )
    whole = next(e for e in found.entities if e.label == "Association des Droits du Kondala")
    part = next(e for e in found.entities if e.label == "ADK-Zuma")

    assert (part.part_of, "ADK-Zuma" in whole.acronyms) == (whole.iri, False)
