"""Who knows another vocabulary finds our outcomes: through the alignment, with plain SPARQL."""

import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.vocab import OH, OHV, SPARQL_HEAD
from kg.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
ALIGNMENTS = ROOT / "ontology" / "alignments.ttl"
QUADS = list(ox.parse(path=str(ALIGNMENTS), format=ox.RdfFormat.TURTLE))
OWN = list(ox.parse(path=str(ROOT / "ontology" / "oh.ttl"), format=ox.RdfFormat.TURTLE))
PAGE = (ROOT / "docs" / "standards.md").read_text("utf-8")
BY_SUBCLASS, AS_CIDS, BY_IATI = re.findall(r"^```sparql\n(.*?)^```$", PAGE, re.M | re.DOTALL)
CIDS = "https://ontology.commonapproach.org/cids#"
#: Looked up in their ontology 3.2.1 (cids.ttl, 31 October 2025). Who adds one looks it up first.
KNOWN = {
    "BeneficialStakeholder", "ContributingStakeholder", "Organization", "Outcome", "Output",
    "Program", "Stakeholder", "Theme", "canProduce", "forStakeholder", "forTheme",
    "hasDescription",
}  # fmt: skip


def test_every_term_of_theirs_exists():
    """In the file, and in the queries that the page teaches."""
    named = {
        term.value.removeprefix(CIDS)
        for quad in QUADS
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(CIDS)
    }
    taught = set(re.findall(r"\bcids:(\w+)", BY_SUBCLASS + AS_CIDS))

    assert len(named) >= 10
    assert (named | taught) - KNOWN == set()


def test_every_term_of_ours_exists():
    """What is aligned is a term of the ontology, or a value of a scheme."""
    terms = {q.subject.value for q in OWN if isinstance(q.subject, ox.NamedNode)}
    vocabulary = load_vocabulary()
    values = {c.iri for scheme in vocabulary.schemes for c in vocabulary.concepts(scheme)}
    ours = {q.subject.value for q in QUADS if q.subject.value.startswith((OH, OHV))}

    assert len(ours) >= 9
    assert ours - terms - values == set()


def test_somebody_who_knows_cids_finds_the_outcomes(example):
    """All of them, and their names, by classes of CIDS alone; likewise the programme."""
    found = example.query(BY_SUBCLASS)
    programmes = example.query(
        f"SELECT ?p WHERE {{ ?p a/rdfs:subClassOf* <{CIDS}Program> }}"
    ).values()

    assert len(found) == example.report["counts"]["fragments"] == 60
    assert len(programmes) == 1


def test_planned_outcomes_are_not_taken_for_reported_ones(example):
    """A promise is near an outcome of theirs, and nothing follows from that."""
    kinds = example.query(
        f"SELECT DISTINCT ?kind WHERE {{ ?kind rdfs:subClassOf+ <{CIDS}Outcome> }}"
    ).values()

    assert kinds == [(f"{OH}Outcome",)]


def test_tools_of_cids_get_a_graph_of_its_own_terms(example):
    """rdflib, without any reasoning, answers what a CIDS user asks: names, descriptions, themes."""
    graph = rdflib.Graph()
    for triple in example.query(AS_CIDS).triples:
        graph.parse(data=f"{triple} .", format="nt")
    rows = graph.query(
        f"""PREFIX cids: <{CIDS}>
        PREFIX org: <http://ontology.eil.utoronto.ca/tove/organization#>
        SELECT ?outcome ?name ?text (COUNT(?theme) AS ?themes) WHERE {{
          ?outcome a cids:Outcome ; org:hasName ?name ; cids:hasDescription ?text .
          OPTIONAL {{ ?outcome cids:forTheme/org:hasName ?theme }}
        }} GROUP BY ?outcome ?name ?text"""
    )
    themes = [int(row.themes) for row in rows]

    assert len(themes) == 60
    assert max(themes) >= 1
    assert {str(p) for p in graph.predicates()} <= {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://ontology.eil.utoronto.ca/tove/organization#hasName",
        f"{CIDS}hasDescription",
        f"{CIDS}forTheme",
    }


def test_somebody_who_knows_iati_finds_the_planned_outcomes(example):
    """By the code of IATI's own list, with the alignment loaded beside the graph."""
    store = ox.Store()
    store.bulk_load(path=str(example.trig), format=ox.RdfFormat.TRIG)
    store.load(path=str(ALIGNMENTS), format=ox.RdfFormat.TURTLE)
    found = store.query(SPARQL_HEAD + BY_IATI, use_default_graph_as_union=True)
    planned = example.query("SELECT ?n WHERE { ?n a oh:FrameworkOutcome }")

    assert len([*found]) == len(planned) > 20


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The page of the ontology in both languages."""
    sys.path.insert(0, str(ROOT / "docs" / "hooks"))
    try:
        import ontology
    finally:
        sys.path.pop(0)
    return {language: ontology.ontology(language) for language in ("en", "fr")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_the_ontology_is_complete(pages, language):
    """Every class, property, scheme and value, with its words in this language."""
    page = pages[language]
    owl = "http://www.w3.org/2002/07/owl#"
    terms = {
        q.subject.value.removeprefix(OH)
        for q in OWN
        if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(OH)
    }
    words = {
        q.object.value.replace("<", "&lt;")
        for q in OWN
        if isinstance(q.object, ox.Literal)
        and q.object.language == language
        and q.predicate.value.endswith("#definition")
        and q.subject.value.startswith(OH)
    }
    vocabulary = load_vocabulary()

    assert len(terms) >= 55
    assert {t for t in terms if f"{{#{t}}}" not in page or f"`oh:{t}`" not in page} == set()
    assert {w for w in words if w not in page} == set()
    assert {s for s in vocabulary.schemes if f"{{#scheme-{s}}}" not in page} == set()
    assert [
        c.iri
        for scheme in vocabulary.schemes
        for c in vocabulary.concepts(scheme)
        if f"| `ohv:{scheme}-{c.slug}` | {c.labels[language]} |" not in page
        or c.definitions[language].replace("<", "&lt;") not in page
    ] == []
    assert owl not in page
