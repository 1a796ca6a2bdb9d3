"""What the results frameworks promise, and which outcomes stand behind each promise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.export.words import spoken
from kg.trace.frame import natural
from kg.vocab import SPARQL_HEAD

Select = Callable[[str], Sequence[Mapping[str, str]]]

#: A node that only follows from the number of another is neither promised nor stated.
_NAMED = """
SELECT DISTINCT ?node WHERE {
  ?node a oh:FrameworkNode .
  FILTER(
    EXISTS { ?node oh:declared ?promised } || EXISTS { ?stating oh:contributesTo ?node }
    || EXISTS { ?words itsrdf:taIdentRef ?node }
  )
} ORDER BY ?node"""
_KINDS = ("objective", "result", "output")


@dataclass(frozen=True, slots=True)
class Promise:
    """An objective, outcome or output of a results framework.

    `direct` are IRIs of outcomes that name it, `total` those that name it or
    something under it. `above` are the IRIs over it, nearest first.
    `named`: a table declares it, or a record names it.
    """

    iri: str
    kind: str  # objective, result, output
    code: str
    label: str
    country: str
    above: tuple[str, ...]
    direct: frozenset[str]
    total: frozenset[str]
    named: bool

    @property
    def gap(self) -> bool:
        """Has it no outcome at all?"""
        return not self.total


def promises(graph: nx.MultiDiGraph, select: Select, *, language: str) -> tuple[Promise, ...]:
    """All of them: objectives first, then country by country in the order of their numbers."""
    nodes = [node for node, kind in graph.nodes(data="kind") if kind in _KINDS]
    named = {row["node"] for row in select(SPARQL_HEAD + _NAMED)}
    up = {node: _over(graph, node) for node in nodes}
    direct = {
        node: frozenset(
            start
            for start, _, relation in graph.in_edges(node, data="relation")
            if relation == "contributes-to"
        )
        for node in nodes
    }
    total: dict[str, set[str]] = {node: set(direct[node]) for node in nodes}
    for node in nodes:
        for over in up[node]:
            total[over] |= direct[node]
    found = [
        Promise(
            iri=node,
            kind=graph.nodes[node]["kind"],
            code=graph.nodes[node]["search"][0],
            label=_label(graph.nodes[node], language),
            country=_country(graph.nodes[node], language),
            above=up[node],
            direct=direct[node],
            total=frozenset(total[node]),
            named=node in named,
        )
        for node in nodes
    ]
    return tuple(sorted(found, key=_order))


def _order(promise: Promise) -> tuple[object, ...]:
    numbers = natural(promise.code)
    return (promise.kind != "objective", promise.country, numbers, promise.kind, promise.iri)


def _over(graph: nx.MultiDiGraph, node: str) -> tuple[str, ...]:
    """What stands above a node, nearest first. A circle in a table ends where it closes."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        parents = sorted(
            end
            for _, end, relation in graph.out_edges(waiting.pop(0), data="relation")
            if relation == "broader"
        )
        new = [end for end in parents if end not in found and end != node]
        found += new
        waiting += new
    return tuple(found)


def _label(about: Mapping[str, object], language: str) -> str:
    """The words of a promise, without the code and country that its label begins with."""
    labels: Mapping[str, str] = about["labels"]  # type: ignore[assignment]
    return spoken(labels, language).removeprefix(str(about["short"])).strip()


def _country(about: Mapping[str, object], language: str) -> str:
    fields = dict(about["fields"])  # type: ignore[call-overload]
    return "; ".join(filter(None, (spoken(v, language) for v in fields.get("country", ()))))
