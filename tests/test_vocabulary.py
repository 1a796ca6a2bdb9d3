"""Wordings of a harvest find their concept, or none."""

import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.vocab import OHV, SKOS, Names
from kg.vocabulary import Concept, Vocabulary, load_vocabulary, match_key, ontology_quads

VOCABULARY = load_vocabulary()
ALL = [c for scheme in VOCABULARY.schemes for c in VOCABULARY.concepts(scheme)]
WORDINGS = [(c, wording) for c in ALL for wording in (*c.labels.values(), *c.alternatives, c.slug)]


@pytest.mark.parametrize(
    ("scheme", "text", "slug"),
    [
        ("change", "Capacity change", "capacity"),
        ("change", "Safety and Security", "safety-and-security"),
        ("change", "safety & security", "safety-and-security"),
        ("change", "Changement de comportement", "behaviour"),
        ("change", "Renforcement des capacités", "capacity"),
        ("change", "cambio de políticas", "policy"),
        ("change", "Behavior", "behaviour"),
        ("change", "mise à l'agenda", "agenda"),
        ("change", "Gedragsverandering", "behaviour"),
        ("actor", "Engaged citizens", "engaged-citizens"),
        ("actor", "Citoyens engagés", "engaged-citizens"),
        ("actor", "CSOs", "csos"),
        ("actor", "ONG", "csos"),
        ("actor", "Civil society organisations (CSOs)", "csos"),
        ("actor", "Organisations de la société civile (OSC)", "csos"),
        ("actor", "Duty bearers", "government"),
        ("actor", "Autorités locales", "local-authorities"),
        ("actor", "FDS", "security-forces"),
        ("actor", "leaders religieux et traditionnels", "religious-and-traditional-leaders"),
        ("actor", "Défenseurs des droits de l'homme", "hrds"),
        ("actor", "Personas defensoras", "hrds"),
        ("actor", "Women's groups", "women"),
        ("actor", "Jóvenes", "youth"),
        ("scale", "INDIVIDUAL ", "individual"),
        ("scale", "Communautaire", "community"),
        ("scale", "mondial", "international"),
        ("significance", "large", "large"),
        ("significance", "High", "large"),
        ("significance", "faible", "small"),
        ("significance", "media", "medium"),
        ("contribution", "great", "great"),
        ("contribution", "essentielle", "essential"),
        ("contribution", "Some", "some"),
        ("contribution", "high", "great"),
        ("status", "Outcome lead", "outcome-lead"),
        ("status", "piste d'incidence", "outcome-lead"),
        ("status", "Brouillon", "draft"),
        ("status", "verified", "substantiated"),
        ("field", "Outcome description", "description"),
    ],
)
def test_a_wording_finds_its_concept(scheme, text, slug):
    """What practitioners write in three languages is understood."""
    found = VOCABULARY.find(scheme, text)

    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("scale", ""),
        ("scale", "…"),
        ("scale", "large"),
        ("significance", "essential"),
        ("contribution", "not significant"),
        ("actor", "Engaged citizens and the media"),
        ("status", "validated"),
        ("significance", "3"),
        ("change", "Nobody knows (capacity)"),
    ],
)
def test_what_no_list_holds_is_not_guessed(scheme, text):
    """A near or doubtful wording stays unknown: a person says what it means."""
    assert VOCABULARY.find(scheme, text) is None


def test_every_wording_finds_its_own_concept():
    """No wording is shadowed by another concept of its scheme."""
    wrong = [(c.iri, w) for c, w in WORDINGS if VOCABULARY.find(c.scheme, w) != c]

    assert (len(WORDINGS) >= 1500, wrong) == (True, [])


@given(st.sampled_from(WORDINGS), st.sampled_from([str.upper, str.title, lambda t: f"  {t}\u00a0"]))
def test_case_and_space_do_not_matter(pair, change):
    """A harvest types as it likes."""
    concept, wording = pair

    assert VOCABULARY.find(concept.scheme, change(wording)) == concept


@given(st.text())
def test_any_text_is_answered(text):
    """Nothing that people type breaks the search."""
    for scheme in VOCABULARY.schemes:
        found = VOCABULARY.find(scheme, text)
        assert found is None or found.scheme == scheme


