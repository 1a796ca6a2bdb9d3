"""Every shape speaks to a programme officer, and every shape fires."""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.validate import breaches_by_pyshacl, breaches_by_shacl
from kg.vocab import OH, OHV, PREFIXES, RDF, SH, Names
from kg.vocabulary import ontology_quads

ROOT = Path(__file__).resolve().parents[2]
SHAPES = ROOT / "ontology" / "shapes.ttl"
GOOD = Path(__file__).with_name("good.trig")
OHS = "https://w3id.org/outcome-harvest/shapes#"

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + (
    "PREFIX d: <https://example.org/harvest/>\n"
    "PREFIX frag: <https://example.org/harvest/fragment/>\n"
    "PREFIX one: <https://example.org/harvest/fragment/demo-1#>\n"
    "PREFIX two: <https://example.org/harvest/fragment/demo-2#>\n"
    "PREFIX body: <https://example.org/harvest/organisation/>\n"
    "PREFIX land: <https://example.org/harvest/framework/demo/norland/1/>\n"
    "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n"
)
ORG_CLAIM = "one:river-voices_contributor_contribution-programme"
MENTION = "one:contribution-programme_0_12"
LINK = "one:link_builds-on_demo-2"
PLACE = "<https://example.org/harvest/place/norland>"
ROUND = "<https://example.org/harvest/round/harvest-1>"
PROGRAMME = "<https://example.org/harvest/programme/demo>"
RESULT = "<https://example.org/harvest/framework/demo/norland/1/outcome-1.4>"
OUTPUT = "<https://example.org/harvest/framework/demo/norland/1/output-1.4.1>"
SOURCE = "<https://example.org/harvest/source/1>"
BASIN = "<https://example.org/harvest/concept/scale-river-basin>"
GUARDS = "<https://example.org/harvest/concept/actor-river-guards>"


def gone(subject, predicate):
    """Take away what *subject* says by *predicate*."""
    return f"DELETE WHERE {{ GRAPH ?g {{ {subject} {predicate} ?gone }} }}"


def said(triple):
    """Say one thing more."""
    return f"INSERT DATA {{ GRAPH d:damage {{ {triple} }} }}"


def instead(subject, predicate, value):
    """Say something else."""
    return f"{gone(subject, predicate)} ; {said(f'{subject} {predicate} {value}')}"


