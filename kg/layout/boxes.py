"""Boxes that a node and its label take: apart from each other, on a shelf, rounded."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Positions = dict[str, tuple[float, float]]

#: Room that a node and its label take, in units of the page (pixels at zoom 1).
WIDTH, HEIGHT = 104.0, 68.0
#: A little wider than high, as the stage between two panels is.
ASPECT = 1.12
_PATIENCE = 40


def without_overlap(points: Points) -> Points:
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


def shelf(alone: Sequence[str], placed: Mapping[str, tuple[float, float]]) -> Positions:
    """Nodes without links, in rows below the rest, with room for their labels."""
    if not alone:
        return {}
    xs = [x for x, _ in placed.values()] or [0.0]
    top = max((y for _, y in placed.values()), default=0.0)
    across, down = WIDTH * 1.5, HEIGHT * 1.4
    square = int(np.sqrt(len(alone) * ASPECT * down / across)) + 1
    rows = -(-len(alone) // max(int((max(xs) - min(xs)) / across) + 1, square))
    width = -(-len(alone) // rows)
    left = (max(xs) + min(xs)) / 2 - (width - 1) * across / 2
    return {
        name: (left + place % width * across, top + (1.6 + place // width) * down)
        for place, name in enumerate(alone)
    }


def rounded(placed: Mapping[str, tuple[float, float]]) -> Positions:
    """One decimal: finer differences cannot be seen, and would differ between machines."""
    return {
        node: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        for node, (x, y) in sorted(placed.items())
    }
