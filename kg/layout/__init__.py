"""Where each node stands: computed once, here, so that everybody sees the same picture.

Two arrangements. `network`: what belongs together stands together. Forces act
between outcomes, organisations and results; hubs (actors, changes, places,
objectives, the programme) link to nearly everything, so they are left out of
the forces and stand on a ring around the rest, each on the side of what it
links to; in a sparse network they take part. What does not hang together is
packed side by side; nodes without any link stand on a shelf below.
`columns`: from who contributed, through outcomes, to the results framework,
as one reads a sentence.

Only element-wise arithmetic, in a fixed order, no random numbers, no BLAS:
the same bytes on every run and under every hash seed.
"""

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.network.words import HUBS

Points = NDArray[np.float64]
Positions = dict[str, tuple[float, float]]

#: Room that a node and its label take, in units of the page (pixels at zoom 1).
WIDTH, HEIGHT = 104.0, 68.0
#: A little wider than high, as the stage between two panels is.
_ASPECT = 1.12
_STEPS = 160
#: The forces rest when no node moves by more than this in a step.
_RESTS = 0.4
_PATIENCE = 40
_PACE = 32.0
#: Links a node, up to which no hairball can come of hubs.
_SPARSE = 1.3

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


def network(graph: nx.MultiDiGraph) -> Positions:
    """The arrangement by forces. Coordinates are rounded to one decimal.

    Args:
        graph: Nodes with `kind`; the order of nodes and edges does not matter.

    Returns:
        Node → (x, y), x to the right and y down. No two nodes stand nearer
        than `WIDTH` across and `HEIGHT` down. Empty for an empty graph.
    """
    nodes = sorted(graph)
    linked = nx.Graph()
    linked.add_nodes_from(nodes)
    linked.add_edges_from(sorted({tuple(sorted(pair)) for pair in graph.edges()}))
    linked.remove_edges_from(list(nx.selfloop_edges(linked)))
    alone = [node for node in nodes if not linked.degree(node)]
    hubs = [n for n in nodes if linked.degree(n) and graph.nodes[n]["kind"] in HUBS]
    if linked.number_of_edges() <= _SPARSE * len(nodes) or len(hubs) + len(alone) == len(nodes):
        # Little is linked, or nothing but hubs: then they hold together what there is to see.
        hubs = []
    core = linked.subgraph(n for n in nodes if linked.degree(n) and n not in set(hubs))
    placed = _packed(core)
    placed |= _ring(linked, hubs, placed)
    names = sorted(placed)
    if names:
        spread = _without_overlap(np.array([placed[name] for name in names]))
        placed = dict(zip(names, map(tuple, spread.tolist()), strict=True))
    placed |= _shelf(alone, placed)
    return _rounded(placed)


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
    return _rounded(placed)


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


def _packed(core: nx.Graph) -> Positions:
    """Each part that hangs together by itself, packed: the largest in the middle."""
    parts = sorted(nx.connected_components(core), key=lambda part: (-len(part), min(part)))
    placed: Positions = {}
    taken = np.zeros((0, 2))
    size, begin = 0, 0.0
    for part in parts:
        names = sorted(part)
        points = _without_overlap(_stress(core.subgraph(names), names))
        points -= (points.max(axis=0) + points.min(axis=0)) / 2
        mine = np.concatenate([points, _along(core.subgraph(names), names, points)])
        # Where a part of this size found no room before, none is now.
        begin = begin if len(names) == size else 0.0
        size = len(names)
        place, begin = _free_place(taken, mine, begin)
        taken = np.concatenate([taken, mine + place])
        for name, point in zip(names, (points + place).tolist(), strict=True):
            placed[name] = (point[0], point[1])
    return placed


