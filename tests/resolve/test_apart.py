"""No person is a body: canaries through extraction and resolution, in invented sentences."""

import json
from dataclasses import replace

import pytest

from kg.extract import Extractor
from kg.model import Choice, Fragment, Kind, Mention, MentionStatus, Origin, Statement
from kg.places import Places
from kg.resolve import resolve
from kg.resolve.apart import apart
from kg.vocab import Names, fold

# Each with the words of a person that nobody may meet in a body, and the bodies that remain.
CASES = [
    ("Dela Quist of Sunrise Youth Group fled.", "Dela Quist", {"Sunrise Youth Group"}),
    (
        "Magistrate Sefu Bandele of the Supreme Court of Appeal spoke.",
        "Sefu Bandele",
        {"Supreme Court of Appeal"},
    ),
    (
        "Treasurer Ife Odum of Harbour Teachers Union and Pastor Obi Nwosu of Faith Church met.",
        "Obi Nwosu",
        {"Harbour Teachers Union", "Faith Church"},
    ),
    ("Forum Secretary Zuri Kimathi (FSZK) spoke; FSZK left.", "Zuri Kimathi", set()),
    ("Ayo Temba Lusala (ATL) was hurt. ATL is safe.", "Ayo Temba Lusala", set()),
    ("The Committee of Dela Quist met.", "Dela Quist", set()),
    (
        "The Dela Quist Youth Movement (DQYM) marched. Dela Quist was hurt.",
        "Dela Quist",
        {"DQYM"},
    ),
    (
        "La juge Ndeye Sarrata de la Ligue des Pêcheurs a parlé.",
        "Ndeye Sarrata",
        {"Ligue des Pêcheurs"},
    ),
    ("The Zuri Kimathi District Council met. Zuri Kimathi fled.", "Zuri Kimathi", set()),
    ("Le Comité de soutien à Ndeye Sarrata a marché.", "Ndeye Sarrata", {"Comité de soutien"}),
]


@pytest.fixture(scope="module", params=[False, True], ids=["rules", "models"])
def reader(request) -> Extractor:
    """With stock models and without."""
    return Extractor(organisations=(), places=Places.load(), ner=request.param)


def record(text: str, key: str = "a") -> Fragment:
    """A record with one narrative."""
    return Fragment(
        key=key,
        identifier=key,
        origins=(Origin("demo.txt", 1, "text/plain"),),
        statements=(Statement("description", "D", text, narrative=True, language="en"),),
        empty=(),
        confidential=False,
        label=key,
        language="fr" if " a " in text else "en",
        programme=None,
        year=None,
        round=None,
        country=Choice("place", "kenya", "Kenya"),
    )


def settle(reader, *records):
    """What is found in records."""
    given = list(reader.extract_all(records))
    return resolve(records, given, organisations=(), decisions=(), names=Names())


@pytest.mark.parametrize(("text", "person", "bodies"), CASES, ids=[c[1] + c[0][:9] for c in CASES])
def test_no_body_bears_the_words_of_a_suspected_person(reader, text, person, bodies):
    """Bodies beside a person keep their own name; nothing else has the person's words."""
    found = settle(reader, record(text))
    shown = json.dumps([repr(e) for e in found.entities], ensure_ascii=False)
    public = [m for m in found.mentions if m.kind is not Kind.PERSON]

    for word in fold(person).split():
        assert word not in fold(shown)
        assert not any(word in fold(f"{m.text} {m.label}").split() for m in public)
    assert bodies <= {e.label for e in found.entities}


@pytest.mark.parametrize(("text", "person", "bodies"), CASES, ids=[c[1] + c[0][:9] for c in CASES])
def test_a_suspected_person_stays_suspected(reader, text, person, bodies):
    """What is no body is masked: a mention of a person covers every letter of the name."""
    found = settle(reader, record(text))
    start = text.index(person)

    assert any(
        m.kind is Kind.PERSON and m.start <= start and start + len(person) <= m.end
        for m in found.mentions
    )


def test_initials_in_brackets_are_a_persons_in_every_record(reader):
    """An acronym that one record gives to somebody makes no entity in another."""
    found = settle(
        reader, record("Ayo Temba Lusala (ATL) was hurt."), record("They hid ATL for weeks.", "b")
    )

    assert found.entities == ()
    assert {m.kind for m in found.mentions} == {Kind.PERSON}


def test_a_name_taken_for_a_body_takes_no_acronym_with_it():
    """What a model suggests and is somebody's says nothing of the other letters of the record."""
    given = record("Dela Quist met XQZ.")
    found = [
        Mention("a", "description", start, end, text, kind, method, 0.5, MentionStatus.SUGGESTED)
        for start, end, text, kind, method in (
            (0, 10, "Dela Quist", Kind.PERSON, "capitalised-run"),
            (0, 10, "Dela Quist", Kind.ORGANISATION, "model"),
            (15, 18, "XQZ", Kind.ORGANISATION, "acronym-rule"),
        )
    ]

    assert found[-1] in apart([given], found, decided=lambda _: None)