#: Shape → what makes it fire. Missing, doubled and mistyped; one a line.
DAMAGE = [
    ("fragment-key", gone("frag:demo-1", "oh:key")),
    ("fragment-key", said('frag:demo-1 oh:key "second"')),
    ("fragment-key", instead("frag:demo-1", "oh:key", '"Not A Key"')),
    ("fragment-identifier", instead("frag:demo-1", "dcterms:identifier", "5")),
    ("fragment-identifier", instead("frag:demo-1", "dcterms:identifier", "d:x")),
    ("fragment-identifier", said('frag:demo-1 dcterms:identifier "other"')),
    ("fragment-outcome", said("frag:demo-1 oh:reports two:outcome")),
    ("fragment-outcome", gone("frag:demo-1", "oh:reports")),
    ("fragment-outcome", instead("frag:demo-1", "oh:reports", "one:description")),
    ("fragment-statements", gone("frag:demo-2", "oh:hasStatement")),
    ("fragment-statements", said("frag:demo-1 oh:hasStatement one:outcome")),
    ("fragment-empty-fields", said("frag:demo-1 oh:emptyField ohv:scale-local")),
    ("fragment-confidential", gone("frag:demo-1", "oh:confidential")),
    ("fragment-confidential", instead("frag:demo-1", "oh:confidential", '"no"')),
    ("fragment-confidential", said("frag:demo-1 oh:confidential true")),
    ("fragment-programme", gone("frag:demo-1", "oh:programme")),
    ("fragment-programme", instead("frag:demo-1", "oh:programme", "body:river-voices")),
    ("fragment-status", instead("frag:demo-1", "oh:status", "ohv:mention-accepted")),
    ("fragment-one-status", said("frag:demo-1 oh:status ohv:status-draft")),
    ("fragment-round", instead("frag:demo-1", "oh:harvestRound", PLACE)),
    ("fragment-row", instead("frag:demo-1", "oh:rowNumber", "0")),
    ("fragment-row", instead("frag:demo-1", "oh:rowNumber", '"2"')),
    ("fragment-source", instead("frag:demo-1", "prov:wasDerivedFrom", PLACE)),
    ("statement-field", gone("one:description", "oh:field")),
    ("statement-field", instead("one:description", "oh:field", "ohv:scale-local")),
    ("statement-words", gone("one:description", "nif:isString")),
    ("statement-words", instead("one:description", "nif:isString", '""')),
    ("statement-words", instead("one:description", "nif:isString", '"words"@en')),
    ("statement-heading", gone("one:description", "oh:heading")),
    ("statement-language", instead("one:description", "dcterms:language", '"English"')),
    ("statement-language", said('one:description dcterms:language "fr"')),
    ("statement-search-text", said('one:description oh:searchText "more"')),
    ("outcome-label", gone("one:outcome", "rdfs:label")),
    ("outcome-label", said('one:outcome rdfs:label "A second title"')),
    ("outcome-label", instead("one:outcome", "rdfs:label", '""')),
    ("outcome-actor", said("one:outcome oh:changeIn body:river-voices")),
    ("outcome-actor", said("one:outcome oh:changeIn ohv:scale-local")),
    ("outcome-type-of-change", said("one:outcome oh:typeOfChange ohv:scale-local")),
    ("outcome-change-cluster", said("one:outcome oh:changeCluster ohv:scale-local")),
    ("outcome-scale", said("one:outcome oh:scale ohv:change-policy")),
    (
        "outcome-significance",
        instead("one:outcome", "oh:significanceRating", "ohv:contribution-great"),
    ),
    (
        "outcome-contribution",
        instead("one:outcome", "oh:contributionRating", "ohv:significance-large"),
    ),
    ("outcome-one-significance", said("one:outcome oh:significanceRating ohv:significance-small")),
    ("outcome-one-contribution", said("one:outcome oh:contributionRating ohv:contribution-small")),
    ("outcome-framework", said("one:outcome oh:contributesTo body:river-voices")),
    ("outcome-organisations", said(f"one:outcome oh:involves {PROGRAMME}")),
    ("outcome-country", said("one:outcome oh:country body:river-voices")),
    ("outcome-year", instead("one:outcome", "oh:year", '"2022"')),
    ("outcome-year", instead("one:outcome", "oh:year", '"1999"^^xsd:gYear')),
    ("outcome-year", instead("one:outcome", "oh:year", '"2101"^^xsd:gYear')),
    ("outcome-unintended", instead("one:outcome", "oh:unintended", '"NO"')),
    ("outcome-negative", instead("one:outcome", "oh:negative", "1")),
    ("outcome-evidence", gone("one:outcome", "oh:evidenceStatus")),
    ("outcome-evidence", instead("one:outcome", "oh:evidenceStatus", "ohv:status-substantiated")),
    ("outcome-unlinked-reason", instead("two:outcome", "oh:unlinkedReason", "ohv:scale-local")),
    ("participation-agent", gone(ORG_CLAIM, "oh:agent")),
    ("participation-agent", instead(ORG_CLAIM, "oh:agent", PLACE)),
    ("participation-outcome", gone(ORG_CLAIM, "oh:inOutcome")),
    ("participation-role", gone(ORG_CLAIM, "oh:role")),
    ("participation-role", instead(ORG_CLAIM, "oh:role", "ohv:kind-place")),
    ("participation-statement", gone(ORG_CLAIM, "oh:statedIn")),
    ("participation-method", instead(ORG_CLAIM, "oh:method", "ohv:role-target")),
    ("participation-confidence", instead(ORG_CLAIM, "oh:confidence", "1.01")),
    ("participation-confidence", instead(ORG_CLAIM, "oh:confidence", "-0.1")),
    ("participation-mentions", said(f"{ORG_CLAIM} prov:wasDerivedFrom one:description")),
    ("participation", gone(ORG_CLAIM, "prov:wasDerivedFrom")),
    ("mention-kind", instead(MENTION, "oh:kind", "ohv:kind-person")),
    ("mention-kind", instead(MENTION, "oh:kind", "ohv:kind-redaction")),
    ("mention-kind", gone(MENTION, "oh:kind")),
    ("mention-statement", gone(MENTION, "nif:referenceContext")),
    ("mention-words", gone(MENTION, "nif:anchorOf")),
    ("mention-start", gone(MENTION, "nif:beginIndex")),
    ("mention-start", instead(MENTION, "nif:beginIndex", "12")),
    ("mention-start", instead(MENTION, "nif:beginIndex", "-1")),
    ("mention-start", instead(MENTION, "nif:beginIndex", "0.5")),
    ("mention-end", gone(MENTION, "nif:endIndex")),
    ("mention-end", instead(MENTION, "nif:endIndex", '"twelve"')),
    ("mention-status", gone(MENTION, "oh:status")),
    ("mention-status", instead(MENTION, "oh:status", "ohv:mention-queued")),
    ("mention-method", gone(MENTION, "oh:method")),
    ("mention-confidence", gone(MENTION, "oh:confidence")),
    ("mention-confidence", instead(MENTION, "oh:confidence", "2.0")),
    ("mention-confidence", instead(MENTION, "oh:confidence", '"high"')),
    ("mention-meaning", said(f"{MENTION} itsrdf:taIdentRef body:water-league")),
    ("link-from", gone(LINK, "oh:from")),
    ("link-to", instead(LINK, "oh:to", "frag:demo-2")),
    ("link-relation", instead(LINK, "oh:relation", "ohv:role-target")),
    ("link-mention", gone(LINK, "prov:wasDerivedFrom")),
    ("framework-node-notation", gone(RESULT, "skos:notation")),
    ("framework-node-notation", instead(RESULT, "skos:notation", "1.4")),
    ("framework-node-framework", gone(RESULT, "skos:inScheme")),
    ("framework-node-framework", instead(RESULT, "skos:inScheme", "ohv:scale")),
    ("framework-node-above", said(f"{OUTPUT} skos:broader ohv:scale-local")),
    ("framework-node-label", said(f'{OUTPUT} skos:prefLabel "Another"@en')),
    ("framework-node-declared", instead(OUTPUT, "oh:declared", '"yes"')),
    (
        "framework-node",
        instead(RESULT, "a", "oh:FrameworkNode , skos:Concept"),
    ),
    ("framework-programme", gone("land:framework", "oh:programme")),
    ("framework-country", instead("land:framework", "oh:country", "body:river-voices")),
    ("framework-version", instead("land:framework", "oh:version", "1")),
    ("organisation-label", gone("body:river-voices", "rdfs:label")),
    ("organisation-label", said('body:river-voices rdfs:label "A second name"')),
    ("organisation-names", said('body:river-voices skos:prefLabel "Voices of the River"@en')),
    ("organisation-acronym", said('body:river-voices oh:acronym "RV"@en')),
    ("organisation-country", instead("body:river-voices", "oh:country", "body:water-league")),
    ("organisation-parent", said(f"body:river-voices org:subOrganizationOf {PLACE}")),
    ("organisation-curated", instead("body:river-voices", "oh:curated", '"yes"')),
    ("organisation-type", instead("body:water-league", "a", "oh:Organisation")),
    ("programme-label", gone(PROGRAMME, "rdfs:label")),
    ("place-label", gone(PLACE, "rdfs:label")),
    ("round-label", gone(ROUND, "rdfs:label")),
    ("run-version", gone("d:run", "dcterms:hasVersion")),
    ("run-sources", said("d:run prov:used body:river-voices")),
    ("source-format", gone(SOURCE, "dcterms:format")),
    ("source-name", said(f'{SOURCE} dcterms:title "other.csv"')),
    ("concept-scheme", gone(BASIN, "skos:inScheme")),
    ("concept-rank", said(f"{BASIN} oh:rank 0.5")),
    ("actor-label", gone(GUARDS, "skos:prefLabel")),
    ("candidate-label", gone(BASIN, "skos:prefLabel")),
    ("no-person", said("d:somebody a foaf:Person")),
    ("no-person", said("d:somebody a prov:Person")),
]