def _along(part: nx.Graph, names: Sequence[str], points: Points) -> Points:
    """Points along links: another part must not stand on them either."""
    index = {name: place for place, name in enumerate(names)}
    found = [np.zeros((0, 2))]
    for one, other in sorted(tuple(sorted(pair)) for pair in part.edges()):
        start, end = points[index[one]], points[index[other]]
        steps = int(np.sqrt(((end - start) ** 2).sum()) / HEIGHT)
        found.append(start + (end - start) * (np.arange(1, steps + 1) / (steps + 1))[:, None])
    cell = np.array([WIDTH, HEIGHT])
    # One point a cell is enough, and there may be thousands of links.
    cells = np.unique(np.round(np.concatenate(found) / cell), axis=0)
    return np.asarray(cells * cell, dtype=np.float64)


def _free_place(taken: Points, mine: Points, begin: float) -> tuple[Points, float]:
    """The place nearest to the middle where a part meets no other, and how far out that is."""
    reach, turn = begin, 0.0
    while True:
        place = np.array([_ASPECT * reach * np.cos(turn), reach * np.sin(turn)])
        apart = np.abs(taken[:, None, :] - (mine + place)[None, :, :])
        if not ((apart[:, :, 0] < WIDTH * 1.3) & (apart[:, :, 1] < HEIGHT * 1.5)).any():
            return place, reach
        # A spiral whose turns and steps are both about _PACE apart.
        step = _PACE / max(reach, _PACE)
        turn += step
        reach += _PACE * step / (2 * np.pi)


def _stress(part: nx.Graph, names: Sequence[str]) -> Points:
    """Places at distances near the number of links between nodes (stress majorisation)."""
    count = len(names)
    if count == 1:
        return np.zeros((1, 2))
    index = {name: place for place, name in enumerate(names)}
    hops = np.zeros((count, count))
    for name, found in nx.all_pairs_shortest_path_length(part):
        for other, distance in found.items():
            hops[index[name], index[other]] = distance
    # Well linked nodes need room around them, so distances grow with the degrees at their ends.
    degree = np.array([part.degree(name) for name in names], dtype=float)
    wanted = hops * 120.0 + 9.0 * (np.sqrt(degree)[:, None] + np.sqrt(degree)[None, :])
    np.fill_diagonal(wanted, 1.0)
    weight = wanted**-2
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    x, y = (_start(hops) * 90.0).T.copy()
    for _ in range(_STEPS):
        across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
        distance = np.sqrt(across * across + down * down)
        np.fill_diagonal(distance, 1.0)
        pull = wanted / np.maximum(distance, 1e-6)
        new_x = (weight * (x[None, :] + pull * across)).sum(axis=1) / total
        new_y = (weight * (y[None, :] + pull * down)).sum(axis=1) / total
        moved = float(np.maximum(np.abs(new_x - x), np.abs(new_y - y)).max())
        x, y = new_x, new_y
        if moved < _RESTS:
            break
    return _turned(np.stack([x * _ASPECT**0.5, y * _ASPECT**-0.5], axis=1))


def _start(hops: Points) -> Points:
    """A start: two far pivots span the plane; a turn of the golden angle parts what coincides."""
    first = int(hops.sum(axis=1).argmin())
    one = int(hops[first].argmax())
    other = int(hops[one].argmax())
    third = int((hops[one] + hops[other] - np.abs(hops[one] - hops[other])).argmax())
    points = np.stack([hops[one] - hops[other], hops[third] - hops[first]], axis=1).astype(float)
    turn = np.arange(len(hops)) * 2.399963229728653
    return points + 0.35 * np.stack([np.cos(turn), np.sin(turn)], axis=1)


def _turned(points: Points) -> Points:
    """Turned so that the long side lies flat."""
    middle = points - points.mean(axis=0)
    xx, yy = (middle[:, 0] ** 2).sum(), (middle[:, 1] ** 2).sum()
    turn = -0.5 * np.arctan2(2 * (middle[:, 0] * middle[:, 1]).sum(), xx - yy)
    cos, sin = np.cos(turn), np.sin(turn)
    return np.stack(
        [middle[:, 0] * cos - middle[:, 1] * sin, middle[:, 0] * sin + middle[:, 1] * cos], axis=1
    )


