"""Nodes that fragments share: organisations, programmes, places, the results framework."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from kg.network.words import Labels, display, local
from kg.vocab import OH, RDFS, SKOS, fold

#: What is said of one node: property → (value, language).
About = Mapping[str, list[tuple[str, str]]]

#: The fields in the details of a node: slug → values, each language → text.
Fields = tuple[tuple[str, tuple[Labels, ...]], ...]

_FRAMEWORK_KINDS = {
    f"{OH}SpecificObjective": "objective",
    f"{OH}FrameworkOutcome": "result",
    f"{OH}FrameworkOutput": "output",
}
_PLAIN_KINDS = {f"{OH}Programme": "programme", f"{OH}Place": "place"}


def add_node(
    graph: nx.MultiDiGraph,
    iri: str,
    *,
    kind: str,
    labels: Labels,
    short: str = "",
    search: tuple[str, ...] = (),
    fields: Fields = (),
) -> None:
    """Add a node that fragments share; without any label it is called by the end of its IRI."""
    kept = {tag: text for tag, text in sorted(labels.items()) if text} or {"": local(iri)}
    graph.add_node(
        iri,
        kind=kind,
        label=display(kept),
        labels=kept,
        short=short,
        search=search,
        fields=fields,
        passages=(),
        gap=False,
    )


def texts(about: About, prop: str) -> Labels:
    """One text a language, the first in order."""
    found: Labels = {}
    for text, tag in about.get(prop, []):
        found.setdefault(tag, text)
    return found


def labels_of(about: About) -> Labels:
    """Preferred labels, else the display label."""
    return texts(about, f"{SKOS}prefLabel") or texts(about, f"{RDFS}label")


def name_of(
    value: str, concepts: Mapping[str, Labels], described: Mapping[str, Mapping[str, About]]
) -> Labels:
    """Labels of a concept or shared node; a literal is its own label."""
    if value in concepts:
        return concepts[value]
    for nodes in described.values():
        if value in nodes:
            return labels_of(nodes[value]) or {"": local(value)}
    return {"": local(value) if "://" in value else value}


def add_shared(
    graph: nx.MultiDiGraph,
    described: Mapping[str, Mapping[str, About]],
    concepts: Mapping[str, Labels],
) -> None:
    """Add all of them. Those that nothing links to are taken away later, where that is right."""
    for iri, about in sorted(described.get(f"{OH}Organisation", {}).items()):
        acronyms = _all(about, f"{OH}acronym")
        aliases = [text for text in _all(about, f"{SKOS}altLabel") if text not in acronyms]
        fields: list[tuple[str, tuple[Labels, ...]]] = [
            (name, tuple({"": text} for text in found))
            for name, found in (("acronym", acronyms), ("alias", aliases))
            if found
        ]
        countries = [value for value, _ in about.get(f"{OH}country", [])]
        if countries:
            named = tuple(name_of(value, concepts, described) for value in countries)
            fields.append(("country", named))
        add_node(
            graph,
            iri,
            kind="organisation",
            labels={"": display(texts(about, f"{RDFS}label"))} | labels_of(about),
            short=_acronym_of(display(texts(about, f"{RDFS}label")), acronyms),
            search=tuple(dict.fromkeys((*acronyms, *aliases, *_all(about, f"{SKOS}prefLabel")))),
            fields=tuple(fields),
        )
    for type_, kind in _PLAIN_KINDS.items():
        for iri, about in sorted(described.get(type_, {}).items()):
            add_node(graph, iri, kind=kind, labels=labels_of(about))
    _add_framework(graph, described, concepts)


def _add_framework(
    graph: nx.MultiDiGraph,
    described: Mapping[str, Mapping[str, About]],
    concepts: Mapping[str, Labels],
) -> None:
    """Objectives, outcomes and outputs that a programme promised, or that a cell names."""
    nodes = [
        (kind, display(texts(about, f"{SKOS}notation")) or local(iri), iri, about)
        for type_, kind in _FRAMEWORK_KINDS.items()
        for iri, about in sorted(described.get(type_, {}).items())
    ]
    notations = Counter((kind, notation) for kind, notation, _, _ in nodes)
    for kind, notation, iri, about in nodes:
        countries = [name_of(value, concepts, described) for value in _countries(about, described)]
        # The same code in two countries' frameworks means two things: the label says which.
        twice = notations[kind, notation] > 1 and countries
        head = f"{notation} ({display(countries[0])})" if twice else notation
        named = labels_of(about)
        add_node(
            graph,
            iri,
            kind=kind,
            labels={tag: f"{head} {text}" for tag, text in named.items()} or {"": head},
            short=head,
            search=(notation, *sorted(named.values())),
            fields=(("country", tuple(countries)),) if countries else (),
        )


def _countries(about: About, described: Mapping[str, Mapping[str, About]]) -> Iterator[str]:
    """The country or region of the framework that a node belongs to."""
    frameworks = described.get(f"{OH}ResultsFramework", {})
    for scheme, _ in about.get(f"{SKOS}inScheme", []):
        for value, _ in frameworks.get(scheme, {}).get(f"{OH}country", []):
            yield value


def _acronym_of(label: str, acronyms: Sequence[str]) -> str:
    """The acronym that the label spells: a body with two names has two acronyms.

    >>> _acronym_of("Lagoon Centre for Rights", ["CLD", "LCR"])
    'LCR'
    """
    folded = fold(label)

    def spelt(acronym: str) -> bool:
        letters = iter(folded)
        wanted = fold(acronym)
        return folded[:1] == wanted[:1] and all(letter in letters for letter in wanted)

    return next((text for text in acronyms if spelt(text)), acronyms[0] if acronyms else "")


def _all(about: About, prop: str) -> list[str]:
    """All the texts of a property, in order, without repeats."""
    return sorted({text for text, _ in about.get(prop, [])})