@given(st.text())
def test_a_key_is_its_own_key(text):
    """Folding twice changes nothing, so that shipped and typed wordings meet."""
    assert match_key(match_key(text)) == match_key(text)


def test_significance_and_contribution_are_two_schemes():
    """The same word is two values, never one."""
    significance = VOCABULARY.find("significance", "high")
    contribution = VOCABULARY.find("contribution", "high")

    assert significance is not None
    assert contribution is not None
    assert significance.iri != contribution.iri


@pytest.mark.parametrize(
    ("scheme", "slugs"),
    [
        ("significance", ["very-small", "small", "medium", "large", "very-large"]),
        ("status", ["outcome-lead", "draft", "outcome", "substantiated", "rejected"]),
        ("evidence", ["none-stated", "stated", "substantiated"]),
    ],
)
def test_ordered_schemes_come_in_order(scheme, slugs):
    """Small before large, a lead before an outcome; what lies off the scale last."""
    assert [c.slug for c in VOCABULARY.concepts(scheme)] == slugs


@pytest.mark.parametrize("scheme", ["scale", "significance", "contribution", "status", "evidence"])
def test_ordered_schemes_carry_ranks(scheme):
    """Every value on a scale has its rank; only a rejected outcome lies off one."""
    unranked = [c.iri for c in VOCABULARY.concepts(scheme) if c.rank is None]

    assert set(unranked) <= {OHV + "status-rejected"}


def test_an_unknown_scheme_is_an_error():
    """A typing error in code does not pass as "no such value"."""
    with pytest.raises(KeyError):
        VOCABULARY.find("sclae", "individual")
    with pytest.raises(KeyError):
        VOCABULARY.get("scale", "nowhere")


def test_one_wording_for_two_concepts_is_refused():
    """An edited scheme that contradicts itself says so, with the file and what to do."""
    twins = tuple(
        Concept("scale", slug, {"en": slug}, alternatives=("Village",)) for slug in ("a", "b")
    )

    with pytest.raises(ConfigError, match=r"ontology/vocab/scale\.ttl.*both a and b"):
        Vocabulary(twins)


def test_a_label_falls_back_to_english():
    """A language that a concept lacks is answered in English."""
    lead = VOCABULARY.get("status", "outcome-lead")

    assert (lead.label("fr"), lead.label("pt")) == ("Piste d’incidence", "Outcome lead")


def test_no_triple_stands_in_two_graphs():
    """The engine would count it twice."""
    quads = ontology_quads(Names())
    graphs = {q.graph_name.value for q in quads}

    assert len(quads) >= 1200
    assert len({q.triple for q in quads}) == len(quads)
    assert graphs == {Names().graph("ontology"), Names().graph("vocabulary")}


def test_every_concept_is_in_the_graph_with_type_scheme_and_labels():
    """A query for the label of any value is answered by the graph alone."""
    store = ox.Store()
    store.extend(ontology_quads(Names()))
    found = store.query(
        f"SELECT ?c WHERE {{ ?c a <{SKOS}Concept> ; <{SKOS}inScheme> ?s ; "
        f"<{SKOS}prefLabel> ?en, ?fr . FILTER(LANG(?en) = 'en' && LANG(?fr) = 'fr') }}",
        use_default_graph_as_union=True,
    )

    assert {row["c"].value for row in found} == {c.iri for c in ALL}


def test_wordings_do_not_fill_the_graph():
    """Misspellings serve reading; a harvest file does not carry them."""
    predicates = {q.predicate.value for q in ontology_quads(Names())}

    assert predicates & {SKOS + "hiddenLabel", SKOS + "altLabel", SKOS + "example"} == set()


def test_the_quads_do_not_depend_on_the_hash_seed():
    """Same input, same bytes out."""
    code = (
        "from kg.vocab import Names; from kg.vocabulary import ontology_quads, load_vocabulary;"
        "import hashlib; v = load_vocabulary();"
        "text = repr([str(q) for q in ontology_quads(Names())])"
        "+ repr([(c.iri, c.alternatives) for s in v.schemes for c in v.concepts(s)]);"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1
