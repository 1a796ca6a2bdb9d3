"""Parts of a graph that is too large to look at: a neighbourhood, or the most linked."""

from collections import Counter
from collections.abc import Iterable

import networkx as nx

from kg.errors import UsageError
from kg.network.words import HUBS, KINDS

#: Beyond this a network page is a hairball that nobody reads, and slow.
LARGEST = 500


def around(graph: nx.MultiDiGraph, node_iri: str, hops: int = 1) -> nx.MultiDiGraph:
    """A node and all that lies within `hops` links of it, whatever their direction.

    What nearly everything links to (actors, changes, places, objectives, the
    programme) is shown but not passed through, or two hops would be the whole
    harvest; where such a node is itself asked for, its own links are followed.

    Args:
        graph: From `whole`.
        node_iri: A node; an outcome's own IRI finds its fragment too.
        hops: 1 or more.

    Raises:
        UsageError: There is no such node, or hops is below 1.
    """
    if hops < 1:
        raise UsageError(f"--hops {hops}: expected 1 or more. Try --hops 1.")
    start = node_iri
    if start not in graph:
        named = [node for node, iri in graph.nodes(data="outcome") if iri == node_iri]
        if not named:
            raise UsageError(
                "--around: nothing of that name is in the network of this harvest; expected an "
                "outcome, organisation, code, objective, actor or place that has links. "
                "See `kg query outcomes` and `kg query organisations`."
            )
        start = named[0]
    kept, edge = {start}, [start]
    for _ in range(hops):
        passed = [node for node in edge if node == start or graph.nodes[node]["kind"] not in HUBS]
        found = {near for node in passed for near in nx.all_neighbors(graph, node)}
        edge = sorted(found - kept)
        kept |= found
    return _only(graph, kept)


def largest_part(graph: nx.MultiDiGraph, limit: int = LARGEST) -> nx.MultiDiGraph:
    """The most linked part of a graph, of at most `limit` nodes.

    Hubs and framework come first (they say what the harvest is about), then
    organisations by the number of their outcomes, then the outcomes with most
    links to what is kept. What was left out stands in `graph["left_out"]`:
    (kind, kept, of) for each kind that lost nodes.

    Returns:
        The graph itself where it is small enough.
    """
    if len(graph) <= limit:
        return graph
    degree = dict(graph.degree())

    def best(kinds: Iterable[str], room: int) -> list[str]:
        wanted = set(kinds)
        nodes = [node for node, kind in graph.nodes(data="kind") if kind in wanted]
        return sorted(nodes, key=lambda node: (-degree[node], node))[: max(room, 0)]

    third = limit // 3
    kept = set(best((*HUBS, "result", "output"), third))
    kept |= set(best(("organisation", "other"), third))
    links = Counter(
        node
        for pair in graph.edges()
        for node, other in (pair, pair[::-1])
        if other in kept and node not in kept
    )
    outcomes = [node for node, kind in graph.nodes(data="kind") if kind == "outcome"]
    outcomes.sort(key=lambda node: (-links[node], -degree[node], node))
    kept |= set(outcomes[: limit - len(kept)])
    rest = [node for node in best(KINDS, len(graph)) if node not in kept]
    kept |= set(rest[: limit - len(kept)])
    part = _only(graph, kept)
    before = Counter(kind for _, kind in graph.nodes(data="kind"))
    after = Counter(kind for _, kind in part.nodes(data="kind"))
    part.graph["left_out"] = tuple(
        (kind, after[kind], before[kind]) for kind in KINDS if after[kind] < before[kind]
    )
    return part


def _only(graph: nx.MultiDiGraph, kept: set[str]) -> nx.MultiDiGraph:
    """A copy that holds some nodes and the links among them, in the order of the original."""
    part = nx.MultiDiGraph(**graph.graph)
    part.add_nodes_from(
        (node, dict(about)) for node, about in graph.nodes(data=True) if node in kept
    )
    part.add_edges_from(
        (start, end, key, dict(about))
        for start, end, key, about in graph.edges(keys=True, data=True)
        if start in kept and end in kept
    )
    return part
