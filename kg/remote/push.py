"""Brings a harvest to another SPARQL server, graph by graph, and makes sure that all is there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.remote.endpoint import Endpoint, EndpointError

Progress = Callable[[str, int, int], None]

#: Bytes of one request: small enough for the limits of servers, large enough to be quick.
_CHUNK = 4_000_000


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a server holds now: graphs and triples, and how many graphs of ours it held no more."""

    graphs: int
    triples: int
    removed: int


def push(trig: Path, endpoint: Endpoint, *, base: str, progress: Progress) -> Pushed:
    """Make a server hold this harvest, and nothing else under its base IRI.

    A push that was broken off is completed by the next one: graphs that are there are replaced
    whole, the others are added.

    Args:
        trig: `harvest.trig` of a build or a release.
        endpoint: The server.
        base: Base IRI of the harvest: graphs below it that are not in the file are removed.
        progress: Told (step, done, of).

    Raises:
        EndpointError: the server is gone or refuses; or it does not answer over the union of its
            graphs, or holds another number of triples than were sent.
    """
    held = _held(endpoint)
    sizes: dict[str, int] = {}
    waiting: list[Quad] = []
    weight = 0
    total = _count(trig)

    def flush() -> None:
        if waiting:
            endpoint.add(serialize(waiting, format=RdfFormat.N_QUADS) or b"")
            waiting.clear()

    for name, triples in _graphs(trig):
        content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        sizes[name] = len(triples)
        if endpoint.layout.many and name not in held:
            waiting += [Quad(t.subject, t.predicate, t.object, NamedNode(name)) for t in triples]
            weight += len(content)
            if weight > _CHUNK:
                flush()
                weight = 0
        else:
            endpoint.put(name, content)
        progress("pushing graphs", len(sizes), total)
    flush()
    gone = sorted(name for name in held if name.startswith(base) and name not in sizes)
    for name in gone:
        endpoint.remove(name)
    _sure(endpoint, sizes)
    return Pushed(len(sizes), sum(sizes.values()), len(gone))


def _graphs(trig: Path) -> Iterator[tuple[str, list[Triple]]]:
    """Each named graph once: they stand one after the other in the file."""
    quads = parse(path=trig, format=RdfFormat.TRIG)
    for name, found in groupby(quads, key=lambda quad: quad.graph_name):
        yield name.value, [quad.triple for quad in found]


def _count(trig: Path) -> int:
    """How many graphs there are to come."""
    return sum(1 for _ in _graphs(trig))


def _held(endpoint: Endpoint) -> dict[str, int]:
    """Triples by named graph. Counted, not DISTINCT: Virtuoso never ends on that."""
    rows = endpoint.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"]: int(row["n"]) for row in rows}


def _sure(endpoint: Endpoint, sizes: Mapping[str, int]) -> None:
    """Is it all there, and do questions see it?"""
    counts = _held(endpoint)
    wrong = sum(1 for name, size in sizes.items() if counts.get(name) != size)
    if wrong:
        raise EndpointError(
            f"{endpoint.host}: {wrong} graphs hold other numbers of triples there than were sent. "
            "Push again; where that does not help, the server changes what it is given."
        )
    union = endpoint.select("SELECT ?f WHERE { ?f a oh:Fragment } LIMIT 1")
    fragments = any("/fragment/" in name for name in sizes)
    if fragments and not union:
        raise EndpointError(
            f"{endpoint.host}: holds the harvest, but questions see its default graph alone. Let "
            "it answer over the union of its graphs: oxigraph serve --union-default-graph; Fuseki: "
            "tdb2:unionDefaultGraph true."
        )
