"""Which files kg wrote itself: answers, worklists, exports. As sources they would double a harvest.

An officer keeps `worklist.xlsx` where the exports lie, and a build of that folder would take
titles and findings for outcomes.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from typing import Any, Final

import yaml

from kg.errors import SourceError
from kg.read.content import Content
from kg.resources import resource

_HEAD: Final = 4096  # bytes, in which a header of kg ends
_LARGEST = 1 << 20  # of a part of an archive that is looked at
_COLUMNS = re.compile(r"^#\+ columns: \[(.*)\]$", re.MULTILINE)
_PARTS: Mapping[str, tuple[str, str]] = {
    ".xlsx": ("docProps/core.xml", "workbook"),
    ".docx": ("docProps/core.xml", "workbook"),
    ".zip": ("datapackage.json", "package"),
}


def is_own(path: PurePath, content: Content) -> bool:
    """Did kg write a file, as far as its header, its properties or its package tell?

    No for what cannot be opened: whoever reads it says why.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _PARTS:
            part, mark = _PARTS[suffix]
            return _says(content, part, re.compile(_outputs()[mark]))
        return suffix in {".csv", ".tsv"} and _header(content, suffix) in _headers()
    except (
        *(OSError, ValueError, EOFError, RuntimeError, KeyError),
        *(zipfile.BadZipFile, NotImplementedError, zlib.error, csv.Error, SourceError),
    ):
        return False


def _says(content: Content, part: str, mark: re.Pattern[str]) -> bool:
    """Does a part of an archive hold the mark?"""
    with content.open() as stream, zipfile.ZipFile(stream) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return False
        with archive.open(part) as inside:
            return mark.search(inside.read(_LARGEST).decode("utf-8", "replace")) is not None


def _header(content: Content, suffix: str) -> tuple[str, ...]:
    line = content.head(_HEAD).decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    cells = next(csv.reader([line], delimiter="\t" if suffix == ".tsv" else ","), [])
    return tuple(cell.removeprefix("?") for cell in cells)  # answers as TSV write variables so


@cache
def _headers() -> frozenset[tuple[str, ...]]:
    """Of tables that commands write, and of the answers of the question library."""
    asked = (path.read_text("utf-8") for path in sorted(resource("queries").glob("*.rq")))
    found = [match[1] for text in asked for match in _COLUMNS.finditer(text)]
    answers = (tuple(name.strip() for name in columns.split(",")) for columns in found)
    return frozenset([*map(tuple, _outputs()["headers"]), *answers])


@cache
def _outputs() -> Mapping[str, Any]:
    tree: Mapping[str, Any] = yaml.safe_load(
        resource("ontology", "outputs.yaml").read_text("utf-8")
    )
    return tree
