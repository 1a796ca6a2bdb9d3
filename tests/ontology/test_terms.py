"""The ontology says what the code, the questions and the data say, and says it in two languages."""

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import FIELDS, Kind, MentionStatus, Role
from kg.vocab import DCTERMS, OH, OHV, OWL, RDF, RDFS, SKOS, field_slug
from kg.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
SHARED = ROOT.parent / "shared"

LANGUAGES = ("en", "fr")

#: What the contract names. A term may be added, none may go.
CLASSES = {
    "Fragment", "Statement", "Outcome", "SocialActorType", "Organisation", "Participation",
    "Mention", "OutcomeLink", "FrameworkNode", "SpecificObjective", "FrameworkOutcome",
    "FrameworkOutput", "ResultsFramework", "Programme", "HarvestRound", "Place", "SourceFile",
    "Run",
}  # fmt: skip
PROPERTIES = {
    "key", "reports", "hasStatement", "emptyField", "confidential", "status", "harvestRound",
    "programme", "rowNumber", "field", "heading", "searchText", "changeIn", "typeOfChange",
    "changeCluster", "scale", "significanceRating", "contributionRating", "contributesTo",
    "involves", "country", "year", "unintended", "negative", "evidenceStatus", "acronym", "agent",
    "inOutcome", "role", "statedIn", "confidence", "method", "kind", "from", "to", "relation",
    "version", "rank",
}  # fmt: skip
SUBCLASSES = {
    "Fragment": {"http://www.w3.org/ns/prov#Entity"},
    "Statement": {
        "http://www.w3.org/ns/prov#Entity",
        "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Context",
    },
    "SocialActorType": {SKOS + "Concept"},
    "Organisation": {"http://www.w3.org/ns/org#Organization"},
    "Mention": {"http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Phrase"},
    "FrameworkNode": {SKOS + "Concept"},
    "SpecificObjective": {OH + "FrameworkNode"},
    "FrameworkOutcome": {OH + "FrameworkNode"},
    "FrameworkOutput": {OH + "FrameworkNode"},
}
SCHEMES = {
    "actor", "change", "scale", "significance", "contribution", "status", "evidence", "role",
    "field", "kind", "method", "mention", "relation", "reason",
}  # fmt: skip


def turtle(path):
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


OH_QUADS = turtle(ONTOLOGY / "oh.ttl")
VOCAB_FILES = sorted((ONTOLOGY / "vocab").glob("*.ttl"))
VOCAB_QUADS = [quad for path in VOCAB_FILES for quad in turtle(path)]
SHAPE_QUADS = turtle(ONTOLOGY / "shapes.ttl")


def values(quads, predicate):
    """Subject → values of one predicate."""
    found = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == predicate:
            found[quad.subject.value].append(quad.object)
    return found


def terms():
    return {q.subject.value.removeprefix(OH) for q in OH_QUADS if q.subject.value.startswith(OH)}


def concepts():
    return {s.removeprefix(OHV) for s, types in values(VOCAB_QUADS, RDF + "type").items() if types}


def iris_of(quads):
    return {
        node.value
        for quad in quads
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode)
    }


def used_in_code():
    """Names of terms and of concepts in Python, as prefixed names or as calls."""
    oh_names, ohv_names = set(), set()
    for path in sorted((ROOT / "kg").rglob("*.py")):
        text = path.read_text("utf-8")
        oh_names |= set(re.findall(r'\boh:([A-Za-z]\w*)|\boh\("(\w+)"\)', text))
        ohv_names |= set(re.findall(r"\bohv:([a-z]+-[a-z][a-z0-9-]*[a-z0-9])", text))
        ohv_names |= {
            f"{scheme}-{name}"
            for scheme, name in re.findall(r'concept\("(\w+)", "([\w-]+)"\)', text)
        }
    return {a or b for a, b in oh_names}, ohv_names


def used_in_queries():
    oh_names, ohv_names = set(), set()
    for path in sorted((ROOT / "queries").rglob("*.rq")):
        text = path.read_text("utf-8")
        oh_names |= set(re.findall(r"\boh:([A-Za-z]\w*)", text))
        ohv_names |= set(re.findall(r"\bohv:([a-z]+-[a-z][a-z0-9-]*[a-z0-9])", text))
    return oh_names, ohv_names


