"""Who is who: the ladder, country scope, decisions; in whatever order records come."""

from itertools import permutations

import pytest

from kg.model import (
    Choice,
    Decision,
    Fragment,
    Kind,
    Mention,
    MentionStatus,
    Organisation,
    Origin,
    Role,
    Statement,
)
from kg.resolve import Resolution, resolve
from kg.vocab import Names

NAMES = Names()


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


def named(fragment: Fragment, words: str, method: str = "organisation-rule", **given) -> Mention:
    """A mention of *words* in a record, as extraction would give it."""
    text = fragment.statements[0].text
    usual = {
        "organisation-rule": (0.7, MentionStatus.ACCEPTED),
        "abbreviation-definition": (0.95, MentionStatus.ACCEPTED),
        "registry": (0.98, MentionStatus.ACCEPTED),
    }
    confidence, status = usual.get(method, (0.5, MentionStatus.SUGGESTED))
    start = text.index(words)
    return Mention(
        key=fragment.key,
        field="additional",
        start=start,
        end=start + len(words),
        text=words,
        kind=given.pop("kind", Kind.ORGANISATION),
        method=method,
        confidence=confidence,
        status=status,
        role=Role.MENTIONED,
        **given,
    )


def settle(
    fragments: list[Fragment],
    mentions: list[Mention],
    *,
    organisations: list[Organisation] | None = None,
    decisions: list[Decision] | None = None,
    **given,
) -> Resolution:
    return resolve(
        fragments,
        mentions,
        organisations=organisations or [],
        decisions=decisions or [],
        names=NAMES,
        **given,
    )


def definition(fragment: Fragment, name: str, acronym: str) -> list[Mention]:
    """Both mentions of "Name (ACRONYM)"."""
    both = (name, acronym)
    return [named(fragment, n, "abbreviation-definition", group="definition-1") for n in both]


def outcome(resolution: Resolution, key: str, words: str) -> tuple[str | None, str, str]:
    """Slug, method and status of one mention."""
    m = next(m for m in resolution.mentions if (m.key, m.text) == (key, words))
    slug = m.entity.rpartition("/")[2] if m.entity else None
    return slug, m.method, m.status.value


def slugs(resolution: Resolution) -> list[str]:
    return [e.iri.rpartition("/")[2] for e in resolution.entities if e.kind is Kind.ORGANISATION]


LWN = "Lakeside Women Network"


def test_a_definition_makes_one_organisation_with_label_and_acronym():
    """The full name is the label, whichever form is written more often."""
    a = record("a", f"The {LWN} (LWN) met.")
    found = settle([a], definition(a, LWN, "LWN")).entities

    assert [(e.label, e.labels, e.acronyms, e.status.value) for e in found] == [
        (LWN, (("en", LWN),), ("LWN",), "accepted")
    ]


def test_an_acronym_defined_in_one_record_is_known_in_the_others():
    """Learned from all records before any is settled; found even where no rule had found it."""
    a = record("a", f"The {LWN} (LWN) met.", "kenya")
    b = record("b", "LWN came. Later the Lakeside Women Network left.", "kenya")
    resolution = settle([b, a], [*definition(a, LWN, "LWN"), named(b, "LWN", "acronym-rule")])

    assert outcome(resolution, "b", "LWN") == ("lakeside-women-network", "known-name", "accepted")
    assert outcome(resolution, "b", LWN) == ("lakeside-women-network", "known-name", "accepted")
    assert slugs(resolution) == ["lakeside-women-network"]


def test_a_known_name_is_not_seen_inside_a_longer_word_or_a_mark():
    """Neither a chapter, nor another acronym, nor a redaction holds it."""
    a = record("a", f"The {LWN} (LWN) met.")
    b = record("b", "LWN-Kisumu, LWNX and <LWN> came.")
    mark = named(b, "<LWN>", "redaction-mark", kind=Kind.REDACTION)
    found = settle([a, b], [*definition(a, LWN, "LWN"), mark]).mentions

    assert [m.text for m in found if m.key == "b"] == ["<LWN>"]