def described():
    """Shape → predicate → values."""
    found = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(SHAPES), format=ox.RdfFormat.TURTLE):
        found[quad.subject.value][quad.predicate.value].append(quad.object)
    return {
        iri: said
        for iri, said in found.items()
        if {SH + "NodeShape", SH + "PropertyShape"} & {t.value for t in said[RDF + "type"]}
    }


#: What belongs to a shape without constraining anything.
NO_CONSTRAINT = {SH + n for n in ("path", "message", "severity", "property", "targetClass")} | {
    RDF + "type"
}


def judged():
    """Names of the shapes that judge by themselves: targeted, or a property of one that is."""
    shapes = described()
    targeted = {iri for iri, said in shapes.items() if SH + "targetClass" in said}
    inside = {p.value for iri in targeted for p in shapes[iri].get(SH + "property", [])}
    return {iri.removeprefix(OHS) for iri in targeted | inside if set(shapes[iri]) - NO_CONSTRAINT}


def good():
    """The good harvest in a store, the ontology's own graphs with it."""
    store = ox.Store()
    store.extend([*ox.parse(path=str(GOOD)), *ontology_quads(Names())])
    return store


def damaged(*updates):
    store = good()
    before = set(store)
    for update in updates:
        store.update(HEAD + update)
    assert set(store) != before, "the damage changed nothing"
    return store.dump(format=ox.RdfFormat.TRIG).decode()


