"""A long list that lies on the disk: what one stage hands to the next, however large a harvest is.

A few thousand items are held in memory, as any list holds them. More go into a
file that has no name: only this process can open it, it is gone when the
process ends, however it ends, and nothing has to be swept. Items are read back
a few at a time, equal to what they were.
"""

import copyreg
import os
import pickle
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from types import MappingProxyType
from typing import IO, Any, TypeVar, overload

from kg import model
from kg.lock import cannot_write
from kg.private import FOLDER_MODE

#: Items that are held in memory: a harvest of usual size never touches the disk.
HELD = 4096
#: Swept by the next command where a kill left it: named as all that is in the making.
_BUILDING = ".building-"
#: Items that are written and read at once.
BLOCK = 32

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Aside(Sequence[T]):
    """A list that is only appended to, of any length. Slices are copied into a list.

    Args:
        folder: Private folder of the disk to use; made where it is missing.
        items: The first items.
        held: How many are held in memory at most; None: `HELD`.

    Raises:
        WorkspaceError: while appending: the disk is full, or may not be written.

    >>> some = Aside(Path(), ("a", "b"))
    >>> some.append("c")
    >>> len(some), some[1], list(some)
    (3, 'b', ['a', 'b', 'c'])
    """

    def __init__(self, folder: Path, items: Iterable[T] = (), *, held: int | None = None) -> None:
        self.folder, self.held = folder, HELD if held is None else held
        self._held: list[T] = []  # all items, or those that are not written yet
        # Of each written block: the place behind its last item, the byte behind its last one.
        self._places, self._ends = array("Q"), array("Q")
        self._file: IO[bytes] | None = None
        self._open: tuple[int, list[T]] = (-1, [])  # the block that was read last
        self.found: Mapping[str, T] | None = None  # see `kg.grouping.found_by_key`
        self.extend(items)

    def append(self, item: T) -> None:
        """Add an item at the end."""
        self._held.append(item)
        if len(self._held) > self.held:
            self._put_down()

    def extend(self, items: Iterable[T]) -> None:
        """Add items at the end."""
        for item in items:
            self.append(item)

    def cut(self, length: int) -> None:
        """Leave the first items only."""
        while length < self._written:
            block = len(self._places) - 1
            self._held[:0] = self._block(block)
            self._open = (-1, [])
            self._places.pop()
            self._ends.pop()
        del self._held[length - self._written :]

    @property
    def _written(self) -> int:
        return self._places[-1] if self._places else 0

    def __len__(self) -> int:
        """How many items there are."""
        return self._written + len(self._held)

    def __iter__(self) -> Iterator[T]:
        """All items in order; what is appended meanwhile, too."""
        at = 0
        while at < len(self):
            if at >= self._written:
                yield self._held[at - self._written]
                at += 1
                continue
            block = bisect_right(self._places, at)
            items = self._block(block)
            start = self._places[block] - len(items)
            yield from items[at - start :]
            at = start + len(items)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The item at a place, or a list of several."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        if at < 0:
            raise IndexError(place)
        if at >= self._written:
            return self._held[at - self._written]
        block = bisect_right(self._places, at)
        return self._block(block)[at - self._places[block]]  # counted from the end of the block

    def _block(self, block: int) -> list[T]:
        if self._open[0] != block:
            assert self._file is not None  # noqa: S101 - something was written
            start = self._ends[block - 1] if block else 0
            self._file.seek(start)
            content = self._file.read(self._ends[block] - start)
            # Its own file, which nobody else can open.
            items: list[T] = pickle.loads(content)  # noqa: S301
            self._open = (block, items)
        return self._open[1]

    def _put_down(self) -> None:
        held, size = self._held, max(1, len(self._held) // -(-len(self._held) // BLOCK))
        try:
            if self._file is None:
                self._file = _nameless(self.folder)
            end = self._ends[-1] if self._ends else 0
            self._file.seek(end)
            for start in range(0, len(held), size):
                items = held[start : start + size]
                content = _packed(items)
                self._file.write(content)
                end += len(content)
                self._ends.append(end)
                self._places.append(self._written + len(items))
            self._file.flush()
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        self._held = []


def _nameless(folder: Path) -> IO[bytes]:
    """A new file that no other process can open."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    # Where a system knows no file without a name, this folder closes its name off.
    home = mkdtemp(prefix=f"{_BUILDING}{os.getpid()}-", dir=folder)
    try:
        return TemporaryFile(dir=home)
    finally:
        with suppress(OSError):  # Windows keeps the name while the file is open
            Path(home).rmdir()


def _plainly(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """Take an object of a frozen class apart: five times as quick as its own way."""
    names = [field.name for field in fields(kind)]
    values = attrgetter(*names)
    if len(names) == 1:
        return lambda item: (kind, (values(item),))
    return lambda item: (kind, values(item))


def _unproxied(mapping: Mapping[Any, Any]) -> tuple[object, tuple[Any, ...]]:
    return _proxied, (dict(mapping),)


def _proxied(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    """The class of such a mapping has no name that could be written down."""
    return MappingProxyType(mapping)


_TABLE: dict[type, Callable[[Any], Any]] = {
    **copyreg.dispatch_table,
    MappingProxyType: _unproxied,
    **{
        kind: _plainly(kind)
        for kind in vars(model).values()
        if isinstance(kind, type) and is_dataclass(kind)
    },
}


def taken_apart(kind: type[T]) -> type[T]:
    """Have objects of a frozen dataclass laid aside quickly: a decorator."""
    _TABLE[kind] = _plainly(kind)
    return kind


def _packed(item: object) -> bytes:
    out = BytesIO()
    pickler = pickle.Pickler(out, protocol=5)
    pickler.dispatch_table = _TABLE
    pickler.dump(item)
    return out.getvalue()


class Made(Sequence[T_co]):
    """A list whose items are made when they are asked for, in an order that is known."""

    def __init__(self, length: int, item: Callable[[int], T_co]) -> None:
        self._length, self._item = length, item

    def __len__(self) -> int:
        """How many items there are."""
        return self._length

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T_co]: ...
    def __getitem__(self, place: int | slice) -> T_co | Sequence[T_co]:
        """The item at a place, or a list of several."""
        if isinstance(place, slice):
            return [self._item(at) for at in range(*place.indices(self._length))]
        at = place + self._length if place < 0 else place
        if not 0 <= at < self._length:
            raise IndexError(place)
        return self._item(at)


def laid(like: Sequence[Any], items: Iterable[T]) -> Sequence[T]:
    """Items in a list of the same kind as another: where that one is in memory, so is this.

    >>> laid([], "ab")
    ['a', 'b']
    """
    if isinstance(like, Aside):
        return Aside(like.folder, items, held=like.held)
    return list(items)
