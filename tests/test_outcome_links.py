"""Ids of other outcomes in a text: what they relate, with which words, and what stays open."""

import pytest

from kg.model import Fragment, Kind, Mention, MentionStatus, Origin, Statement
from kg.outcome_links import outcome_links
from kg.vocab import Names

NAMES = Names("https://d.example/")


def _fragment(key, identifier, text=""):
    statements = (Statement("additional", "More", text, narrative=True),) if text else ()
    return Fragment(
        key=key,
        identifier=identifier,
        origins=(Origin("a.csv", 2, "text/csv"),),
        statements=statements,
        empty=(),
        confidential=True,
        label="A change",
        language="en",
        programme=None,
        year=None,
        round=None,
        country=None,
    )


def _linked(text, words, *others):
    start = text.index(words)
    mention = Mention(
        key="a1",
        field="additional",
        start=start,
        end=start + len(words),
        text=words,
        kind=Kind.OUTCOME_ID,
        method="outcome-id",
        confidence=0.9,
        status=MentionStatus.ACCEPTED,
    )
    fragments = [_fragment("a1", "X-1/A1", text), *others]
    return outcome_links(fragments, [mention], names=NAMES)


OTHER = _fragment("b2", "X-2/B2")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("This builds on X-2/B2.", "builds-on"),
        ("Elle s’appuie sur X-2/B2.", "builds-on"),
        ("Se basa en X-2/B2.", "builds-on"),
        ("It led, so people say, to nothing. See also X-2/B2.", "see-also"),
        ("This later led to X-2/B2 in the spring.", "led-to"),
        ("Cela A CONDUIT À X-2/B2.", "led-to"),
        ("Dio lugar a X-2/B2.", "led-to"),
        ("The same people: X-2/B2.", "see-also"),
        ("This builds on trust and led to X-2/B2.", "led-to"),
    ],
)
def test_the_words_before_an_id_say_how_two_outcomes_relate(text, relation):
    """The nearest phrase of the sentence counts; without one it is only "see also"."""
    (link,) = _linked(text, "X-2/B2", OTHER).links

    assert (link.key, link.other, link.relation) == ("a1", "b2", relation)
    assert [m.text for m in link.mentions] == ["X-2/B2"]


@pytest.mark.parametrize(
    "text",
    [
        "Not X-2/B2.",
        "There is no link to X-2/B2.",
        "This does not build on X-2/B2.",
        "It is unrelated to X-2/B2.",
        "It has nothing to do with X-2/B2 in the spring.",
        "Neither X-1/Q nor X-2/B2.",
        "Elle n’est pas liée à X-2/B2.",
        "Aucun lien avec X-2/B2.",
        "Elle ne découle pas de X-2/B2.",
        "Cela n'a rien à voir avec X-2/B2.",
        "Sin relación con X-2/B2.",
        "No está relacionado con X-2/B2.",
        "No se basa en X-2/B2.",
    ],
)
def test_an_id_that_is_denied_is_no_link(text):
    """Told as a note; the id stays an id, and names no outcome."""
    found = _linked(text, "X-2/B2", OTHER)

    assert found.links == ()
    assert [m.entity for m in found.mentions] == [None]
    assert [(f.reason, f.severity) for f in found.findings] == [("outcome-id-denied", "info")]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("The mayor did not stop, and this builds on X-2/B2.", "builds-on"),
        ("Not only X-2/B2 but others led to it.", "see-also"),
        ("It is not X-2/B2 alone that brought it.", "see-also"),
        ("No one had asked before. See X-2/B2.", "see-also"),
        ("Sans attendre, la mairie s’appuie sur X-2/B2.", "builds-on"),
        ("Il ne s’agit pas seulement de X-2/B2.", "see-also"),
        ("El concejo no pagó nunca; se basa en X-2/B2.", "builds-on"),
        ("No solo X-2/B2.", "see-also"),
    ],
)
def test_a_negation_of_something_else_denies_no_link(text, relation):
    """Only words that link may stand between the two."""
    found = _linked(text, "X-2/B2", OTHER)

    assert [link.relation for link in found.links] == [relation]


def test_the_mention_names_the_outcome_it_means():
    """`mentions.jsonl` and the graph say which one."""
    (mention,) = _linked("See X-2/B2.", "X-2/B2", OTHER).mentions

    assert (mention.entity, mention.label) == (NAMES.outcome("b2"), "X-2/B2")


def test_an_end_that_one_record_alone_has_is_enough():
    """People leave the prefix out."""
    assert _linked("See B2.", "B2", OTHER).links


def test_an_id_that_two_records_bear_stays_open_and_is_told():
    """Nothing is guessed."""
    found = _linked("See B2.", "B2", OTHER, _fragment("b2-x", "X-3/B2"))

    assert not found.links
    assert [f.reason for f in found.findings] == ["outcome-id-ambiguous"]


def test_an_id_of_nobody_is_told():
    """The record may be in a file that was not named."""
    found = _linked("See C9.", "C9", OTHER)

    assert not found.links
    assert [(f.reason, f.severity) for f in found.findings] == [("outcome-id-unknown", "info")]


def test_a_record_that_names_itself_links_to_nothing():
    """Nor is it a finding."""
    found = _linked("This is X-1/A1.", "X-1/A1", OTHER)

    assert not found.links
    assert not found.findings


def test_a_redacted_id_is_nobodys_end():
    """Two marks are never the same thing."""
    hidden = _fragment("b2-h", "X-<redacted>/B2")

    assert _linked("See B2.", "B2", hidden).links[0].other == "b2-h"
    assert not _linked("See <redacted>.", "<redacted>", hidden).links
