"""Gathers links so that there is one a relation between two nodes, with all its words."""

from collections.abc import Iterable

import networkx as nx

from kg.network.words import Words, in_order

_FRAMEWORK = frozenset({"objective", "result", "output"})
_RESULTS = frozenset({"result", "output"})


class Links:
    """Links on their way into a graph.

    >>> links = Links()
    >>> links.add("a", "b", "contributor", "claim")
    >>> links.add("a", "b", "contributor", "claim")
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("ab")
    >>> links.write(graph)
    >>> graph.number_of_edges()
    1
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], tuple[str, list[Words]]] = {}
        self._pairs: set[tuple[str, str]] = set()

    def add(
        self, start: str, end: str, relation: str, family: str, words: Iterable[Words] = ()
    ) -> None:
        """Add a link, or words to one that is there."""
        self._pairs.add((start, end))
        self._found.setdefault((start, end, relation), (family, []))[1].extend(words)

    def between(self, start: str, end: str) -> bool:
        """Is there any link from one to the other?"""
        return (start, end) in self._pairs

    def write(self, graph: nx.MultiDiGraph) -> None:
        """Put the links into the graph, in order; one whose ends are not both there stays out."""
        for (start, end, relation), (family, words) in sorted(
            self._found.items(), key=lambda item: item[0]
        ):
            if start in graph and end in graph:
                graph.add_edge(
                    start,
                    end,
                    key=relation,
                    relation=relation,
                    family=family,
                    words=in_order(words),
                )


def mark_gaps(graph: nx.MultiDiGraph) -> None:
    """Set `gap`: an outcome linked to no result, or a result that no outcome is linked to.

    A result counts the outcomes of what lies under it. Shown hollow on a page:
    what was promised and not reported is an answer too.
    """
    reached: set[str] = set()
    for start, end, relation in graph.edges(data="relation"):
        if relation == "contributes-to":
            reached.add(end)
            if graph.nodes[end]["kind"] in _RESULTS:
                reached.add(start)
    above = nx.DiGraph(
        [
            (start, end)
            for start, end, relation in graph.edges(data="relation")
            if relation == "broader"
        ]
    )
    for node in sorted(reached & set(above)):
        reached |= nx.descendants(above, node)
    for node, about in graph.nodes(data=True):
        about["gap"] = about["kind"] in {"outcome", *_FRAMEWORK} and node not in reached
