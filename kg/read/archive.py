"""Files that are zip archives (workbooks, documents, archives of sources), opened with care.

What an archive says of itself is checked before anything is unpacked; a part
is never written to disk, and its name never used as a path.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from kg.errors import SourceError
from kg.read.content import Content

#: What an archive may hold when unpacked; a harvest of 100,000 records takes a third of it.
LARGEST_PART = 384 * 1024 * 1024
#: The longest stretch of one cell or paragraph; the longest cell of a spreadsheet has 32,767 signs.
LONGEST_TEXT = 16 * 1024 * 1024
_MOST_PARTS = 10_000
# XML packs to a tenth, repeated cells to a fortieth; a bomb to a thousandth.
_MOST_PACKED = 100
_NEVER_A_BOMB = 32 * 1024 * 1024
_CHUNK = 1 << 20
_MEGABYTE = 1024 * 1024


def _all_opened(part: zipfile.ZipInfo) -> None:
    """Nothing is wrong with a part before the archive as a whole was looked at."""


def alone(part: zipfile.ZipInfo, *, name: str = "") -> SourceError | None:
    """What is wrong with one part by itself, by what the archive says of it; None if nothing is.

    For archives whose parts stand for themselves: such a part is never opened.
    """
    if part.flag_bits & 1:
        return SourceError(f"{name}: it has a password; pack it again without one.")
    large = part.file_size > LARGEST_PART
    if large or (
        part.file_size > _NEVER_A_BOMB and part.file_size > _MOST_PACKED * part.compress_size
    ):
        return SourceError(
            f"{name}: it unpacks to more than {_MOST_PACKED} times its size, or "
            f"{LARGEST_PART // _MEGABYTE} MB; no harvest does. Export it again, as .csv."
        )
    return None


@contextmanager
def open_archive(
    content: Content,
    *,
    name: str,
    kind: str,
    wrong: Callable[[zipfile.ZipInfo], SourceError | None] = _all_opened,
) -> Iterator[zipfile.ZipFile]:
    """Open an archive that is no bomb, and close it again.

    Args:
        content: The file.
        name: Its name, for errors.
        kind: What it is: "workbook", "document", "archive".
        wrong: What is wrong with a part that is never opened, and counts for nothing.

    Raises:
        SourceError: it is cut off, damaged, encrypted, or far larger than it looks.
    """
    with content.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
            parts = [part for part in archive.infolist() if wrong(part) is None]
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as problem:
            raise SourceError(
                f"{name}: the {kind} is cut off or damaged; save or download it again."
            ) from problem
        with archive:
            _refuse_bomb(parts, content.size, name=name, kind=kind)
            for part in parts:
                if part.file_size > LONGEST_TEXT and part.filename.lower().endswith(".xml"):
                    _refuse_endless(archive, part, name=name, kind=kind)
            yield archive


def _refuse_bomb(parts: list[zipfile.ZipInfo], size: int, *, name: str, kind: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(f"{name}: the {kind} has a password; save it without one.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_PART:
        raise SourceError(
            f"{name}: the {kind} unpacks to more than {LARGEST_PART // _MEGABYTE} MB; "
            "split it, or export it as .csv."
        )
    # Parts may overlap in a bomb, so the file's own size is what they are held against.
    if unpacked > _NEVER_A_BOMB and unpacked > _MOST_PACKED * size:
        raise SourceError(
            f"{name}: the {kind} unpacks to more than {_MOST_PACKED} times its size; "
            "no harvest does. Export the harvest again, as .csv."
        )
    if len(parts) > _MOST_PARTS:
        raise SourceError(
            f"{name}: the {kind} has more than {_MOST_PARTS:,} parts; no harvest has. "
            "Export the harvest again, as .csv."
        )


class _Begun(Exception):  # noqa: N818 - no error: the first element ends the look
    """The first element of a document, and so the end of what may declare entities."""


def elements(archive: zipfile.ZipFile, part: str, *, name: str) -> Iterator[tuple[str, Element]]:
    """The starts and ends of the elements of a part that declares no document type.

    Raises:
        SourceError: it declares one: entities are defined in it, and bombs made of them.
        KeyError: there is no such part.
        ParseError: it is no XML.
    """
    with archive.open(part) as source:
        _refuse_doctype(source, name=name)
    with archive.open(part) as source:
        # Not defusedxml's: it parses in Python, at a fifth of the speed. What it would refuse
        # has been refused.
        yield from iterparse(source, events=("start", "end"))  # noqa: S314


def _refuse_doctype(source: IO[bytes], *, name: str) -> None:
    def doctype(*_: object) -> None:
        raise SourceError(
            f"{name}: it declares a document type (XML entities), as no office program does; "
            "open it in one and save it again."
        )

    def element(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk)
    except _Begun:
        return
    except expat.ExpatError as problem:
        raise ParseError(str(problem)) from problem


def _refuse_endless(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, name: str, kind: str
) -> None:
    """Refuse XML that holds one text of many megabytes: it would be in memory more than once."""
    run = 0
    try:
        with archive.open(part) as source:
            while chunk := source.read(_CHUNK):
                first = chunk.find(b"<")
                run += len(chunk) if first < 0 else first
                if run > LONGEST_TEXT:
                    raise SourceError(
                        f"{name}: the {kind} has a cell of more than {LONGEST_TEXT // _MEGABYTE} "
                        "MB; shorten it, or take it out."
                    )
                if first >= 0:
                    run = len(chunk) - chunk.rfind(b"<")
    except (
        *(zipfile.BadZipFile, zlib.error, NotImplementedError),
        *(OSError, ValueError, EOFError, RuntimeError),
    ) as problem:
        raise SourceError(
            f"{name}: the {kind} is cut off or damaged; save or download it again."
        ) from problem
