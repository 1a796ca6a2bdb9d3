"""The page of a harvest that is too large for a page: its most linked part, and how to see others.

A browser opens no page with a hundred thousand outcomes, and nobody reads one. So the file is
read once, a fragment at a time: what most outcomes link to, and the outcomes with most links to
that, are drawn as `kg draw` draws; the page says how much it left out. `kg query`, `kg serve` and
`kg draw --around NAME` ask the whole harvest.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

from kg.draw import network_page
from kg.graph.changed import END, pieces
from kg.model import Audience
from kg.network import largest_part, swept, whole

#: Bytes of a graph beyond which its page holds its most linked part alone: about 14,000 records of
#: the usual length, or 40,000 of four sentences (docs/scale.md). Making the page of a graph of this
#: size takes 2 GB of memory.
LARGEST_PAGE = 400_000_000

_OUTCOMES = 400  # taken from the file; a page draws the best linked of them
_OUTCOME = b"\n  :outcome a oh:Outcome"
_OWN = b"@prefix : <"
_LINKS = frozenset(
    {b"oh:involves", b"oh:contributesTo", b"oh:changeIn", b"oh:typeOfChange", b"oh:country"}
)


def is_large(trig: Path) -> bool:
    """Is a graph too large for the page of all of it?"""
    return trig.stat().st_size > LARGEST_PAGE


def part_page(trig: Path, *, name: str, audience: Audience, language: str = "en") -> str:
    """The page of the most linked part of a harvest: one HTML file that fetches nothing.

    Args:
        trig: The graph of the harvest, as kg writes it.
        name: Of the project, the heading of the page.
        audience: Whose copy it shows; the page says INTERNAL or PUBLIC.
        language: In which the page starts: "en" or "fr" (any other: English).
    """
    linked: Counter[bytes] = Counter()
    bodies: set[bytes] = set()
    outcomes = 0
    for _, links in _fragments(trig):
        outcomes += 1
        for predicate, node in links:
            linked[node] += 1
            if predicate == b"oh:involves":
                bodies.add(node)
    # Of those that all link alike the first ones, in order of key.
    best = heapq.nlargest(
        _OUTCOMES,
        (
            (sum(linked[node] for _, node in links), -number)
            for number, (_, links) in enumerate(_fragments(trig))
        ),
    )
    chosen = {-place for _, place in best}
    select = swept(_only(trig, chosen), otherwise=_nothing)
    graph = whole(select)
    kinds = graph.nodes(data="kind")
    # What other outcomes alone link to.
    graph.remove_nodes_from([node for node in [*nx.isolates(graph)] if kinds[node] != "outcome"])
    graph = largest_part(graph)
    every = {"outcome": outcomes, "organisation": len(bodies)}
    kept = Counter(kind for _, kind in graph.nodes(data="kind"))
    graph.graph["left_out"] = tuple(
        (kind, kept[kind], count) for kind, count in every.items() if kept[kind] < count
    )
    return network_page(
        graph, title=name, audience=audience, language=language if language == "fr" else "en"
    )


def _fragments(trig: Path) -> Iterator[tuple[bytes, list[tuple[bytes, bytes]]]]:
    """Each fragment's graph as written, and what its outcome links to: (property, node)."""
    for piece in pieces(trig):
        start = piece.find(_OWN)
        if start < 0:
            continue
        begin = piece.find(_OUTCOME, start)
        end = piece.find(b" .\n", begin)
        block = piece[begin : end if end >= 0 else len(piece)] if begin >= 0 else b""
        links: list[tuple[bytes, bytes]] = []
        for line in block.split(b" ;\n"):
            predicate, _, said = line.strip().partition(b" ")
            if predicate in _LINKS:
                links += [(predicate, node) for node in said.split(b" , ")]
        yield piece[start:], links


def _only(trig: Path, chosen: set[int]) -> bytes:
    """The graph with the fragments of some places alone."""
    found: list[bytes] = []
    number = 0
    for piece in pieces(trig):
        start = piece.find(_OWN)
        if start < 0:
            found.append(piece)
            continue
        found.append(piece[:start])  # the prefixes of the file, before its first graph
        if number in chosen:
            found.append(piece[start:])
        number += 1
    return _joined(found)


def _joined(found: list[bytes]) -> bytes:
    whole: list[bytes] = []
    for place, piece in enumerate(found):
        head = piece.startswith(b"@prefix ") and not piece.startswith(_OWN)
        last = place == len(found) - 1
        if piece:
            whole.append(piece if head or last else piece + END)
    return b"".join(whole)


def _nothing(_sparql: str) -> list[dict[str, str]]:
    raise LookupError("a question of the page that its part does not answer")