def test_every_term_of_the_contract_is_defined():
    """Names of the contract are promises."""
    assert terms() >= CLASSES | PROPERTIES


def test_every_term_is_labelled_and_defined_in_both_languages():
    """A reader in either language meets every term with its words, once."""
    labels, definitions = values(OH_QUADS, RDFS + "label"), values(OH_QUADS, SKOS + "definition")
    homes = values(OH_QUADS, RDFS + "isDefinedBy")
    faulty = [
        name
        for name in terms()
        if sorted(x.language for x in labels[OH + name]) != ["en", "fr"]
        or sorted(x.language for x in definitions[OH + name]) != ["en", "fr"]
        or len(homes[OH + name]) != 1
    ]

    assert (len(terms()) >= 60, faulty) == (True, [])


def test_a_definition_is_a_sentence():
    """A definition says more than its label."""
    short = [
        literal.value
        for literals in values([*OH_QUADS, *VOCAB_QUADS], SKOS + "definition").values()
        for literal in literals
        if not literal.value.endswith((".", "…")) or len(literal.value) < 15
    ]

    assert short == []


def test_superclasses_are_those_of_the_contract():
    """`org:Organization`, `skos:Concept` and the others stand above our classes."""
    above = values(OH_QUADS, RDFS + "subClassOf")
    found = {name: {node.value for node in above[OH + name]} for name in SUBCLASSES}

    assert found == SUBCLASSES


def test_an_acronym_is_an_alternative_label():
    """Who asks for `skos:altLabel` gets acronyms."""
    above = values(OH_QUADS, RDFS + "subPropertyOf")

    assert [node.value for node in above[OH + "acronym"]] == [SKOS + "altLabel"]


def test_no_cardinality_and_no_blank_node():
    """Constraints are SHACL; a term is always named."""
    blank = [q for q in [*OH_QUADS, *VOCAB_QUADS] if isinstance(q.subject, ox.BlankNode)]
    owl = {iri for iri in iris_of(OH_QUADS) if iri.startswith(OWL)}

    assert (blank, {i for i in owl if "ardinality" in i or i == OWL + "Restriction"}) == ([], set())


def test_the_ontology_says_its_version_and_licence():
    """A file that travels alone says what it is."""
    head = {q.predicate.value for q in OH_QUADS if q.subject.value == OH.rstrip("#")}

    assert {OWL + "versionInfo", OWL + "versionIRI", DCTERMS + "license"} <= head


def test_ranges_and_domains_are_defined():
    """A domain or range of ours is a class of ours."""
    ends = [
        q.object.value.removeprefix(OH)
        for q in OH_QUADS
        if q.predicate.value in (RDFS + "domain", RDFS + "range") and q.object.value.startswith(OH)
    ]
    classes = {
        s.removeprefix(OH)
        for s, types in values(OH_QUADS, RDF + "type").items()
        if OWL + "Class" in {t.value for t in types}
    }

    assert (len(ends) >= 40, set(ends) - classes) == (True, set())


def test_every_scheme_of_the_contract_has_a_file():
    """One scheme a file, each with a label and a definition in both languages."""
    labels = values(VOCAB_QUADS, SKOS + "prefLabel")
    complete = {
        name
        for name in SCHEMES
        if sorted(x.language for x in labels[OHV + name]) == ["en", "fr"]
        and (ONTOLOGY / "vocab" / f"{name}.ttl").exists()
    }

    assert (complete, {p.stem for p in VOCAB_FILES}) == (SCHEMES, SCHEMES)


def test_every_concept_is_labelled_and_defined_in_both_languages():
    """No value is shown without words."""
    labels = values(VOCAB_QUADS, SKOS + "prefLabel")
    definitions = values(VOCAB_QUADS, SKOS + "definition")
    faulty = [
        name
        for name in concepts()
        if sorted(x.language for x in labels[OHV + name]) != ["en", "fr"]
        or sorted(x.language for x in definitions[OHV + name]) != ["en", "fr"]
    ]

    assert (len(concepts()) >= 145, faulty) == (True, [])


