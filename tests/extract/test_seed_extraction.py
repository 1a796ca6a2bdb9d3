"""The one real record, read from beside the checkout; nothing of it stands here."""

import re
from itertools import pairwise

import pytest

from kg.claims import claims
from kg.extract import Extractor
from kg.extract.redactions import marks
from kg.model import Kind, MentionStatus, Role
from kg.places import Places
from kg.resolve import resolve
from kg.vocab import Names
from tests.extract.conftest import make_fragment

HEADINGS = {
    "Outcome description": "description",
    "Significance of the outcome": "significance",
    "Additional information (use if needed) ": "additional",
    "Contribution of the programme": "contribution_programme",
}


@pytest.fixture(scope="module")
def record(shared):
    """The narrative fields of the real record."""
    path = shared / "seed" / "CIV010.txt"
    if not path.is_file():
        pytest.skip("NO ../shared/seed/CIV010.txt: extraction from the real record is not tested.")
    cells = dict(re.findall(r"^\*\*(.+?)\*\*: ?(.*)$", path.read_text("utf-8"), re.MULTILINE))
    fields = {HEADINGS[h]: text.strip() for h, text in cells.items() if h in HEADINGS}
    assert set(fields) == set(HEADINGS.values())
    return make_fragment(country="sahel", programme="SCC", **fields)


@pytest.fixture(scope="module", params=[False, True], ids=["rules", "models"])
def resolution(request, record):
    """With stock models and without."""
    made = Extractor(organisations=(), places=Places.load(), ner=request.param)
    return resolve([record], made(record), organisations=(), decisions=(), names=Names())


def definitions(record):
    """Each "Full Name (ACRONYM)" of the record: name without its article, and acronym."""
    text = record.statement("additional").text
    found = re.findall(r"(?:[Tt]he )([A-Z]\w+(?: [\w']+){3,8}) \(([A-Z]{4,})\)", text)
    assert len(found) == 3
    return found


@pytest.mark.seed
def test_the_three_networks_are_one_entity_each_with_french_label_and_acronym(record, resolution):
    """Full name and acronym are joined, and nothing else is an accepted organisation."""
    accepted = [
        e
        for e in resolution.entities
        if e.status is MentionStatus.ACCEPTED and e.kind is Kind.ORGANISATION
    ]

    assert {(e.label, e.labels, e.acronyms) for e in accepted} == {
        (name, (("fr", name),), (acronym,)) for name, acronym in definitions(record)
    }


@pytest.mark.seed
def test_they_are_found_again_wherever_they_stand(record, resolution):
    """Every occurrence of every form in every section, and only those."""
    forms = [form for pair in definitions(record) for form in pair]
    wanted = {
        (s.field, m.start(), m.end())
        for s in record.narratives
        for form in forms
        for m in re.finditer(rf"\b{re.escape(form)}\b", s.text)
    }
    found = {
        (m.field, m.start, m.end)
        for m in resolution.mentions
        if m.kind is Kind.ORGANISATION and m.status is MentionStatus.ACCEPTED
    }

    assert len(wanted) > 10
    assert found == wanted


@pytest.mark.seed
def test_a_bracketed_name_is_only_suggested_and_categories_are_nothing(record, resolution):
    """What stands in brackets behind a person's name waits for a decision."""
    text = record.statement("additional").text
    bracket = re.search(r"\(([^()<>]+), ([A-Z]{2,})\)", text)
    suggested = [
        (m.text, m.status.value, m.method)
        for m in resolution.mentions
        if m.kind is Kind.ORGANISATION and m.status is not MentionStatus.ACCEPTED
    ]

    assert suggested == [(b, "suggested", "bracketed-name") for b in bracket.groups()]
    assert not [m for m in resolution.mentions if m.text.startswith("HRD")]


@pytest.mark.seed
def test_the_name_that_its_redaction_missed_is_suspected_and_made_no_node(record, resolution):
    """Found at its place, whole; no entity bears any of its words."""
    text = record.statement("additional").text
    name = re.search(r"([A-Z]\w+ [A-Z]\w+) \([^()<>]+, [A-Z]{2,}\)", text)
    found = [(m.field, m.start, m.end) for m in resolution.mentions if m.kind is Kind.PERSON]
    words = set(name[1].casefold().split())

    assert found == [("additional", *name.span(1))]
    assert not [e for e in resolution.entities if words & set(e.label.casefold().split())]


@pytest.mark.seed
def test_redaction_marks_are_opaque(record, resolution):
    """Each is a mention of its own, and no other mention touches one."""
    wanted = [(s.field, *m.span()) for s in record.narratives for m in marks().finditer(s.text)]
    found = [(m.field, m.start, m.end) for m in resolution.mentions if m.kind is Kind.REDACTION]
    everything = sorted(resolution.mentions, key=lambda m: (m.field, m.start, m.end))

    assert len(wanted) > 9
    assert sorted(found) == sorted(wanted)
    assert all(a.field != b.field or a.end <= b.start for a, b in pairwise(everything))


@pytest.mark.seed
def test_the_participations_are_those_of_the_contract(record, resolution, shared):
    """As `seed_expected.trig` has them: agents by acronym, role, field, method."""
    import pyoxigraph as ox

    store = ox.Store()
    store.load(path=str(shared / "design" / "seed_expected.trig"), format=ox.RdfFormat.TRIG)
    expected = {
        (str(row["agent"].value).rpartition("/")[2], row["role"].value.rpartition("role-")[2],
         row["field"].value.rpartition("#")[2], row["method"].value.rpartition("method-")[2])
        for row in store.query(
            "PREFIX oh: <https://w3id.org/outcome-harvest/ns#> "
            "SELECT * { GRAPH ?g { ?p a oh:Participation ; oh:agent ?agent ; oh:role ?role ; "
            "oh:statedIn ?field ; oh:method ?method } }"
        )
    }  # fmt: skip
    stated = claims(
        record, resolution.mentions, programme_iri="urn:x/programme-scc", programme_slug="scc"
    )
    found = {
        (c.agent.rpartition("/")[2], c.role.value, c.field.replace("_", "-"), c.method)
        for c in stated
    }

    assert len(expected) == 7
    assert found == expected
    assert all(c.mentions for c in stated if c.agent_slug != "scc")
    assert {c.role for c in stated} == {Role.CONTRIBUTOR, Role.SOCIAL_ACTOR}
