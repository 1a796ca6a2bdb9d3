"""The whole graph: fragments, shared nodes, run. The ontology's own graphs are joined last."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.aside import taken_apart
from kg.errors import KgError
from kg.frameworks import Frameworks
from kg.graph.fragment import fragment_graph
from kg.graph.shared import (
    candidate_graph,
    framework_graph,
    organisation_graph,
    place_graph,
    run_graph,
)
from kg.graph.terms import Writer, header
from kg.graph.write import quads_block
from kg.model import Claim, Entity, Fragment, Mention
from kg.outcome_links import OutcomeLink
from kg.vocab import Names, slug


@taken_apart
@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one fragment."""

    key: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    links: tuple[OutcomeLink, ...]


@dataclass(frozen=True, slots=True)
class HarvestParts:
    """What the earlier stages found, ready to be said in RDF.

    `fragments` stand in order of key, and `found` beside them, one for each. `counts` says how
    many fragments there are, claims, mentions of each kind and status. `sources` are (file name,
    media type) in order; empty for a release, which names no file. `place_labels` are labels of
    known places by slug.
    """

    fragments: Sequence[Fragment]
    found: Sequence[Found]
    entities: Sequence[Entity]
    counts: Mapping[str, int]
    frameworks: Frameworks
    sources: Sequence[tuple[str, str]]
    place_labels: Mapping[str, str]
    programme: str
    version: str


def harvest_trig(parts: HarvestParts, ontology: Iterable[Quad], *, names: Names) -> Iterator[bytes]:
    """The whole graph as TriG, a named graph at a time: prefixes, fragments by key, shared nodes.

    Args:
        parts: What the earlier stages found.
        ontology: Terms and vocabularies, each in a graph of its own.
        names: Mints the IRIs.

    Raises:
        KgError: a triple would stand in two graphs; a defect of kg.
    """
    yield header(names.base).encode()
    for graph in _fragment_graphs(parts, names=names):
        yield graph.block().encode("utf-8", "replace")
    shared = _shared_graphs(parts, names=names)
    vocabularies = set(ontology)
    if not _disjoint(shared, vocabularies, base=names.base):
        raise KgError(
            "A triple stands in two graphs, which would be counted twice; nothing was "
            "written. This is a defect of kg: please report it with the version."
        )
    for graph in sorted(shared, key=lambda graph: graph.graph):
        yield graph.block().encode("utf-8", "replace")
    yield quads_block(vocabularies, base=names.base)


def _fragment_graphs(parts: HarvestParts, *, names: Names) -> Iterator[Writer]:
    sources = {
        name: names.source(number) for number, (name, _) in enumerate(parts.sources, start=1)
    }
    for fragment, found in zip(parts.fragments, parts.found, strict=True):
        yield fragment_graph(
            fragment,
            mentions=found.mentions,
            claims=found.claims,
            related=found.links,
            links=parts.frameworks.links.get(fragment.key, ()),
            unlinked=parts.frameworks.unlinked.get(fragment.key),
            sources=sources,
            programme=names.programme(slug(fragment.programme or parts.programme)),
            names=names,
        )


def _shared_graphs(parts: HarvestParts, *, names: Names) -> list[Writer]:
    places = dict(parts.place_labels)
    return [
        organisation_graph(parts.entities, names=names),
        framework_graph(parts.frameworks, names=names),
        place_graph(parts.fragments, parts.entities, parts.frameworks, labels=places, names=names),
        candidate_graph(parts.fragments, names=names),
        run_graph(parts.sources, version=parts.version, names=names),
    ]


def _disjoint(shared: Iterable[Writer], vocabularies: Collection[Quad], *, base: str) -> bool:
    """Does no triple of the shared graphs stand twice? Writers see to those of the fragments.

    The vocabularies speak of their own terms, never of the data.
    """
    said = [triple for graph in shared for triple in graph.triples]
    terms = {quad.triple for quad in vocabularies}
    foreign = any(str(triple.subject).startswith(f"<{base}") for triple in terms)
    return len(said) == len(set(said)) and len(terms) == len(vocabularies) and not foreign
