"""The graph as RDF: Turtle, TriG, N-Quads, JSON-LD."""

import json
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg.graph.write import order
from kg.vocab import PREFIXES

_FORMATS = {"nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD, "ttl": RdfFormat.TURTLE}


def triples(trig: Path, form: str, *, note: str) -> bytes:
    """The harvest in another serialisation, UTF-8, sorted; *note* at its head, if there is one."""
    head = f"# {note}\n".encode() if note else b""
    if form == "trig":
        return head + trig.read_bytes()
    with trig.open("rb") as stream:
        quads = list(pyoxigraph.parse(stream, format=RdfFormat.TRIG))
    if form == "ttl":
        quads = [*{Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads}]
    prefixes = PREFIXES if form == "ttl" else None
    written = pyoxigraph.serialize(
        sorted(quads, key=order), format=_FORMATS[form], prefixes=prefixes
    )
    return _noted(written or b"", note) if form == "jsonld" else head + (written or b"")


def _noted(written: bytes, note: str) -> bytes:
    """JSON-LD has no comments: a key that no context knows says nothing to a reader of triples."""
    tree = json.loads(written)
    whole = {"note": note, "@graph": tree if isinstance(tree, list) else [tree]}
    return (json.dumps(whole if note else tree, ensure_ascii=False, indent=1) + "\n").encode()
