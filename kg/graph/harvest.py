"""The whole graph: fragments, shared nodes, run. The ontology's own graphs are joined last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from kg.errors import KgError
from kg.frameworks import Frameworks
from kg.graph.fragment import fragment_quads
from kg.graph.shared import (
    candidate_quads,
    framework_quads,
    organisation_quads,
    place_quads,
    run_quads,
)
from kg.model import Claim, Entity, Fragment, Mention
from kg.outcome_links import OutcomeLink
from kg.vocab import Names, slug


@dataclass(frozen=True, slots=True)
class HarvestParts:
    """What the earlier stages found, ready to be said in RDF.

    `sources` are (file name, media type) in order; empty for a release, which
    names no file. `place_labels` are labels of known places by slug.
    """

    fragments: Sequence[Fragment]
    mentions: Sequence[Mention]
    entities: Sequence[Entity]
    claims: Sequence[Claim]
    links: Sequence[OutcomeLink]
    frameworks: Frameworks
    sources: Sequence[tuple[str, str]]
    place_labels: Mapping[str, str]
    programme: str
    version: str


def harvest_quads(parts: HarvestParts, *, names: Names) -> Iterator[Quad]:
    """All quads of a harvest but the ontology's, in no particular order."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in parts.mentions:
        mentions[mention.key].append(mention)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in parts.claims:
        claims[claim.key].append(claim)
    related: dict[str, list[OutcomeLink]] = defaultdict(list)
    for link in parts.links:
        related[link.key].append(link)
    sources = {
        name: names.source(number) for number, (name, _) in enumerate(parts.sources, start=1)
    }
    for fragment in parts.fragments:
        yield from fragment_quads(
            fragment,
            mentions=mentions[fragment.key],
            claims=claims[fragment.key],
            related=related[fragment.key],
            links=parts.frameworks.links.get(fragment.key, ()),
            unlinked=parts.frameworks.unlinked.get(fragment.key),
            sources=sources,
            programme=names.programme(slug(fragment.programme or parts.programme)),
            names=names,
        )
    yield from organisation_quads(parts.entities, names=names)
    yield from framework_quads(parts.frameworks, names=names)
    yield from place_quads(
        parts.fragments,
        parts.entities,
        parts.frameworks,
        labels=dict(parts.place_labels),
        names=names,
    )
    yield from candidate_quads(parts.fragments, names=names)
    yield from run_quads(parts.sources, version=parts.version, names=names)


def harvest_graph(parts: HarvestParts, ontology: Iterable[Quad], *, names: Names) -> set[Quad]:
    """The whole graph with the ontology's own graphs.

    Raises:
        KgError: a triple would stand in two graphs; a defect of kg.
    """
    quads = {*harvest_quads(parts, names=names), *ontology}
    if not disjoint(quads):
        raise KgError(
            "A triple stands in two graphs, which would be counted twice; nothing was "
            "written. This is a defect of kg: please report it with the version."
        )
    return quads


def disjoint(quads: Iterable[Quad]) -> bool:
    """Does no triple stand in two graphs? The engine would count it once a graph.

    A graph named by a fragment holds that fragment's own subjects, and no
    other graph does; among all other quads each triple stands once.
    """
    owners: set[str] = set()
    others: set[Triple] = set()
    elsewhere: set[str] = set()
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode) or not isinstance(quad.subject, NamedNode):
            return False  # no blank nodes, and nothing outside a named graph
        graph, subject = quad.graph_name.value, quad.subject.value
        owner = subject.partition("#")[0]
        if owner == graph:
            owners.add(graph)
            continue
        elsewhere.add(owner)
        if quad.triple in others:
            return False
        others.add(quad.triple)
    return not owners & elsewhere
