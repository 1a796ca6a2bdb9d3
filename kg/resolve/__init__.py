"""From mentions to organisations: learn from all records, then settle each mention."""

from kg.resolve.queue import Pair
from kg.resolve.resolution import Open, Resolution, resolve

__all__ = ["Open", "Pair", "Resolution", "resolve"]
