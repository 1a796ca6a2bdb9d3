"""What lines of decisions.csv mean for bodies: joined, bound, barred; contradictions told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.keys import NameKey
from kg.model import (
    Choice,
    Decision,
    Fragment,
    Kind,
    Mention,
    MentionStatus,
    Organisation,
    Origin,
    Statement,
)
from kg.report import mention_lines
from kg.resolve import Resolution, resolve
from kg.vocab import Names

NAMES = Names()
KEY = NameKey(bytes(range(32)))
HILL, HARBOUR = "Hill Commission", "Harbour Commission"


def record(key: str, text: str, country: str | None = None) -> Fragment:
    """A fictional record with one section."""
    return Fragment(
        key=key,
        identifier=key,
        origins=(Origin("demo.csv", 2, "text/csv"),),
        statements=(Statement("additional", "Additional", text, narrative=True, language="en"),),
        empty=(),
        confidential=False,
        label=key,
        language="en",
        programme=None,
        year=None,
        round=None,
        country=Choice("place", country, country.title()) if country else None,
    )


def named(fragment: Fragment, words: str, method: str = "organisation-rule", **more) -> Mention:
    """A mention of *words*, as extraction would give it."""
    sure = method in {"organisation-rule", "abbreviation-definition"}
    start = fragment.statements[0].text.index(words)
    return Mention(
        key=fragment.key,
        field="additional",
        start=start,
        end=start + len(words),
        text=words,
        kind=more.pop("kind", Kind.ORGANISATION),
        method=method,
        confidence=0.95 if method == "abbreviation-definition" else 0.7,
        status=MentionStatus.ACCEPTED if sure else MentionStatus.SUGGESTED,
        **more,
    )


def defined(fragment: Fragment, name: str, acronym: str) -> list[Mention]:
    """Both mentions of "Name (ACRONYM)"."""
    both = (name, acronym)
    return [named(fragment, n, "abbreviation-definition", group="definition-1") for n in both]


def settle(fragments, mentions, *, decisions=(), organisations=(), **more) -> Resolution:
    return resolve(
        fragments,
        mentions,
        organisations=organisations,
        decisions=decisions,
        names=NAMES,
        **more,
    )


def told(line: int, what: str, a: str, b: str = "", scope: str = "") -> Decision:
    return Decision(decision=what, a=a, b=b, scope=scope, line=line)


def bodies(found: Resolution) -> list[str]:
    return [e.label for e in found.entities if e.kind is Kind.ORGANISATION]


def state(found: Resolution, key: str, words: str = "HCX") -> tuple[str | None, str, str]:
    m = next(m for m in found.mentions if (m.key, m.text) == (key, words))
    return m.label, m.method, m.status.value


FRAGMENTS = [
    record("a", f"The {HILL} (HCX) met.", "mali"),
    record("b", f"The {HARBOUR} (HCX) met.", "niger"),
    record("c", "HCX came.", "chad"),
    record("d", "HCX left.", "kenya"),
    record("e", "HCX slept."),
]
MENTIONS = [
    *defined(FRAGMENTS[0], HILL, "HCX"),
    *defined(FRAGMENTS[1], HARBOUR, "HCX"),
    *(named(f, "HCX", "acronym-rule") for f in FRAGMENTS[2:]),
]


def test_same_says_whom_an_open_acronym_stands_for_in_its_country_alone():
    """The other owner stays a body of its own; other countries stay open."""
    found = settle(FRAGMENTS, MENTIONS, decisions=[told(2, "same", "HCX", HILL, "Chad")])

    assert bodies(found) == [HARBOUR, HILL]
    assert state(found, "c") == (HILL, "decision", "accepted")
    assert state(found, "b") == (HARBOUR, "abbreviation-definition", "accepted")
    assert [state(found, key)[::2] for key in "de"] == [(None, "queued")] * 2


def test_same_without_scope_settles_what_is_open_everywhere():
    """Records that define the acronym themselves keep what they say."""
    found = settle(FRAGMENTS, MENTIONS, decisions=[told(2, "same", HILL, "HCX")])

    assert {state(found, key)[0] for key in "cde"} == {HILL}
    assert state(found, "b")[0] == HARBOUR


def test_open_mentions_name_their_candidates():
    """What waits says whom it may name, by address; nothing else does."""
    found = settle(FRAGMENTS, MENTIONS)
    both = tuple(NAMES.organisation(s) for s in ("harbour-commission", "hill-commission"))

    assert [(o.key, o.why, o.owners) for o in found.open_] == [
        ("c", "acronym-of-another-country", both),
        ("d", "acronym-of-another-country", both),
        ("e", "acronym-with-two-owners", both),
    ]


def test_different_from_all_makes_a_body_of_its_own():
    """Who is none of the candidates is somebody else, no longer open."""
    lines = [
        told(2, "different", "HCX", HILL, "Chad"),
        told(3, "different", "HCX", HARBOUR, "Chad"),
    ]
    found = settle(FRAGMENTS, MENTIONS, decisions=lines)

    assert state(found, "c") == ("HCX", "acronym-rule", "suggested")
    assert [o.key for o in found.open_] == ["d", "e"]


def test_an_acronym_is_never_its_only_bearer_where_somebody_said_so():
    """One owner in the harvest, and a line that it is another: no link."""
    some = [FRAGMENTS[0], record("f", "HCX sang.", "mali")]
    given = [*defined(some[0], HILL, "HCX"), named(some[1], "HCX", "acronym-rule")]
    found = settle(some, given, decisions=[told(2, "different", HILL, "HCX", "Mali")])

    assert state(found, "f")[0] == "HCX"


MINISTRY, MINISTERE = "Ministry of Justice", "Ministère de la Justice"


def test_bodies_of_a_state_are_joined_within_their_country():
    """One line for a name in two languages never makes one ministry of two countries."""
    fragments = [
        record(k, f"{MINISTRY}, {MINISTERE}.", c) for k, c in (("a", "mali"), ("b", "niger"))
    ]
    given = [named(f, n) for f in fragments for n in (MINISTRY, MINISTERE)]
    found = settle(fragments, given, decisions=[told(2, "same", MINISTRY, MINISTERE)])

    assert [e.iri.rpartition("-")[2] for e in found.entities] == ["mali", "niger"]


def test_a_side_that_means_several_bodies_is_told_and_joins_nothing():
    """Without a country nobody knows which ministry was meant."""
    fragments = [record("a", f"{MINISTRY}.", "mali"), record("b", f"{MINISTRY}.", "niger")]
    extra = record("c", "Lakeside Justice Office.", "mali")
    given = [*(named(f, MINISTRY) for f in fragments), named(extra, "Lakeside Justice Office")]
    line = told(4, "same", MINISTRY, "Lakeside Justice Office")
    found = settle([*fragments, extra], given, decisions=[line])

    assert [(f.reason, f.where.row) for f in found.findings] == [("decision-unclear", 4)]
    assert len(bodies(found)) == 3


def test_same_with_its_country_joins_one_of_them():
    """The scope says which."""
    fragments = [record("a", f"{MINISTRY}.", "mali"), record("b", f"{MINISTRY}.", "niger")]
    extra = record("c", "Lakeside Justice Office.", "mali")
    given = [*(named(f, MINISTRY) for f in fragments), named(extra, "Lakeside Justice Office")]
    line = told(4, "same", MINISTRY, "Lakeside Justice Office", "ML")
    found = settle([*fragments, extra], given, decisions=[line])

    assert len(bodies(found)) == 2
    assert found.findings == ()


THREE = ("Red Mat Guild", "Blue Mat Guild", "Green Mat Guild")


def mats(decisions, organisations=()) -> Resolution:
    fragment = record("a", ", ".join(THREE))
    return settle(
        [fragment],
        [named(fragment, n) for n in THREE],
        decisions=decisions,
        organisations=organisations,
    )


def test_a_chain_that_another_line_denies_is_told_with_all_its_lines():
    """A is B, B is C, A is not C: nobody knows which is wrong, so none joins."""
    red, blue, green = THREE
    found = mats(
        [told(3, "same", red, blue), told(5, "same", blue, green), told(9, "different", green, red)]
    )
    expected = (
        "Lines 3 and 5 say that two names are one organisation; "
        "line 9 says that they are different."
    )

    assert [f.message for f in found.findings] == [expected]
    assert len(bodies(found)) == 3


def test_organisations_yaml_has_a_say():
    """not_same_as, and two entries that a chain makes one: both told, neither joined."""
    red, blue, green = THREE
    entries = [
        Organisation(id="red", labels=(("en", red),), not_same_as=("blue",), line=2),
        Organisation(id="blue", labels=(("en", blue),), line=8),
    ]
    denied = mats([told(3, "same", red, blue)], entries)
    chained = mats(
        [told(3, "same", red, green), told(4, "same", green, blue)],
        [entries[1], Organisation(id="red", labels=(("en", red),), line=2)],
    )

    assert "organisations.yaml, line 2, keeps them apart" in denied.findings[0].message
    assert [f.reason for f in chained.findings] == ["same-of-two-entries"]
    assert "Lines 3 and 4" in chained.findings[0].message
    assert (len(bodies(denied)), len(bodies(chained))) == (3, 3)


def test_two_bodies_for_one_open_name_are_told_and_neither_counts():
    """Both lines are named."""
    lines = [told(3, "same", "HCX", HILL, "Chad"), told(7, "same", "HCX", HARBOUR, "Chad")]
    found = settle(FRAGMENTS, MENTIONS, decisions=lines)

    assert [f.where.row for f in found.findings if f.reason == "contradictory-decisions"] == [3]
    assert state(found, "c")[2] == "queued"


def test_one_country_counts_before_all():
    """No body in general, but one in Mali."""
    a, b = record("a", "Umoja came.", "mali"), record("b", "Umoja came.", "niger")
    found = settle(
        [a, b],
        [named(f, "Umoja", "model") for f in (a, b)],
        decisions=[
            told(2, "not-organisation", "Umoja"),
            told(3, "organisation", "umoja", "", "ML"),
        ],
    )

    assert [state(found, k, "Umoja")[2] for k in "ab"] == ["accepted", "rejected"]
    assert found.findings == ()


def test_what_is_the_same_as_a_body_is_one():
    """A slip of the pen that somebody settled is no mere suggestion any more."""
    a = record("a", "ROXFDN met. ROXDFN met.")
    entries = [Organisation(id="rox", labels=(("en", "Rox Federation"),), acronyms=("ROXFDN",))]
    found = settle(
        [a],
        [named(a, "ROXFDN", "acronym-rule"), named(a, "ROXDFN", "acronym-rule")],
        organisations=entries,
        decisions=[told(2, "same", "rox", "ROXDFN")],
    )

    assert state(found, "a", "ROXDFN") == ("Rox Federation", "decision", "accepted")


def test_a_suspected_name_can_turn_out_to_be_a_body_or_a_place():
    """With the role of its section; and no suspicion stays on it."""
    a = record("a", "Zora came to Belmare.")
    given = [named(a, w, "capitalised-run", kind=Kind.PERSON) for w in ("Zora", "Belmare")]
    lines = [told(2, "organisation", "Zora"), told(3, "place", "Belmare")]
    found = settle([a], given, decisions=lines)

    assert [(m.kind.value, m.method, m.status.value) for m in found.mentions] == [
        ("organisation", "decision", "accepted"),
        ("place", "decision", "accepted"),
    ]


@pytest.mark.parametrize("method", ["model", "organisation-rule", "known-name"])
def test_what_somebody_called_a_person_is_no_body_whatever_a_rule_says(method):
    """Its words leave mentions, labels and graph; the line holds none of them."""
    a = record("a", "Zora Umoja came.")
    found = settle(
        [a],
        [named(a, "Zora Umoja", method)],
        decisions=[told(2, "person", KEY("ZORA umoja"))],
        keyed=KEY,
    )
    lines = json.dumps([*mention_lines(found.mentions, [a], names=NAMES)])

    assert found.entities == ()
    assert [(m.kind.value, m.status.value) for m in found.mentions] == [("person", "accepted")]
    assert "umoja" not in lines.casefold()


def test_person_and_body_at_once_count_for_nothing_and_keep_the_suspicion():
    """Both lines are named, no word is."""
    a = record("a", "Zora Umoja came.")
    found = settle(
        [a],
        [named(a, "Zora Umoja", "capitalised-run", kind=Kind.PERSON)],
        decisions=[told(2, "person", KEY("Zora Umoja")), told(6, "organisation", "zora umoja")],
        keyed=KEY,
    )

    assert [(m.kind.value, m.status.value) for m in found.mentions] == [("person", "suggested")]
    assert "Lines 2 and 6" in found.findings[0].message
    assert "zora" not in repr(found.findings).casefold()


def test_not_a_person_is_none_before_bodies_are_weighed():
    """A doubtful body under a suspicion comes back once the suspicion is lifted."""
    a = record("a", "Zora Umoja came.")
    both = [
        named(a, "Zora Umoja", "model"),
        named(a, "Zora Umoja", "capitalised-run", kind=Kind.PERSON),
    ]
    found = settle([a], both, decisions=[told(2, "not-person", KEY("Zora Umoja"))], keyed=KEY)

    assert [(m.kind.value, m.status.value) for m in found.mentions] == [
        ("organisation", "suggested"),
        ("person", "rejected"),
    ]


LINES = [
    told(2, "same", "HCX", HILL, "Chad"),
    told(3, "different", "HCX", HARBOUR, "Kenya"),
    told(4, "same", THREE[0], THREE[1]),
    told(5, "same", THREE[1], THREE[2]),
    told(6, "different", THREE[0], THREE[2]),
    told(7, "not-organisation", "Umoja"),
    told(8, "organisation", "Umoja", "", "Mali"),
    told(9, "person", KEY("Zora")),
]


@given(st.permutations(LINES), st.permutations(range(7)), st.randoms(use_true_random=False))
def test_no_order_matters(lines, places, shuffled):
    """Of decisions, of records, of mentions: the same answer, to the letter."""
    fragments = [
        *FRAGMENTS,
        record("f", ", ".join(THREE), "mali"),
        record("g", "Umoja and Zora came.", "mali"),
    ]
    mentions = [
        *MENTIONS,
        *(named(fragments[5], n) for n in THREE),
        named(fragments[6], "Umoja", "model"),
        named(fragments[6], "Zora", "capitalised-run", kind=Kind.PERSON),
    ]
    expected = settle(fragments, mentions, decisions=LINES, keyed=KEY)
    shuffled.shuffle(mentions)
    found = settle([fragments[i] for i in places], mentions, decisions=lines, keyed=KEY)

    assert found == expected
