"""Organisations that stand in the same outcomes, as a graph without directions."""

from collections.abc import Sequence

import networkx as nx

from kg.network import Words

#: Roles that say no more than that a name stands in the text.
MENTIONED = "mentioned"


def together(graph: nx.MultiDiGraph, *, mentioned: bool = False) -> nx.Graph:
    """Who stands in the same outcomes as whom.

    Args:
        graph: From `kg.network.whole`.
        mentioned: Count names, too, of which no role is stated.

    Returns:
        Organisations that have a part in any outcome, in order of IRI, with `label`, `short` and
        `outcomes` (IRIs, sorted). Two are linked where they share outcomes; the link has these
        `outcomes`, and the `weight` of Newman (2001): an outcome of n organisations adds
        1 / (n - 1), so that a list of thirty names does not outweigh thirty pairs.
    """
    parts: dict[str, set[str]] = {}
    for start, end, about in graph.edges(data=True):
        ends = graph.nodes[start]["kind"], graph.nodes[end]["kind"]
        if ends != ("organisation", "outcome") or about["family"] != "claim":
            continue
        if mentioned or about["relation"] != MENTIONED:
            parts.setdefault(start, set()).add(end)
    met = nx.Graph()
    for body in sorted(parts):
        about = graph.nodes[body]
        met.add_node(
            body, label=about["label"], short=about["short"], outcomes=tuple(sorted(parts[body]))
        )
    present: dict[str, list[str]] = {}
    for body in met:
        for outcome in met.nodes[body]["outcomes"]:
            present.setdefault(outcome, []).append(body)
    for outcome in sorted(present):
        bodies = present[outcome]
        for place, one in enumerate(bodies):
            for other in bodies[place + 1 :]:
                if not met.has_edge(one, other):
                    met.add_edge(one, other, outcomes=(), weight=0.0)
                link = met.edges[one, other]
                link["outcomes"] = (*link["outcomes"], outcome)
                link["weight"] += 1 / (len(bodies) - 1)
    return met


def words_of(graph: nx.MultiDiGraph, body: str, outcomes: Sequence[str]) -> tuple[Words, ...]:
    """The words that give an organisation its part in some outcomes, in order of place."""
    wanted = set(outcomes)
    return tuple(
        words
        for _, end, about in sorted(
            graph.out_edges(body, data=True), key=lambda e: (e[1], e[2]["relation"])
        )
        if end in wanted and about["family"] == "claim"
        for words in about["words"]
    )
