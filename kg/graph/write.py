"""Quads → TriG in one order: the same graph gives the same bytes, whatever built it."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.vocab import PREFIXES, RDF

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


def write_trig(quads: Iterable[Quad], *, base: str) -> bytes:
    """The graph as TriG with prefixes, UTF-8, sorted. *base* is the data's base IRI."""
    prefixes = PREFIXES | {
        "body": f"{base}organisation/",
        "frag": f"{base}fragment/",
        "g": f"{base}graph/",
        "place": f"{base}place/",
    }
    trig = pyoxigraph.serialize(sorted(quads, key=order), format=RdfFormat.TRIG, prefixes=prefixes)
    return trig or b""  # None is for those who pass a file to write to
