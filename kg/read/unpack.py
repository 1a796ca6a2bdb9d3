"""An archive of sources → the content of each, with names that are never paths."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from kg.errors import SourceError
from kg.read.archive import alone, open_archive
from kg.read.content import Content, refuse_empty
from kg.read.decode import refuse_binary
from kg.read.names import may_be_source, says_nothing
from kg.read.rows import clean

_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
_STREAMED = frozenset({".csv", ".tsv", ".jsonl"})
_LEFT_OUT = "__MACOSX"  # what one system adds beside each file


def unpacked(
    content: Content, *, name: str, suffixes: Collection[str]
) -> Iterator[tuple[str, Content | None]]:
    """Name and content of each source in a zip archive, by name; one is open at a time.

    A file that can only be refused is there, too: whoever opens its content is told why. One
    of a kind that is not read has no content here.

    Raises:
        SourceError: no archive, damaged, far larger than it looks, two files of one name, or
            no source in it.
    """
    if not content.head(4).startswith((b"PK\x03\x04", b"PK\x05\x06")):
        refuse_binary(content, name=name, expected="a zip archive")
        raise SourceError(f"{name}: expected a zip archive, but this is none; pack it again.")
    with open_archive(content, name=name, kind="archive", wrong=alone) as archive:
        # A part without a name is none: zipfile cannot even tell whether it is a folder.
        parts = [part for part in archive.infolist() if part.filename and not part.is_dir()]
        found: dict[str, zipfile.ZipInfo] = {}
        others: set[str] = set()
        for part in parts:
            path = PurePosixPath(clean(part.filename.replace("\\", "/"))[0])
            kinds = {*suffixes, *_ARCHIVES}
            label = f"{name}/{'/'.join(p for p in path.parts if p.strip('./'))}"
            if _LEFT_OUT in path.parts or not may_be_source(path, suffixes=kinds):
                if _LEFT_OUT not in path.parts and not says_nothing(path):
                    others.add(label)
                continue
            if label in found:
                raise SourceError(f"{name}: two files of one name in the archive; rename one.")
            found[label] = part
        if not found:
            raise SourceError(
                f"{name}: no source in this archive; expected files of the kinds "
                f"{', '.join(sorted(suffixes))}."
            )
        for label, part in sorted(found.items()):
            yield label, _content(archive, part, label)
        for label in sorted(others):
            yield label, None


def refuse_packed(content: Content, *, name: str) -> None:
    """Refuse a file of an archive that is empty, or cannot be unpacked.

    Raises:
        SourceError: it is so.
    """
    try:
        refuse_empty(content, name=name)
    except (
        *(zipfile.BadZipFile, zlib.error, NotImplementedError),
        *(OSError, ValueError, EOFError, RuntimeError),
    ) as problem:
        raise SourceError(
            f"{name}: the archive is damaged here; pack or download it again."
        ) from problem


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> Content:
    """A part of an archive; what is no plain table is unpacked whole: its reader jumps about."""
    wrong = alone(part, name=label)
    if PurePosixPath(part.filename).suffix.lower() in _ARCHIVES:
        wrong = SourceError(
            f"{label}: an archive in the archive; unpack it, and pack the sources alone."
        )
    if wrong is not None:
        return Content(part.file_size, partial(_refused, wrong))
    if PurePosixPath(part.filename).suffix.lower() in _STREAMED:
        return Content(part.file_size, lambda: archive.open(part))
    return Content(part.file_size, lambda: BytesIO(archive.read(part)))


def _refused(wrong: SourceError) -> IO[bytes]:
    raise wrong
