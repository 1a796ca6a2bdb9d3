"""What stands under the keys of records: in their order, together, or found by key.

Lists that lie on the disk (`kg.aside`) are put there in order of key, and are walked through, never
held; others are sorted first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Protocol, TypeVar

from kg.aside import Aside


class Keyed(Protocol):
    """What stands under the key of a record."""

    @property
    def key(self) -> str:
        """The key."""
        ...


K = TypeVar("K", bound=Keyed)


def by_record(items: Iterable[K]) -> Iterator[list[K]]:
    """Items that stand in order of key, a record's together.

    >>> list(by_record([]))
    []
    """
    return (list(group) for _, group in groupby(items, key=attrgetter("key")))


def by_key(items: Iterable[K]) -> Sequence[K]:
    """Items in order of key. What lies aside was put there in that order.

    >>> by_key([])
    []
    """
    return items if isinstance(items, Aside) else sorted(items, key=lambda item: item.key)


def found_by_key(items: Sequence[K]) -> Mapping[str, K]:
    """Items by key; those that lie aside are read when they are asked for."""
    if not isinstance(items, Aside):
        return {item.key: item for item in items}
    if items.found is None or len(items.found) < len(items):
        items.found = _Found(items)
    return items.found


class _Found(Mapping[str, K]):
    def __init__(self, items: Sequence[K]) -> None:
        self._items = items
        self._places = {item.key: place for place, item in enumerate(items)}
        self._last: tuple[str, K] | None = None

    def __getitem__(self, key: str) -> K:
        if self._last is None or self._last[0] != key:
            self._last = key, self._items[self._places[key]]
        return self._last[1]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def grouped(items: Iterable[K], keys: Iterable[str]) -> Iterator[list[K]]:
    """For each of some sorted keys, the items under it, in their order.

    Raises:
        KeyError: an item has another key.

    >>> list(grouped([], ["a", "b"]))
    [[], []]
    """
    stream = iter(by_key(items))
    item = next(stream, None)
    for key in keys:
        found: list[K] = []
        while item is not None and item.key == key:
            found.append(item)
            item = next(stream, None)
        yield found
    if item is not None:
        raise KeyError(item.key)
