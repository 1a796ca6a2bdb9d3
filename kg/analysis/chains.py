"""Outcomes that grew out of each other, as somebody stated."""

from dataclasses import dataclass

import networkx as nx

from kg.network import Words

#: Relation → whether the record that states it is the earlier one. "See also" has no direction.
_EARLIER = {"led-to": True, "builds-on": False}


@dataclass(frozen=True, slots=True)
class Step:
    """One stated link: `before` came first, `after` grew out of it. Both are fragments."""

    before: str
    after: str
    relation: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Outcomes that hang together by stated links.

    `outcomes` in order, the earliest first; `longest`: the steps of one longest way through them;
    `steps`: all. In a `circle` outcomes grow out of themselves: then `longest` is empty.
    """

    number: int
    outcomes: tuple[str, ...]
    longest: tuple[Step, ...]
    steps: tuple[Step, ...]
    circle: bool


def chains(graph: nx.MultiDiGraph) -> tuple[Chain, ...]:
    """All chains, the longest first.

    Args:
        graph: From `kg.network.whole`.
    """
    stated = _stated(graph)
    found = []
    for part in nx.weakly_connected_components(stated):
        chain = stated.subgraph(part)
        circle = not nx.is_directed_acyclic_graph(chain)
        way = [] if circle else _longest(chain)
        steps = tuple(step for *_, step in sorted(chain.edges(data="step")))
        outcomes = sorted(part) if circle else nx.lexicographical_topological_sort(chain)
        found.append(
            Chain(
                0,
                tuple(outcomes),
                tuple(stated.edges[pair]["step"] for pair in nx.utils.pairwise(way)),
                steps,
                circle,
            )
        )
    found.sort(key=lambda c: (c.circle, -len(c.longest), -len(c.outcomes), c.outcomes))
    return tuple(
        Chain(number, c.outcomes, c.longest, c.steps, c.circle) for number, c in enumerate(found, 1)
    )


def _stated(graph: nx.MultiDiGraph) -> nx.DiGraph:
    """Outcome → the one that grew out of it; what is stated from both ends is one step."""
    found: dict[tuple[str, str], list[tuple[str, tuple[Words, ...]]]] = {}
    for start, end, about in graph.edges(data=True):
        if about["relation"] in _EARLIER and start != end:
            pair = (start, end) if _EARLIER[about["relation"]] else (end, start)
            found.setdefault(pair, []).append((about["relation"], about["words"]))
    stated = nx.DiGraph()
    for (before, after), said in sorted(found.items(), key=lambda item: item[0]):
        said.sort(key=lambda pair: pair[0])
        words = tuple(words for _, several in said for words in several)
        stated.add_edge(before, after, step=Step(before, after, said[0][0], words))
    return stated


def _longest(chain: nx.DiGraph) -> list[str]:
    """The nodes of one longest way; the same one on every run."""
    best: dict[str, list[str]] = {}
    for node in nx.lexicographical_topological_sort(chain):
        ways = [best[before] for before in chain.predecessors(node)]
        best[node] = [*min(ways, key=lambda way: (-len(way), way), default=[]), node]
    return min(best.values(), key=lambda way: (-len(way), way))