def test_no_two_kinds_share_a_character(reader):
    """A span that is suspected as a person's has no other mention with its words."""
    text = " ".join(case[0] for case in CASES)
    found = settle(reader, record(text))
    persons = [m for m in found.mentions if m.kind is Kind.PERSON]

    assert persons
    for other in found.mentions:
        if other.kind is Kind.ORGANISATION:
            assert not any(p.start < other.end and other.start < p.end for p in persons)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Diocese of Fort Kasama Binga sued.", "Diocese of Fort Kasama Binga"),
        ("Baraka & Sons Ltd paid for it.", "Baraka & Sons Ltd"),
        ("Widows for Lasting Peace paid for it.", "Widows for Lasting Peace"),
        ("The Women of Tamba Network paid for it.", "Women of Tamba Network"),
        (
            "Then the Zelmo Kwantix District Council met. We saw Zelmo Kwantix.",
            "Zelmo Kwantix District Council",
        ),
        ("The permit of Mary Ouko & Sons Ltd ended.", "Mary Ouko & Sons Ltd"),
    ],
)
def test_bodies_with_strange_words_stay_bodies(reader, text, name):
    """The care for persons does not take what says itself that it is a body."""
    found = settle(reader, record(text))

    assert name in {m.text for m in found.mentions if m.kind is Kind.ORGANISATION}


def test_order_of_records_does_not_matter(reader):
    """The same answer in whatever order the records come."""
    records = [record(case[0], f"r{n}") for n, case in enumerate(CASES)]
    one, two = settle(reader, *records), settle(reader, *reversed(records))

    assert one.mentions == two.mentions
    assert [replace(e) for e in one.entities] == [*two.entities]


def test_a_defined_name_that_comes_again_is_nobody(reader):
    """What explains its letters explains its words elsewhere; the whole name is found again."""
    records = [
        record("The Commission on Fair Policing (COFP) held its first hearings.", "a"),
        record("In March the Commission on Fair Policing put its files online.", "b"),
        record("La Commission nationale des puits ouverts (CNPO) siège.", "c"),
        record("Plus tard la Commission nationale des puits ouverts a publié.", "d"),
    ]
    found = resolve(
        records, list(reader.extract_all(records)), organisations=(), decisions=(), names=Names()
    )
    bodies = [(m.key, m.text) for m in found.mentions if m.kind is Kind.ORGANISATION]

    assert bodies == [
        ("a", "Commission on Fair Policing"),
        ("a", "COFP"),
        ("b", "Commission on Fair Policing"),
        ("c", "Commission nationale des puits ouverts"),
        ("c", "CNPO"),
        ("d", "Commission nationale des puits ouverts"),
    ]
    assert [m.text for m in found.mentions if m.kind is Kind.PERSON] == []


def test_a_defined_name_does_not_hide_a_person_who_is_named_alone(reader):
    """The name of a body never explains the same words outside of it."""
    records = [
        record("The Dela Quist Youth Movement (DQYM) marched.", "a"),
        record("Dela Quist was hurt.", "b"),
        record("The Dela Quist Youth Movement wrote.", "c"),
    ]
    found = resolve(
        records, list(reader.extract_all(records)), organisations=(), decisions=(), names=Names()
    )
    suspected = {m.key for m in found.mentions if m.kind is Kind.PERSON and "Quist" in m.text}

    assert suspected == {"a", "b", "c"}


@pytest.mark.parametrize(
    "text",
    [
        "The Court Clerk Mary Atieno Ouko stole the file.",
        "Radio Presenter Musa Barasa was heard.",
        "University Lecturer Peter Kagwa resigned.",
        "Hospital Nurse Zipporah Kerubo fled.",
        "La Radio Animateur Kasereka Jules a parlé.",
        "Amnesty's Halkano Guyo lied.",
        "Le Comité Jaime Ortiz a marché.",
        "The Peter Mwangi Centre closed.",
        "The Free Atieno Nyaguthii Campaign went on.",
    ],
)
def test_a_body_that_bears_a_whole_name_waits_for_a_decision(reader, text):
    """No list of offices is complete: whoever stands behind one is a person until somebody says."""
    one = record(text, "a")
    found = resolve(
        [one], list(reader.extract_all([one])), organisations=(), decisions=(), names=Names()
    )

    assert [m.text for m in found.mentions if m.kind is Kind.ORGANISATION] == []
    assert [m for m in found.mentions if m.kind is Kind.PERSON]


@pytest.mark.parametrize(
    "text",
    [
        "The Marwela Town Council voted.",
        "The Lake Victoria Fisherfolk Union met.",
        "La Municipalidad de San Pedro votó.",
        "The Ministry of Civic Affairs wrote.",
    ],
)
def test_a_place_in_a_name_is_nobody(reader, text):
    """Towns and waters are in lists of names, too; a body keeps them."""
    one = record(text, "a")
    found = resolve(
        [one], list(reader.extract_all([one])), organisations=(), decisions=(), names=Names()
    )

    assert [m.kind for m in found.mentions if m.kind is not Kind.PLACE] == [Kind.ORGANISATION]