def test_a_concept_belongs_to_the_scheme_of_its_name():
    """`ohv:scale-individual` is in `ohv:scale`, and in no other."""
    schemes = values(VOCAB_QUADS, SKOS + "inScheme")
    wrong = [
        iri
        for iri, found in schemes.items()
        if len(found) != 1 or not iri.startswith(found[0].value + "-")
    ]

    assert (len(schemes) >= 130, wrong) == (True, [])


def test_actors_are_social_actor_types():
    """A category of actors has the class that `oh:changeIn` asks for, and the SKOS one."""
    types = values(VOCAB_QUADS, RDF + "type")
    actors = [t for iri, t in types.items() if iri.startswith(OHV + "actor-")]

    assert len(actors) >= 20
    assert all({OH + "SocialActorType", SKOS + "Concept"} == {n.value for n in t} for t in actors)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("field", {field_slug(name) for name in FIELDS}),
        ("kind", {kind.value for kind in Kind}),
        ("role", {role.value for role in Role}),
        ("mention", {status.value for status in MentionStatus}),
        ("evidence", {"none-stated", "stated", "substantiated"}),
        ("relation", {"see-also", "builds-on", "led-to"}),
        ("reason", {"no-code", "objective-only", "unknown-code", "unreadable", "date"}),
    ],
)
def test_closed_schemes_hold_what_the_code_holds(scheme, expected):
    """A slug of the code always has a concept, and no concept is out of reach."""
    assert {c.slug for c in load_vocabulary().concepts(scheme)} == expected


def test_every_term_that_is_used_is_defined():
    """Python, questions and shapes name no term that the ontology lacks."""
    code, code_concepts = used_in_code()
    queries, query_concepts = used_in_queries()
    shapes = {i.removeprefix(OH) for i in iris_of(SHAPE_QUADS) if i.startswith(OH)}
    shape_concepts = {i.removeprefix(OHV) for i in iris_of(SHAPE_QUADS) if i.startswith(OHV)}

    assert len(code) >= 40  # so that a moved folder cannot make this pass on nothing
    assert len(shapes) >= 55
    assert (code | queries | shapes) - terms() == set()
    assert (code_concepts | query_concepts | shape_concepts) - concepts() == set()


def test_every_term_that_is_defined_is_used():
    """A term that nobody writes or checks is a promise that nobody keeps."""
    code, _ = used_in_code()
    queries, _ = used_in_queries()
    shapes = {i.removeprefix(OH) for i in iris_of(SHAPE_QUADS) if i.startswith(OH)}

    assert terms() - (code | queries | shapes) == set()


def test_the_shapes_look_at_every_class_and_property():
    """Whatever the ontology defines, some shape has an eye on."""
    shapes = {i.removeprefix(OH) for i in iris_of(SHAPE_QUADS) if i.startswith(OH)}

    assert terms() - shapes == set()


def test_the_good_harvest_uses_defined_terms_alone():
    """The tests' own data say nothing that the ontology does not."""
    quads = list(ox.parse(path=str(Path(__file__).with_name("good.trig"))))
    iris = iris_of(quads)
    used = {i.removeprefix(OH) for i in iris if i.startswith(OH)}
    named = {i.removeprefix(OHV) for i in iris if i.startswith(OHV)}

    assert len(used) >= 50
    assert (used - terms(), named - concepts()) == (set(), set())


@pytest.mark.seed
def test_the_design_sample_uses_defined_terms_alone():
    """What the design drew up by hand can be said with this ontology."""
    sample = SHARED / "design" / "seed_expected.trig"
    if not sample.exists():
        pytest.skip(
            "The design sample is not beside the checkout (../shared/design): not compared."
        )
    iris = iris_of(ox.parse(path=str(sample)))
    used = {i.removeprefix(OH) for i in iris if i.startswith(OH)}
    named = {i.removeprefix(OHV) for i in iris if i.startswith(OHV)} - {""}

    assert len(used) >= 45
    assert (used - terms(), named - concepts()) == (set(), set())
