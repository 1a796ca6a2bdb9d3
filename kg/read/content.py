"""The bytes of one source, wherever they lie: opened as often as needed, read in pieces."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from kg.errors import SourceError

#: Larger files are refused where they have to stand in memory as a whole.
LARGEST_IN_MEMORY = 512 * 1024 * 1024
_CHUNK = 1 << 20
_NOTHING = b"\x00 \t\r\n"


@dataclass(frozen=True, slots=True)
class Content:
    """One file, or one part of an archive. `size` is in bytes."""

    size: int
    open: Callable[[], IO[bytes]]

    @classmethod
    def of(cls, data: bytes) -> "Content":
        """Bytes that stand in memory already."""
        return cls(len(data), partial(BytesIO, data))

    def head(self, size: int) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def read(self, *, name: str) -> bytes:
        """All bytes at once.

        Raises:
            SourceError: there are too many.
        """
        if self.size > LARGEST_IN_MEMORY:
            raise SourceError(
                f"{name}: larger than {LARGEST_IN_MEMORY // 1024 // 1024} MB, which this kind of "
                "file cannot be; split it into parts, or export it as .csv."
            )
        with self.open() as stream:
            return stream.read()


def open_source(path: Path, *, name: str) -> Content:
    """A source on the disk.

    Raises:
        SourceError: there is no such file, it is a folder, empty or cannot be opened.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise SourceError(f"{name}: a folder; expected a file. Name the files in it.")
        if not path.is_file():  # a pipe or a device may never end
            raise SourceError(
                f"{name}: not a file on the disk; expected one. Save what comes out of it first."
            )
        content = Content(size, lambda: path.open("rb"))
        refuse_empty(content, name=name)
    except FileNotFoundError:
        raise SourceError(
            f"{name}: no such file; check the name and the folder that you are in."
        ) from None
    except OSError as problem:
        raise unreadable(problem, name=name) from problem
    return content


def unreadable(problem: OSError, *, name: str) -> SourceError:
    """The error that a file cannot be opened, or not be read to its end."""
    reason = problem.strerror or "it cannot be opened"
    return SourceError(f"{name}: {reason}; check that you may read the file.")


def refuse_empty(content: Content, *, name: str) -> None:
    """Refuse a file that holds nothing.

    Raises:
        SourceError: there is nothing but white space and NUL.
    """
    with content.open() as stream:
        while chunk := stream.read(_CHUNK):
            if chunk.strip(_NOTHING):
                return
    raise SourceError(f"{name}: the file is empty; export the harvest again.")