def test_country_decides_between_two_owners_of_an_acronym():
    """In a third country, or without one, the mention stays open and is queued."""
    fragments = [
        record("a", "The Hill Commission (HCX) met.", "mali"),
        record("b", "The Harbour Commission (HCX) met.", "niger"),
        record("c", "HCX came.", "mali"),
        record("d", "HCX came.", "niger"),
        record("e", "HCX came.", "chad"),
        record("f", "HCX came."),
    ]
    mentions = [
        *definition(fragments[0], "Hill Commission", "HCX"),
        *definition(fragments[1], "Harbour Commission", "HCX"),
        *(named(f, "HCX", "acronym-rule") for f in fragments[2:]),
    ]
    resolution = settle(fragments, mentions)

    assert outcome(resolution, "c", "HCX") == ("hill-commission", "known-name", "accepted")
    assert outcome(resolution, "d", "HCX") == ("harbour-commission", "known-name", "accepted")
    assert [outcome(resolution, k, "HCX")[0::2] for k in "ef"] == [(None, "queued")] * 2
    assert sorted(f.reason for f in resolution.findings) == [
        "acronym-of-another-country",
        "acronym-with-two-owners",
    ]


def test_a_region_agrees_with_the_countries_in_it():
    """A record of the Sahel knows what a record of Mali defined."""
    a, b = record("a", f"The {LWN} (LWN) met.", "mali"), record("b", "LWN came.", "sahel")
    resolution = settle([a, b], definition(a, LWN, "LWN"))

    assert outcome(resolution, "b", "LWN")[2] == "accepted"


def test_bodies_of_a_state_belong_to_their_country():
    """Two ministries of one name are two; a name of its own is one everywhere."""
    text = "The Ministry of Justice and the Lakeside Women Network met."
    fragments = [record("a", text, "mali"), record("b", text, "niger"), record("c", text)]
    mentions = [named(f, n) for f in fragments for n in ("Ministry of Justice", LWN)]

    assert slugs(settle(fragments, mentions)) == [
        "lakeside-women-network",
        "ministry-of-justice",
        "ministry-of-justice-mali",
        "ministry-of-justice-niger",
    ]


def test_a_chapter_is_part_of_its_mother_and_not_the_same():
    """`ACRONYM-Town` is a sub-organisation."""
    a = record("a", f"The {LWN} (LWN) and LWN-Kisumu met.")
    found = settle([a], [*definition(a, LWN, "LWN"), named(a, "LWN-Kisumu", "acronym-rule")])
    chapter = next(e for e in found.entities if e.label == "LWN-Kisumu")

    assert chapter.part_of == NAMES.organisation("lakeside-women-network")


CURATED = Organisation(
    id="lwn",
    labels=(("en", LWN), ("fr", "Réseau des Femmes du Lac")),
    acronyms=("LWN",),
    country="Kenya",
    aliases=("Lake Women",),
    line=3,
)


@pytest.mark.parametrize(
    ("words", "country", "expected"),
    [
        (LWN, "kenya", ("lwn", "registry", "accepted")),
        ("Reseau des Femmes du Lac", "kenya", ("lwn", "registry", "accepted")),
        ("Lake Women", None, ("lwn", "registry", "accepted")),
        ("LWN", "kenya", ("lwn", "registry-acronym", "accepted")),
        ("LWN", "mali", (None, "acronym-rule", "queued")),
        (LWN, "mali", (None, "organisation-rule", "queued")),
    ],
)
def test_a_curated_name_counts_where_its_country_agrees(words, country, expected):
    """Elsewhere somebody has to say whether it is the same."""
    a = record("a", f"{words} came.", country)
    method = "acronym-rule" if words == "LWN" else "organisation-rule"
    resolution = settle([a], [named(a, words, method)], organisations=[CURATED])

    assert outcome(resolution, "a", words) == expected


def test_a_curated_organisation_keeps_what_its_owner_wrote():
    """Label, languages, country and parent; spellings of the text are added as aliases."""
    mother = Organisation(id="alliance", labels=(("en", "Great Lakes Alliance"),), line=9)
    child = Organisation(id="lwn", labels=(("en", LWN),), country="KE", part_of="alliance")
    a = record("a", "LAKESIDE WOMEN NETWORK came.", "kenya")
    resolution = settle([a], [named(a, "LAKESIDE WOMEN NETWORK")], organisations=[child, mother])
    found = {e.iri.rpartition("/")[2]: e for e in resolution.entities}

    assert found["lwn"].label == LWN
    assert found["lwn"].country == NAMES.place("kenya")
    assert found["lwn"].part_of == NAMES.organisation("alliance")
    assert found["lwn"].aliases == ("LAKESIDE WOMEN NETWORK",)
    assert all(e.curated for e in found.values())


