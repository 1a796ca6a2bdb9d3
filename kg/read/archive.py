"""Files that are zip archives (workbooks, documents, archives of sources), opened with care.

What an archive says of itself is checked before anything is unpacked; a part
is never written to disk, and its name never used as a path.
"""

import zipfile
from io import BytesIO

from kg.errors import SourceError

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


def open_archive(data: bytes, *, name: str, kind: str) -> zipfile.ZipFile:
    """Open an archive that is no bomb.

    Args:
        data: The file.
        name: Its name, for errors.
        kind: What it is: "workbook", "document", "archive".

    Raises:
        SourceError: it is cut off, damaged, encrypted, or far larger than it looks.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as problem:
        raise SourceError(
            f"{name}: the {kind} is cut off or damaged; save or download it again."
        ) from problem
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(f"{name}: the {kind} has a password; save it without one.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_PART:
        raise SourceError(
            f"{name}: the {kind} unpacks to more than {LARGEST_PART // _MEGABYTE} MB; "
            "split it, or export it as .csv."
        )
    # Parts may overlap in a bomb, so the file's own size is what they are held against.
    if unpacked > _NEVER_A_BOMB and unpacked > _MOST_PACKED * len(data):
        raise SourceError(
            f"{name}: the {kind} unpacks to more than {_MOST_PACKED} times its size; "
            "no harvest does. Export the harvest again, as .csv."
        )
    if len(parts) > _MOST_PARTS:
        raise SourceError(
            f"{name}: the {kind} has more than {_MOST_PARTS:,} parts; no harvest has. "
            "Export the harvest again, as .csv."
        )
    for part in parts:
        if part.file_size > LONGEST_TEXT and part.filename.lower().endswith(".xml"):
            _refuse_endless(archive, part, name=name, kind=kind)
    return archive


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
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as problem:
        raise SourceError(
            f"{name}: the {kind} is cut off or damaged; save or download it again."
        ) from problem
