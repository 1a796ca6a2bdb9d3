"""Participations: grouped, accepted only, with the programme in its own section."""

from dataclasses import replace

import pytest

from kg.claims import claims
from kg.model import Fragment, Kind, Mention, MentionStatus, Role, Statement

FIELD = "contribution_programme"


def fragment(text: str = "", field: str = FIELD, programme: str | None = None) -> Fragment:
    return Fragment(
        key="demo",
        identifier="demo",
        origins=(),
        statements=(Statement(field, field, text, narrative=True),) if text else (),
        empty=(),
        confidential=False,
        label="demo",
        language="en",
        programme=programme,
        year=None,
        round=None,
        country=None,
    )


def mention(start: int = 0, **given) -> Mention:
    usual = Mention(
        key="demo",
        field=FIELD,
        start=start,
        end=start + 3,
        text="LWN",
        kind=Kind.ORGANISATION,
        method="abbreviation-definition",
        confidence=0.95,
        status=MentionStatus.ACCEPTED,
        entity="https://example.org/harvest/organisation/lwn",
        role=Role.CONTRIBUTOR,
        role_method="section",
        role_confidence=0.8,
    )
    return replace(usual, **given)


def stated(record: Fragment, *mentions: Mention):
    found = claims(record, mentions, programme_iri="urn:p/scx", programme_slug="scx")
    return [(c.agent_slug, c.role.value, c.field, c.method, c.confidence) for c in found]


def test_mentions_of_one_agent_role_and_field_are_one_claim():
    """In order of place, whatever the order given; method and confidence of the surest."""
    cue = mention(9, role_method="cue", role_confidence=0.6)
    found = claims(fragment(), [cue, mention(0)], programme_iri="urn:p/scx", programme_slug="scx")

    assert [(c.agent_slug, c.method, c.confidence) for c in found] == [("lwn", "section", 0.8)]
    assert [m.start for m in found[0].mentions] == [0, 9]


def test_two_roles_or_two_fields_are_two_claims():
    """One body may be contributor and changed actor in one record."""
    found = stated(
        fragment(),
        mention(0),
        mention(5, role=Role.SOCIAL_ACTOR),
        mention(0, field="additional"),
    )

    assert [(role, field) for _, role, field, *_ in found] == [
        ("contributor", "additional"),
        ("contributor", FIELD),
        ("social-actor", FIELD),
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"status": MentionStatus.SUGGESTED},
        {"status": MentionStatus.QUEUED},
        {"status": MentionStatus.REJECTED},
        {"role": Role.MENTIONED},
        {"role": None},
        {"entity": None},
        {"kind": Kind.PERSON},
        {"key": "another"},
    ],
)
def test_what_is_not_accepted_or_has_no_role_claims_nothing(given):
    """A suggestion is shown, never claimed; persons take no part."""
    assert stated(fragment(), mention(**given)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The programme trained women.", True),
        ("Le programme a formé des femmes.", True),
        ("Grâce au programme, elles parlent.", True),
        ("El programa capacitó a mujeres.", True),
        ("With SCX, women met.", True),
        ("A programme of the radio was heard.", False),
        ("Women met.", False),
    ],
)
def test_the_programme_is_an_agent_where_its_section_names_it(text, expected):
    """In three languages, or by its own name; without mentions: its words are the section's."""
    found = stated(fragment(text, programme="SCX"))

    assert found == ([("scx", "contributor", FIELD, "section", 0.8)] if expected else [])


def test_elsewhere_the_programme_is_no_agent():
    """Only the section on its contribution speaks of its contribution."""
    assert stated(fragment("The programme was thanked.", field="additional")) == []


def test_the_programmes_name_may_come_from_the_settings():
    """Records rarely repeat it; kg.toml names it once."""
    record = fragment("SCX paid for two workshops.")
    found = claims(record, (), programme_iri="urn:p/scx", programme_slug="scx", programme="SCX")

    assert [c.agent for c in found] == ["urn:p/scx"]
