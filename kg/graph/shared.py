"""Shared nodes: labels and types said once, of all fragments together, so none is said twice.

Standard superclasses and superproperties are written out, so that queries
for `org:Organization` and `skos:altLabel` answer without reasoning.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.frameworks import FrameworkNode, Frameworks
from kg.graph.fragment import field_iri
from kg.graph.terms import Writer, boolean, text
from kg.model import FIELDS, Choice, Entity, Fragment, Kind
from kg.vocab import OHV, Names, field_slug

_NODE_CLASSES = {
    "objective": "oh:SpecificObjective",
    "outcome": "oh:FrameworkOutcome",
    "output": "oh:FrameworkOutput",
}


def organisation_graph(entities: Iterable[Entity], *, names: Names) -> Writer:
    """Organisations, resolved or only suggested."""
    out = Writer(names.graph("organisations"), base=names.base)
    for entity in entities:
        if entity.kind is not Kind.ORGANISATION:
            continue
        out.type(entity.iri, "oh:Organisation", "org:Organization")
        out.add(entity.iri, "rdfs:label", text(entity.label))
        for language, label in entity.labels:
            out.add(entity.iri, "skos:prefLabel", text(label, language or None))
        for acronym in entity.acronyms:
            out.add(entity.iri, "oh:acronym", text(acronym))
            out.add(entity.iri, "skos:altLabel", text(acronym))
        for alias in entity.aliases:
            out.add(entity.iri, "skos:altLabel", text(alias))
        out.add(entity.iri, "oh:country", entity.country)
        out.add(entity.iri, "org:subOrganizationOf", entity.part_of)
        if entity.curated:
            out.add(entity.iri, "oh:curated", boolean(entity.curated))
    return out


def framework_graph(frameworks: Frameworks, *, names: Names) -> Writer:
    """Programmes, results frameworks and their nodes."""
    out = Writer(names.graph("frameworks"), base=names.base)
    for name, label in frameworks.programmes:
        out.type(names.programme(name), "oh:Programme")
        out.add(names.programme(name), "rdfs:label", text(label))
    for iri, (programme, country, version) in frameworks.schemes:
        out.type(iri, "oh:ResultsFramework", "skos:ConceptScheme")
        out.add(iri, "oh:programme", names.programme(programme))
        if country:
            out.add(iri, "oh:country", names.place(country))
        if version:
            out.add(iri, "oh:version", text(version))
    for node in frameworks.nodes:
        _node(out, node)
    return out


def _node(out: Writer, node: FrameworkNode) -> None:
    out.type(node.iri, "oh:FrameworkNode", _NODE_CLASSES[node.kind], "skos:Concept")
    out.add(node.iri, "skos:notation", text(node.notation))
    out.add(node.iri, "skos:inScheme", node.scheme)
    out.add(node.iri, "skos:broader", node.broader)
    if node.label:
        out.add(node.iri, "skos:prefLabel", text(node.label, node.language))
    for language, label in node.others:
        out.add(node.iri, "skos:prefLabel", text(label, language))
    if node.declared:
        out.add(node.iri, "oh:declared", boolean(node.declared))


def place_graph(
    fragments: Sequence[Fragment],
    entities: Iterable[Entity],
    frameworks: Frameworks,
    *,
    labels: dict[str, str],
    names: Names,
) -> Writer:
    """Places and rounds, as far as anything names them. *labels*: place slug → display label."""
    out = Writer(names.graph("places-and-rounds"), base=names.base)
    places = {place.slug: place.label for f in fragments for place in f.places}
    for _, (_, country, _) in frameworks.schemes:
        if country:
            places.setdefault(country, labels.get(country, country))
    for iri, label in sorted({names.place(s): label for s, label in places.items()}.items()):
        out.type(iri, "oh:Place")
        out.add(iri, "rdfs:label", text(label))
    named = {names.place(s) for s in places}
    for entity in entities:
        if entity.kind is Kind.PLACE and entity.iri not in named:
            out.type(entity.iri, "oh:Place")
            out.add(entity.iri, "rdfs:label", text(entity.label))
            named.add(entity.iri)
        if entity.country and entity.country not in named:
            slug = entity.country.rpartition("/")[2]
            out.type(entity.country, "oh:Place")
            out.add(entity.country, "rdfs:label", text(labels.get(slug, slug)))
            named.add(entity.country)
    for choice in sorted({f.round for f in fragments if f.round}):
        out.type(names.round(choice.slug), "oh:HarvestRound")
        out.add(names.round(choice.slug), "rdfs:label", text(choice.label))
    return out


def candidate_graph(fragments: Iterable[Fragment], *, names: Names) -> Writer:
    """Concepts that no vocabulary lists: values and columns kept as they were written."""
    out = Writer(names.graph("candidates"), base=names.base)
    spellings: dict[Choice, Counter[str]] = defaultdict(Counter)
    headings: dict[str, Counter[str]] = defaultdict(Counter)
    for fragment in fragments:
        for choices in fragment.choices.values():
            for choice in choices:
                if not choice.known:
                    key = Choice(choice.scheme, choice.slug, "", known=False)
                    spellings[key][choice.label] += 1
        for statement in fragment.statements:
            if statement.field not in FIELDS:
                headings[statement.field][statement.heading.strip()] += 1
        for name in fragment.empty:
            if name not in FIELDS:
                headings[name].setdefault(name, 0)
    for choice, counted in sorted(spellings.items()):
        iri = names.candidate(choice.scheme, choice.slug)
        _candidate(out, iri, choice.scheme, _commonest(counted))
        if choice.scheme == "actor":
            out.type(iri, "oh:SocialActorType")
    for name, counted in sorted(headings.items()):
        _candidate(out, field_iri(name, names), "field", _commonest(counted) or field_slug(name))
    return out


def _candidate(out: Writer, iri: str, scheme: str, label: str) -> None:
    out.type(iri, "skos:Concept", "oh:CandidateConcept")
    out.add(iri, "skos:inScheme", OHV + scheme)
    out.add(iri, "skos:prefLabel", text(label))


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda label: (-counted[label], label))


def run_graph(sources: Sequence[tuple[str, str]], *, version: str, names: Names) -> Writer:
    """The build and its sources, (file name, media type). Empty names nothing: a release."""
    out = Writer(names.graph("run"), base=names.base)
    out.type(names.run, "oh:Run")
    out.add(names.run, "dcterms:hasVersion", text(version))
    for number, (name, media_type) in enumerate(sources, start=1):
        iri = names.source(number)
        out.add(names.run, "prov:used", iri)
        out.type(iri, "oh:SourceFile")
        out.add(iri, "dcterms:title", text(name))
        out.add(iri, "dcterms:format", text(media_type))
    return out