def _ring(
    linked: nx.Graph, hubs: Sequence[str], placed: Mapping[str, tuple[float, float]]
) -> Positions:
    """Hubs around the rest, each as near as may be to the side of what it links to."""
    if not hubs:
        return {}
    points = np.array([placed[name] for name in sorted(placed)])
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    reach = float(np.sqrt((((points - middle) / (_ASPECT, 1)) ** 2).sum(axis=1)).max())
    # Room for all of them on the ring, each with its label.
    reach = max(reach + HEIGHT * 1.35, len(hubs) * WIDTH * 1.25 / (2 * np.pi))
    wish = {}
    for name in hubs:
        near = [placed[other] for other in sorted(linked[name]) if other in placed]
        x, y = (np.array(near).mean(axis=0) - middle if near else np.zeros(2)).tolist()
        wish[name] = float(np.arctan2(y, x / _ASPECT))
    ordered = sorted(hubs, key=lambda name: (round(wish[name], 6), name))
    step = 2 * np.pi / len(ordered)
    # Turn the whole ring so that, on average, hubs stand where they wish to.
    lag = np.array([wish[name] - place * step for place, name in enumerate(ordered)])
    shift = float(np.arctan2(np.sin(lag).sum(), np.cos(lag).sum()))
    return {
        name: (
            float(middle[0] + _ASPECT * reach * np.cos(place * step + shift)),
            float(middle[1] + reach * np.sin(place * step + shift)),
        )
        for place, name in enumerate(ordered)
    }


def _without_overlap(points: Points) -> Points:
    """Push nodes apart until no two boxes of WIDTH × HEIGHT meet."""
    x, y = points[:, 0].copy(), points[:, 1].copy()
    itself = np.eye(len(points), dtype=bool)
    index = np.arange(len(points))
    later = np.where(index[:, None] > index[None, :], 1.0, -1.0)
    step = 0
    while True:
        step += 1
        across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
        wide, high = WIDTH + 1 - np.abs(across), HEIGHT + 1 - np.abs(down)
        meets = (wide > 0) & (high > 0) & ~itself
        if not meets.any():
            return np.stack([x, y], axis=1)
        # Along the axis that needs the smaller push; who stands later goes right or down on a tie.
        flat = wide / WIDTH < high / HEIGHT
        share = 2 * np.sqrt(np.maximum(meets.sum(axis=1), 1))
        push_x = np.where(meets & flat, np.where(across != 0, np.sign(across), later) * wide, 0.0)
        push_y = np.where(meets & ~flat, np.where(down != 0, np.sign(down), later) * high, 0.0)
        x, y = x + push_x.sum(axis=1) / share, y + push_y.sum(axis=1) / share
        if step % _PATIENCE == 0:  # a tight knot: more room for all, or it would never end
            x, y = x * 1.05, y * 1.05


def _shelf(alone: Sequence[str], placed: Mapping[str, tuple[float, float]]) -> Positions:
    """Nodes without links, in rows below the rest, with room for their labels."""
    if not alone:
        return {}
    xs = [x for x, _ in placed.values()] or [0.0]
    top = max((y for _, y in placed.values()), default=0.0)
    across, down = WIDTH * 1.5, HEIGHT * 1.4
    square = int(np.sqrt(len(alone) * _ASPECT * down / across)) + 1
    rows = -(-len(alone) // max(int((max(xs) - min(xs)) / across) + 1, square))
    width = -(-len(alone) // rows)
    left = (max(xs) + min(xs)) / 2 - (width - 1) * across / 2
    return {
        name: (left + place % width * across, top + (1.6 + place // width) * down)
        for place, name in enumerate(alone)
    }


def _rounded(placed: Mapping[str, tuple[float, float]]) -> Positions:
    """One decimal: finer differences cannot be seen, and would differ between machines."""
    return {
        node: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        for node, (x, y) in sorted(placed.items())
    }
