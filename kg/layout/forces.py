"""The arrangement by forces of a network that one can look at whole: some hundred nodes."""

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np

from kg.layout.boxes import (
    ASPECT,
    HEIGHT,
    WIDTH,
    Points,
    Positions,
    rounded,
    shelf,
    without_overlap,
)
from kg.network.words import HUBS

_STEPS = 160
#: The forces rest when no node moves by more than this in a step.
_RESTS = 0.4
_PACE = 32.0
#: Links a node, up to which no hairball can come of hubs.
_SPARSE = 1.3


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
    placed |= ring(linked, hubs, placed)
    names = sorted(placed)
    if names:
        spread = without_overlap(np.array([placed[name] for name in names]))
        placed = dict(zip(names, map(tuple, spread.tolist()), strict=True))
    placed |= shelf(alone, placed)
    return rounded(placed)


def _packed(core: nx.Graph) -> Positions:
    """Each part that hangs together by itself, packed: the largest in the middle."""
    parts = sorted(nx.connected_components(core), key=lambda part: (-len(part), min(part)))
    placed: Positions = {}
    taken = np.zeros((0, 2))
    size, begin = 0, 0.0
    for part in parts:
        names = sorted(part)
        points = without_overlap(_stress(core.subgraph(names), names))
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
        place = np.array([ASPECT * reach * np.cos(turn), reach * np.sin(turn)])
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
    return _turned(np.stack([x * ASPECT**0.5, y * ASPECT**-0.5], axis=1))


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


def ring(
    linked: Mapping[str, Iterable[str]],
    hubs: Sequence[str],
    placed: Mapping[str, tuple[float, float]],
) -> Positions:
    """Hubs around the rest, each as near as may be to the side of what it links to."""
    if not hubs:
        return {}
    points = np.array([placed[name] for name in sorted(placed)])
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    reach = float(np.sqrt((((points - middle) / (ASPECT, 1)) ** 2).sum(axis=1)).max())
    # Room for all of them on the ring, each with its label.
    reach = max(reach + HEIGHT * 1.35, len(hubs) * WIDTH * 1.25 / (2 * np.pi))
    wish = {}
    for name in hubs:
        near = [placed[other] for other in sorted(linked[name]) if other in placed]
        x, y = (np.array(near).mean(axis=0) - middle if near else np.zeros(2)).tolist()
        wish[name] = float(np.arctan2(y, x / ASPECT))
    ordered = sorted(hubs, key=lambda name: (round(wish[name], 6), name))
    step = 2 * np.pi / len(ordered)
    # Turn the whole ring so that, on average, hubs stand where they wish to.
    lag = np.array([wish[name] - place * step for place, name in enumerate(ordered)])
    shift = float(np.arctan2(np.sin(lag).sum(), np.cos(lag).sum()))
    return {
        name: (
            float(middle[0] + ASPECT * reach * np.cos(place * step + shift)),
            float(middle[1] + reach * np.sin(place * step + shift)),
        )
        for place, name in enumerate(ordered)
    }
