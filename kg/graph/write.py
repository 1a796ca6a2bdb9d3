"""Quads of others (the ontology's) → a block of TriG, in one order."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.graph.terms import prefixes
from kg.vocab import RDF

_TYPE = f"<{RDF}type>"


def order(quad: Quad) -> tuple[str, str, bool, str, str]:
    """Sort key: graph, subject, type first, predicate, object."""
    predicate = str(quad.predicate)
    return (
        str(quad.graph_name),
        str(quad.subject),
        predicate != _TYPE,
        predicate,
        str(quad.object),
    )


def quads_block(quads: Iterable[Quad], *, base: str) -> bytes:
    """Quads as TriG, sorted, to be written under the prefixes of `kg.graph.terms.header`."""
    written = pyoxigraph.serialize(
        sorted(quads, key=order), format=RdfFormat.TRIG, prefixes=prefixes(base)
    )
    lines = (written or b"").splitlines(keepends=True)  # None is for those who name a file
    return b"".join(line for line in lines if not line.startswith(b"@prefix "))
