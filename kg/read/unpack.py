"""An archive of sources → the bytes of each, with names that are never paths."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from kg.errors import SourceError
from kg.read.archive import open_archive
from kg.read.decode import refuse_binary, refuse_empty
from kg.read.names import may_be_source
from kg.read.rows import clean

_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
_LEFT_OUT = "__MACOSX"  # what one system adds beside each file


def unpacked(data: bytes, *, name: str, suffixes: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each source in a zip archive, by name; one is in memory at a time.

    Raises:
        SourceError: no archive, damaged, encrypted, far larger than it looks, an archive in an
            archive, two files of one name, or no source in it.
    """
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        refuse_binary(data, name=name, expected="a zip archive")
        raise SourceError(f"{name}: expected a zip archive, but this is none; pack it again.")
    with open_archive(data, name=name, kind="archive") as archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        found: dict[str, zipfile.ZipInfo] = {}
        for part in parts:
            path = PurePosixPath(clean(part.filename.replace("\\", "/"))[0])
            if path.suffix.lower() in _ARCHIVES:
                raise SourceError(
                    f"{name}: an archive in the archive; unpack it, and pack the sources alone."
                )
            if _LEFT_OUT in path.parts or not may_be_source(path, suffixes=suffixes):
                continue
            label = f"{name}/{'/'.join(p for p in path.parts if p.strip('./'))}"
            if label in found:
                raise SourceError(f"{name}: two files of one name in the archive; rename one.")
            found[label] = part
        if not found:
            raise SourceError(
                f"{name}: no source in this archive; expected files of the kinds "
                f"{', '.join(sorted(suffixes))}."
            )
        for label, part in sorted(found.items()):
            try:
                content = archive.read(part)
            except (
                *(zipfile.BadZipFile, zlib.error, NotImplementedError),
                *(OSError, ValueError, EOFError, RuntimeError),
            ) as problem:
                raise SourceError(
                    f"{label}: the archive is damaged here; pack or download it again."
                ) from problem
            refuse_empty(content, name=label)
            yield label, content