def test_curated_organisations_that_nobody_names_can_be_left_out():
    """A release holds an organisation only as far as its records name it, and its parents."""
    mother = Organisation(id="alliance", labels=(("en", "Great Lakes Alliance"),))
    child = Organisation(id="lwn", labels=(("en", LWN),), part_of="alliance")
    other = Organisation(id="other", labels=(("en", "Other Guild"),))
    a = record("a", f"{LWN} came.")
    given = {"organisations": [child, mother, other]}

    assert slugs(settle([a], [named(a, LWN)], **given)) == ["alliance", "lwn", "other"]
    assert slugs(settle([a], [named(a, LWN)], **given, keep_curated=False)) == ["alliance", "lwn"]


def test_the_bodies_of_the_world_are_one_in_all_languages():
    """Shipped names and acronyms, without anybody curating them."""
    a = record("a", "Nations Unies, ONU, United Nations came.")
    words = ["Nations Unies", "ONU", "United Nations"]
    resolution = settle([a], [named(a, w, "known-name") for w in words])

    assert slugs(resolution) == ["united-nations"]


def decision(what: str, a: str, b: str = "", **given) -> Decision:
    return Decision(decision=what, a=a, b=b, **given)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("organisation", ("umoja", "decision", "accepted")),
        ("not-organisation", (None, "decision", "rejected")),
        ("place", ("umoja", "decision", "accepted")),
    ],
)
def test_a_decision_comes_before_every_rule(what, expected):
    """Made once, applied wherever the name stands."""
    a = record("a", "Umoja came.")
    resolution = settle([a], [named(a, "Umoja", "model")], decisions=[decision(what, "umoja")])

    assert outcome(resolution, "a", "Umoja") == expected
    assert resolution.mentions[0].confidence == 1.0


def test_a_decision_in_a_scope_counts_there_alone():
    """What is a body in one country may be none in another."""
    a, b = record("a", "Umoja came.", "mali"), record("b", "Umoja came.", "niger")
    resolution = settle(
        [a, b],
        [named(f, "Umoja", "model") for f in (a, b)],
        decisions=[decision("not-organisation", "Umoja", scope="Mali")],
    )

    assert [outcome(resolution, k, "Umoja")[2] for k in "ab"] == ["rejected", "suggested"]


def test_same_joins_two_names_and_is_not_asked_again():
    """The label is the more frequent name; the other becomes its label in another language."""
    french = "Réseau des Femmes du Lac"
    a = record("a", f"{LWN}, {french}")
    mentions = [named(a, LWN), named(a, french)]
    joined = settle([a], mentions, decisions=[decision("same", french, LWN)])

    assert len(slugs(settle([a], mentions))) == 2
    assert len(slugs(joined)) == 1
    assert dict(joined.entities[0].labels) == {"en": LWN, "fr": french}


def test_contradictory_decisions_count_for_nothing_and_are_told_with_their_lines():
    """Neither line wins; both are named; no name is quoted."""
    a = record("a", "Umoja came.")
    resolution = settle(
        [a],
        [named(a, "Umoja", "model")],
        decisions=[
            decision("organisation", "Umoja", line=7),
            decision("not-organisation", "UMOJA", line=4),
        ],
    )

    assert outcome(resolution, "a", "Umoja")[1:] == ("model", "suggested")
    assert [(f.reason, f.where.row) for f in resolution.findings] == [
        ("contradictory-decisions", 4)
    ]
    assert "Lines 4 and 7" in resolution.findings[0].message
    assert "umoja" not in resolution.findings[0].message.casefold()


def test_decisions_about_persons_are_looked_up_by_their_keyed_hash():
    """The file holds no word of a name; without the key nothing is applied."""
    a = record("a", "Zora came. Umoja too.")
    mentions = [named(a, w, "capitalised-run", kind=Kind.PERSON) for w in ("Zora", "Umoja")]
    decisions = [decision("not-person", "h:umoja"), decision("person", "h:zora")]
    told = settle([a], mentions, decisions=decisions, keyed=lambda text: f"h:{text.casefold()}")
    untold = settle([a], mentions, decisions=decisions)

    assert [m.status.value for m in told.mentions] == ["accepted", "rejected"]
    assert [m.status.value for m in untold.mentions] == ["suggested", "suggested"]


