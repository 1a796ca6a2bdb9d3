"""Brings a harvest to another SPARQL server, graph by graph, and makes sure that all is there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.remote.endpoint import Endpoint, EndpointError, PartError

Progress = Callable[[str, int, int], None]

#: Bytes of one request: small enough for the limits of servers, large enough to be quick.
_CHUNK = 4_000_000

_COUNT = "SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {where} }} GROUP BY ?g {end}"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a server holds now: graphs and triples, and how many graphs of ours it held no more."""

    graphs: int
    triples: int
    removed: int


def push(
    trig: Path, endpoint: Endpoint, *, base: str, progress: Progress, replace: bool = False
) -> Pushed:
    """Make a server hold this harvest, and nothing else under its base IRI.

    A push that was broken off is completed by the next one: graphs that are there are replaced
    whole, the others are added.

    Args:
        trig: `harvest.trig` of a build or a release.
        endpoint: The server.
        base: Base IRI of the harvest: graphs below it that are not in the file are removed.
        progress: Told (step, done, of).
        replace: Also where what is there looks like another harvest's: more graphs would go
            than are of this one.

    Raises:
        EndpointError: the server is gone or refuses; looks like another harvest's; does not
            answer over the union of its graphs; holds another number of triples than were sent.
    """
    there = held(endpoint)
    sizes: dict[str, int] = {}
    waiting: list[Quad] = []
    weight = 0
    ours = {name for name, _ in _graphs(trig)}
    gone = sorted(name for name in there if name.startswith(base) and name not in ours)
    if len(gone) > len(ours & there.keys()) and not replace:
        raise EndpointError(
            f"{endpoint.host}: holds {len(gone):,} graphs under this base IRI that are not of this "
            "harvest, more than are of it: another one's? Nothing was sent. Give each harvest a "
            "base_iri of its own in kg.toml, or let this one take their place: --replace"
        )

    def flush() -> None:
        if waiting:
            endpoint.add(serialize(waiting, format=RdfFormat.N_QUADS) or b"")
            waiting.clear()

    for name, triples in _graphs(trig):
        content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        sizes[name] = len(triples)
        if endpoint.layout.many and name not in there:
            waiting += [Quad(t.subject, t.predicate, t.object, NamedNode(name)) for t in triples]
            weight += len(content)
            if weight > _CHUNK:
                flush()
                weight = 0
        else:
            endpoint.put(name, content)
        progress("pushing graphs", len(sizes), len(ours))
    flush()
    for name in gone:
        endpoint.remove(name)
    _sure(endpoint, sizes)
    return Pushed(len(sizes), sum(sizes.values()), len(gone))


def _graphs(trig: Path) -> Iterator[tuple[str, list[Triple]]]:
    """Each named graph once: they stand one after the other in the file."""
    quads = parse(path=trig, format=RdfFormat.TRIG)
    for name, found in groupby(quads, key=lambda quad: quad.graph_name):
        yield name.value, [quad.triple for quad in found]


def held(endpoint: Endpoint) -> dict[str, int]:
    """Triples by named graph. Counted, not DISTINCT: Virtuoso never ends on that."""
    try:
        return _counts(endpoint.select(_COUNT.format(where="", end="")))
    except PartError as part:
        page = max(1, part.most - 1)
    found: dict[str, int] = {}
    while True:  # a server that gives so many rows and no more
        beyond = f'FILTER(STR(?g) > "{max(found)}")' if found else ""
        end = f"ORDER BY STR(?g) LIMIT {page}"
        rows = _counts(endpoint.select(_COUNT.format(where=beyond, end=end)))
        if len(rows) < page or rows.keys() <= found.keys():
            return found | rows
        found |= rows


def _counts(rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    return {row["g"]: int(row["n"]) for row in rows if "g" in row}


def _sure(endpoint: Endpoint, sizes: Mapping[str, int]) -> None:
    """Is it all there, and do questions see it?"""
    counts = held(endpoint)
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
