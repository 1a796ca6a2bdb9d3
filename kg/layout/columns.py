"""The arrangement in columns, from who contributed to what the programme wants."""

from collections.abc import Mapping, Sequence

import networkx as nx

from kg.layout.boxes import WIDTH, Positions, rounded
from kg.network.words import HUBS

#: From who is said to have contributed to what the programme wants; hubs stand below.
_COLUMN_OF_KIND = {
    "programme": 0,
    "organisation": 0,
    "outcome": 1,
    "other": 1,
    "output": 2,
    "result": 3,
    "objective": 4,
}
_COLUMN_WIDTH, _ROW_HEIGHT, _LONGEST_COLUMN = 340.0, 76.0, 24
_LONGEST_ROW = 14


def columns(graph: nx.MultiDiGraph) -> Positions:
    """The arrangement in columns: agents, outcomes, outputs, results, objectives.

    Within a column, nodes stand near what they link to (barycentres, eight
    sweeps); a long column is broken into several beside each other. Actors,
    changes and places, which describe outcomes, stand in rows below.
    """
    order: dict[int, list[str]] = {}
    below: list[str] = []
    for node in sorted(graph):
        column = _COLUMN_OF_KIND.get(graph.nodes[node]["kind"])
        (below if column is None else order.setdefault(column, [])).append(node)
    _sweep(graph, order)
    placed: Positions = {}
    left = 0.0
    for column in sorted(order):
        members = order[column]
        parts = -(-len(members) // _LONGEST_COLUMN)
        rows = -(-len(members) // parts)
        step = _ROW_HEIGHT * _stretch(rows)
        for place, node in enumerate(members):
            # Broken by turns, so that neighbours stay at one height.
            row = place // parts + place % parts / parts
            x = left + place % parts * _COLUMN_WIDTH * 0.6
            placed[node] = (x, (row - (rows - 1) / 2) * step)
        left += _COLUMN_WIDTH * (1 + (parts - 1) * 0.6)
    kinds = {kind: [n for n in below if graph.nodes[n]["kind"] == kind] for kind in sorted(HUBS)}
    for members in kinds.values():
        placed |= _rows_below(members, placed)
    return rounded(placed)


def _rows_below(members: Sequence[str], placed: Positions) -> Positions:
    """Rows below the rest, spread over its width; at most fourteen in a row, for their labels."""
    xs = [x for x, _ in placed.values()] or [0.0]
    left, wide = min(xs), max(max(xs) - min(xs), len(members) * WIDTH * 1.6)
    top = max((y for _, y in placed.values()), default=0.0)
    rows = -(-len(members) // _LONGEST_ROW)
    across = -(-len(members) // max(rows, 1))
    return {
        node: (
            left + wide * (place % across + 0.5) / across,
            top + (place // across + 1) * _ROW_HEIGHT * 2,
        )
        for place, node in enumerate(members)
    }


def _sweep(graph: nx.MultiDiGraph, order: Mapping[int, list[str]]) -> None:
    """Sort each column by where the neighbours of its nodes stand, there and back."""
    height = {
        node: (place + 0.5) / len(members)
        for members in order.values()
        for place, node in enumerate(members)
    }
    near = {node: sorted(set(nx.all_neighbors(graph, node)) & set(height)) for node in height}
    for sweep in range(8):
        for column in sorted(order, reverse=bool(sweep % 2)):
            # What links to nothing here goes to the end.
            wish = {
                node: sum(height[other] for other in near[node]) / len(near[node])
                if near[node]
                else 2.0
                for node in order[column]
            }
            order[column].sort(key=lambda node: (round(wish[node], 9), node))
            for place, node in enumerate(order[column]):
                height[node] = (place + 0.5) / len(order[column])


def _stretch(rows: int) -> float:
    """Short columns stand looser, so that they fill the height of the long ones."""
    return max(1.0, min(2.6, _LONGEST_COLUMN * 0.75 / max(rows, 1)))