def test_no_suspected_person_becomes_a_node():
    """What only a model calls an organisation, and suspicion a person, is a person's alone."""
    a = record("a", "Zora Umoja came.")
    both = [
        named(a, "Zora Umoja", "model"),
        named(a, "Zora Umoja", "capitalised-run", kind=Kind.PERSON),
    ]
    resolution = settle([a], both)

    assert resolution.entities == ()
    assert {(m.kind.value, m.status.value, m.entity) for m in resolution.mentions} == {
        ("person", "suggested", None),
    }


def test_a_suspicion_that_another_record_explains_is_dropped():
    """An acronym that could be spoken as a name is no suspect once it is defined somewhere."""
    a = record("a", "The Union of Reed Mats (UMOJA) met.")
    b = record("b", "UMOJA came.")
    resolution = settle(
        [a, b],
        [
            *definition(a, "Union of Reed Mats", "UMOJA"),
            named(b, "UMOJA", "acronym-rule"),
            named(b, "UMOJA", "capitalised-run", kind=Kind.PERSON),
        ],
    )

    assert [m.kind.value for m in resolution.mentions if m.key == "b"] == ["organisation"]


def test_a_bare_suggestion_makes_a_suggested_organisation():
    """It is shown, and claims nothing."""
    a = record("a", "ROXFD came.")
    found = settle([a], [named(a, "ROXFD", "acronym-rule")]).entities

    assert [(e.label, e.acronyms, e.status.value) for e in found] == [
        ("ROXFD", ("ROXFD",), "suggested")
    ]


def test_places_of_the_text_are_linked_by_their_label():
    """A place mention gets the IRI of the place it names."""
    a = record("a", "In RDC.")
    place = named(a, "RDC", "place-list", kind=Kind.PLACE, label="Democratic Republic of the Congo")
    resolution = settle([a], [place])

    assert resolution.mentions[0].entity == NAMES.place("democratic-republic-of-the-congo")
    assert [e.kind.value for e in resolution.entities] == ["place"]


def test_the_order_of_records_and_mentions_does_not_matter():
    """Names, IRIs, methods and findings are those of the set, not of the list."""
    fragments = [
        record("a", "The Hill Commission (HCX) met. Réseau Kori, reseau kori.", "mali"),
        record("b", "The Harbour Commission (HCX) met. Réseau Kori.", "niger"),
        record("c", "HCX came with the Réseau kori."),
    ]
    mentions = [
        *definition(fragments[0], "Hill Commission", "HCX"),
        *definition(fragments[1], "Harbour Commission", "HCX"),
        named(fragments[2], "HCX", "acronym-rule"),
        named(fragments[0], "Réseau Kori"),
        named(fragments[0], "reseau kori"),
        named(fragments[1], "Réseau Kori"),
        named(fragments[2], "Réseau kori", "model"),
    ]
    answers = {
        repr(settle(list(some), mentions[shift:] + mentions[:shift]))
        for some in permutations(fragments)
        for shift in range(len(mentions))
    }

    assert len(answers) == 1


def test_findings_quote_no_words():
    """What a person should look at is told by place, never by the words of a cell."""
    a = record("a", "The Zyxwvut Commission (ZYX) met.", "mali")
    b = record("b", "The Zyxwvu Council (ZYX) met.", "niger")
    c = record("c", "ZYX came with Zyxwvut.")
    resolution = settle(
        [a, b, c],
        [
            *definition(a, "Zyxwvut Commission", "ZYX"),
            *definition(b, "Zyxwvu Council", "ZYX"),
            named(c, "ZYX", "acronym-rule"),
            named(c, "Zyxwvut", "capitalised-run", kind=Kind.PERSON),
        ],
    )

    assert resolution.findings
    assert "zyx" not in repr(resolution.findings).casefold()


def test_same_holds_for_an_acronym_that_nobody_explained_in_every_country():
    """A short acronym belongs to its country until a person says whose it is."""
    fragments = [record("a", "HCX came.", "mali"), record("b", "HCX came.", "niger")]
    mentions = [named(f, "HCX", "acronym-rule") for f in fragments]
    same = [decision("same", "HCX", "Hill Commission")]

    assert slugs(settle(fragments, mentions)) == ["hcx-mali", "hcx-niger"]
    assert len(slugs(settle(fragments, mentions, decisions=same))) == 1
