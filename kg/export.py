"""The graph as a file for another tool: Turtle, TriG, N-Quads. One order, the same bytes each time.

What leaves the machine names its audience; an internal file says INTERNAL at its head.
"""

from enum import StrEnum
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg.graph.write import order
from kg.model import Audience
from kg.vocab import PREFIXES

_NOTE = "# INTERNAL: holds confidential records. Do not pass on.\n"


class ExportFormat(StrEnum):
    """What `kg export` writes."""

    TTL = "ttl"
    TRIG = "trig"
    NQ = "nq"


def export(trig: Path, form: ExportFormat, *, audience: Audience) -> bytes:
    """The harvest in another serialisation, UTF-8.

    Args:
        trig: `harvest.trig` of the audience.
        form: `ttl` loses which fragment says what (the union of all graphs);
            `trig` and `nq` keep it.
        audience: Decides the note at the head.
    """
    head = _NOTE.encode() if audience is Audience.INTERNAL else b""
    if form is ExportFormat.TRIG:
        return head + trig.read_bytes()
    with trig.open("rb") as stream:
        quads = list(pyoxigraph.parse(stream, format=RdfFormat.TRIG))
    if form is ExportFormat.NQ:
        return head + _serialise(quads, RdfFormat.N_QUADS)
    union = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads}
    return head + _serialise(union, RdfFormat.TURTLE)


def _serialise(quads: "list[Quad] | set[Quad]", form: RdfFormat) -> bytes:
    prefixes = PREFIXES if form is RdfFormat.TURTLE else None
    return pyoxigraph.serialize(sorted(quads, key=order), format=form, prefixes=prefixes) or b""
