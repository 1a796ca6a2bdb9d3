"""The arrangement of a whole harvest, of any size: pivots, forces between near nodes, no overlap.

Distances to a few far pivots give each node a first place (pivot MDS); then it
is pushed away by what stands near it, found by the cells of a grid, and drawn
to what it links to; at last boxes that meet are moved apart. Hubs are out of
all this and stand on a ring. Time grows with the number of nodes and links,
not with its square.
"""

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.layout.boxes import ASPECT, HEIGHT, WIDTH, Points, Positions, rounded, shelf
from kg.layout.forces import network, ring
from kg.network.words import HUBS

Numbers = NDArray[np.int64]

#: Up to so many nodes the finer arrangement takes less than a second.
_SMALL = 160
_PIVOTS = 24
_STEPS = 60
_APART = 40
#: Wished length of a link, and how far nodes push each other, in units of the page.
_LENGTH = 96.0
_REACH = 2.2 * _LENGTH
#: Components smaller than this stand below the rest, in rows.
_CRUMB = 8


def spread(graph: nx.MultiDiGraph) -> Positions:
    """The arrangement of a whole harvest. Coordinates are rounded to one decimal.

    Args:
        graph: Nodes with `kind`; the order of nodes and edges does not matter.

    Returns:
        Node → (x, y), x to the right and y down. Boxes of nodes hardly ever
        meet, and never by much. Empty for an empty graph.
    """
    if len(graph) <= _SMALL:
        return network(graph)
    nodes = sorted(graph)
    number = {node: place for place, node in enumerate(nodes)}
    pairs = sorted(
        {(min(number[a], number[b]), max(number[a], number[b])) for a, b in graph.edges()}
    )
    ends: Numbers = np.array([pair for pair in pairs if pair[0] != pair[1]], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    hub = np.array([graph.nodes[node]["kind"] in HUBS for node in nodes])
    inner = ends[~(hub[ends[:, 0]] | hub[ends[:, 1]])]
    part = _parts(len(nodes), inner)
    sizes = np.bincount(part, minlength=len(nodes))
    main = (sizes[part] >= _CRUMB) & ~hub
    placed: Positions = {}
    if main.any():
        places = np.flatnonzero(main)
        again = np.full(len(nodes), -1, dtype=np.int64)
        again[places] = np.arange(len(places))
        points = _arranged(len(places), again[inner[main[inner[:, 0]]]])
        placed = {
            nodes[place]: (x, y)
            for place, (x, y) in zip(places.tolist(), points.tolist(), strict=True)
        }
    linked: dict[str, list[str]] = {nodes[place]: [] for place in np.flatnonzero(hub)}
    for one, other in ends.tolist():
        for here, there in ((one, other), (other, one)):
            if hub[here]:
                linked[nodes[here]].append(nodes[there])
    placed |= ring(linked, sorted(linked), placed) if placed else {}
    rest = [node for node in nodes if node not in placed]
    # What hangs together stands side by side on the shelf.
    rest.sort(key=lambda node: (-int(sizes[part[number[node]]]), int(part[number[node]]), node))
    return rounded(placed | shelf(rest, placed))


def _parts(count: int, ends: Numbers) -> Numbers:
    """The lowest number of the component in which each node is."""
    part = np.arange(count)
    while True:
        low = np.minimum(part[ends[:, 0]], part[ends[:, 1]])
        after = part.copy()
        np.minimum.at(after, ends[:, 0], low)
        np.minimum.at(after, ends[:, 1], low)
        after = after[after]
        if (after == part).all():
            return part
        part = after


def _arranged(count: int, ends: Numbers) -> Points:
    """Places of nodes that all have links."""
    points = _start(count, ends)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    pull = 1.0 / np.sqrt(np.maximum(degree, 1.0))
    heat = _LENGTH
    for step in range(_STEPS):
        push = _pushed(points)
        along = points[ends[:, 1]] - points[ends[:, 0]]
        distance = np.sqrt((along**2).sum(axis=1)) + 1e-9
        # A node with many links holds its neighbours less tightly: they need the room.
        strength = distance / _LENGTH * np.minimum(pull[ends[:, 0]], pull[ends[:, 1]]) * 1.2
        drawn = along * strength[:, None]
        move = push
        for axis in (0, 1):
            move[:, axis] += np.bincount(ends[:, 0], drawn[:, axis], count)
            move[:, axis] -= np.bincount(ends[:, 1], drawn[:, axis], count)
        # Components drift apart without a weak pull to the middle.
        move -= points * 0.012
        length = np.sqrt((move**2).sum(axis=1)) + 1e-9
        points = points + move * (np.minimum(length, heat) / length)[:, None]
        heat = _LENGTH * (1 - step / _STEPS) ** 1.4 + 2.0
    return _without_overlap(points)


def _start(count: int, ends: Numbers) -> Points:
    """Pivot MDS: the plane in which distances to far pivots differ most."""
    first, near = _adjacent(count, ends)
    far = np.full(count, 1 << 30, dtype=np.int64)
    columns = []
    pivot = int(np.argmax(np.diff(first)))
    for _ in range(min(_PIVOTS, count)):
        hops = _hops(count, first, near, pivot)
        columns.append(np.where(hops < 0, hops.max() + 4, hops))
        far = np.minimum(far, columns[-1])
        pivot = int(np.argmax(far))
    squared = np.stack(columns, axis=1).astype(np.float64) ** 2
    centred = -0.5 * (
        squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    )
    axes = []
    rest = centred
    for _ in range(2):
        axis = _strongest(rest)
        axes.append((centred * axis).sum(axis=1))
        rest = rest - (rest * axis).sum(axis=1)[:, None] * axis
    points = np.stack(axes, axis=1)
    size = np.sqrt((points**2).mean(axis=0)) + 1e-9
    # Many nodes share a place: a sunflower of the same size tells them apart.
    turn = np.arange(count) * 2.399963229728653
    seed = np.sqrt((np.arange(count) * 0.6180339887498949) % 1.0)
    points = points / size + 0.7 * np.stack([np.cos(turn) * seed, np.sin(turn) * seed], axis=1)
    wide = np.sqrt(count) * _LENGTH * 0.36
    return np.asarray(points * (wide * ASPECT, wide), dtype=np.float64)


def _strongest(columns: Points) -> Points:
    """The axis along which the rows differ most (power iteration)."""
    axis = np.ones(columns.shape[1]) + np.arange(columns.shape[1]) * 1e-3
    for _ in range(30):
        axis = (columns * (columns * axis).sum(axis=1)[:, None]).sum(axis=0)
        axis = axis / (np.sqrt((axis**2).sum()) + 1e-12)
    return axis


def _adjacent(count: int, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Neighbours of all nodes in one list, and where those of each begin."""
    both = np.concatenate([ends, ends[:, ::-1]])
    order = np.argsort(both[:, 0], kind="stable")
    first = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=count), out=first[1:])
    return first, both[order, 1]


def _hops(count: int, first: Numbers, near: Numbers, start: int) -> Numbers:
    """Links from one node to each; -1 where there is no way."""
    hops = np.full(count, -1, dtype=np.int64)
    hops[start] = 0
    edge = np.array([start])
    step = 0
    while len(edge):
        step += 1
        found = near[_ranges(first[edge], first[edge + 1])]
        edge = np.unique(found[hops[found] < 0])
        hops[edge] = step
    return hops


def _ranges(begin: Numbers, end: Numbers) -> Numbers:
    """begin[0], … end[0]-1, begin[1], … in one list."""
    length = end - begin
    before = np.cumsum(length) - length
    return np.asarray(np.arange(int(length.sum())) + np.repeat(begin - before, length), np.int64)


def _neighbours(points: Points, cell: tuple[float, float]) -> tuple[Numbers, Numbers]:
    """Pairs (each once) that stand in the same cell of a grid or in adjoining ones."""
    grid = np.floor(points / cell).astype(np.int64)
    grid -= grid.min(axis=0) - 1
    width = int(grid[:, 0].max()) + 2
    key = grid[:, 1] * width + grid[:, 0]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    place = np.arange(len(points))
    # Behind it in its own row up to the next cell; in the row below, three cells.
    ranges = [
        (place + 1, np.searchsorted(ordered, ordered + 1, "right")),
        (
            np.searchsorted(ordered, ordered + width - 1, "left"),
            np.searchsorted(ordered, ordered + width + 1, "right"),
        ),
    ]
    ones = [np.repeat(place, end - begin) for begin, end in ranges]
    others = [_ranges(begin, end) for begin, end in ranges]
    one, other = np.concatenate(ones), np.concatenate(others)
    return order[one].astype(np.int64), order[other].astype(np.int64)


def _pushed(points: Points) -> Points:
    """How far each node is pushed by what stands near it."""
    one, other = _neighbours(points, (_REACH / 2, _REACH / 2))
    apart = points[one] - points[other]
    squared = (apart**2).sum(axis=1) + 1.0
    force = apart * (_LENGTH**2 * 0.55 / squared)[:, None]
    out = np.zeros_like(points)
    for axis in (0, 1):
        out[:, axis] += np.bincount(one, force[:, axis], len(points))
        out[:, axis] -= np.bincount(other, force[:, axis], len(points))
    return out


def _without_overlap(points: Points) -> Points:
    """Move nodes apart whose ellipses of WIDTH × HEIGHT meet: along boxes, rows would appear."""
    size = np.array([WIDTH, HEIGHT])
    points = points / size
    for _ in range(_APART):
        one, other = _neighbours(points, (1.0, 1.0))
        apart = points[one] - points[other]
        distance = np.sqrt((apart**2).sum(axis=1)) + 1e-9
        meets = distance < 1.0
        if not meets.any():
            break
        one, other, apart, distance = one[meets], other[meets], apart[meets], distance[meets]
        push = apart * ((1.0 - distance) / distance * 0.5)[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, push[:, axis], len(points))
            points[:, axis] -= np.bincount(other, push[:, axis], len(points))
        points *= 1.01  # a tight knot gets a little more room
    return np.asarray(points * size, dtype=np.float64)