def names(breaches):
    return {breach.shape.removeprefix(OHS) for breach in breaches}


def test_every_shape_has_a_sentence_in_both_languages():
    """Nobody reads a constraint component; everybody reads a sentence."""
    faulty = [
        iri
        for iri, said in described().items()
        if sorted(m.language for m in said[SH + "message"]) != ["en", "fr"]
        or not all(m.value.endswith(".") and m.value[0].isupper() for m in said[SH + "message"])
    ]

    assert (len(described()) >= 110, faulty) == (True, [])


def test_messages_hold_no_words_of_engineers():
    """A programme officer is not told of literals, datatypes or nodes of a shape."""
    words = {
        "datatype",
        "literal",
        "iri",
        "uri",
        "xsd",
        "sh:",
        "cardinality",
        "predicate",
        "triple",
    }
    said = [m.value.lower() for d in described().values() for m in d[SH + "message"]]

    assert [m for m in said if any(word in m.split() for word in words)] == []


def test_every_shape_says_how_grave_it_is_and_has_a_name():
    """No default severity, no shape that a finding could not name."""
    shapes = described()

    assert all(len(said[SH + "severity"]) == 1 for said in shapes.values())
    assert all(iri.startswith(OHS) for iri in shapes)


def test_core_alone():
    """No SPARQL, no rules: every engine can judge."""
    used = {p for said in described().values() for p in said}

    assert (
        used & {SH + n for n in ("sparql", "rule", "expression", "js", "target", "values")} == set()
    )


def test_the_good_harvest_is_good():
    """Nothing fires where nothing is wrong, by either engine."""
    trig = good().dump(format=ox.RdfFormat.TRIG).decode()

    assert breaches_by_shacl(trig, shapes=SHAPES) == breaches_by_pyshacl(trig, shapes=SHAPES) == ()


def test_every_shape_that_judges_has_its_damage():
    """A shape that no test makes fire may never fire."""
    assert {shape for shape, _ in DAMAGE} == judged()
    assert len(DAMAGE) >= 110


@pytest.mark.parametrize(("shape", "update"), DAMAGE)
def test_damage_is_caught_by_its_shape(shape, update):
    """Each damage is caught, and by the shape whose sentence tells of it."""
    assert shape in names(breaches_by_shacl(damaged(update), shapes=SHAPES))


GROUPS = [DAMAGE[start :: len(DAMAGE) // 6] for start in range(len(DAMAGE) // 6)]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: "+".join(s for s, _ in group)[:60])
def test_both_engines_find_the_same(group):
    """The young engine and its oracle agree on shape, focus, path, component and severity."""
    trig = damaged(*(update for _, update in group))
    found = breaches_by_shacl(trig, shapes=SHAPES)

    assert len(found) >= 3
    assert found == breaches_by_pyshacl(trig, shapes=SHAPES)


def test_all_damage_lies_in_some_group():
    """No damage escapes the comparison of the engines."""
    assert sum(len(group) for group in GROUPS) == len(DAMAGE)


def test_shapes_target_defined_classes_and_schemes():
    """A typing error in a target would make a shape judge nothing."""
    targets = {
        node.value
        for said in described().values()
        for node in said.get(SH + "targetClass", [])
        if node.value.startswith((OH, OHV))
    }

    assert len(targets) >= 16
