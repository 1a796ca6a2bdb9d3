"""Old Excel workbooks (.xls) → rows of text, read in a process that may fail."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import KgError, SourceError
from kg.read.cells import as_seen
from kg.read.content import Content
from kg.read.decode import refuse_binary
from kg.read.header import Search
from kg.read.rows import Grid, Row
from kg.read.sheets import Book, Sheet, read_sheets

_CHILD = Path(__file__).with_name("calamine_child.py")
_SHEET = b'{"sheet"'
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: 65,536 rows is all that such a worksheet holds.
LARGEST_FILE = 64 * 1024 * 1024
_MEMORY = 320 * 1024 * 1024  # what the reader may take beside the file
_SECONDS, _SECONDS_A_MEGABYTE = 4.0, 0.5  # a damaged one may hold a loop
_MADE: Mapping[str, Callable[[str], date | time]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def read_xls(
    content: Content,
    *,
    name: str,
    search: Search,
) -> Grid:
    """The rows of every worksheet that has a header.

    Args:
        content: The workbook (.xls).
        name: Its name, for findings and errors.
        search: How a header is looked for.

    Raises:
        SourceError: no workbook, damaged, encrypted, or far larger than it looks.
    """
    if not content.head(len(_MAGIC)).startswith(_MAGIC):
        refuse_binary(content, name=name, expected="an old Excel workbook (.xls)")
        raise SourceError(
            f"{name}: expected an old Excel workbook (.xls), but this is none; "
            "open it in a spreadsheet program and save it as .xlsx."
        )
    if content.size > LARGEST_FILE:
        raise SourceError(
            f"{name}: larger than {LARGEST_FILE // 1024 // 1024} MB, which no .xls of records is; "
            "save it as .xlsx."
        )
    lines = _answered(content.read(name=name), name=name)
    count = sum(line.startswith(_SHEET) for line in lines)
    book = Book(lambda: _sheets(lines, name=name), several=count > 1)
    yield from read_sheets(book, name=name, search=search)


def _answered(data: bytes, *, name: str) -> list[bytes]:
    """What the process wrote, line by line."""
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * len(data) / 1024 / 1024
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-S", str(_CHILD), _folder(), str(_MEMORY + len(data))],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a panic of the reader may quote the workbook
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise SourceError(
            f"{name}: not read after {seconds:.0f} seconds; save the workbook as .xlsx."
        ) from problem
    lines = child.stdout.splitlines()
    if child.returncode or not lines or lines[-1] != b"null":
        raise SourceError(
            f"{name}: the workbook is damaged, or far larger than it looks; open it in a "
            "spreadsheet program and save it as .xlsx."
        )
    return lines[:-1]


def _folder() -> str:
    """Where the reader is installed: the process gets this one folder and no other."""
    spec = importlib.util.find_spec("python_calamine")
    if spec is None or spec.origin is None:
        raise KgError("python-calamine is not installed; expected it beside kg. Install kg again.")
    return str(Path(spec.origin).parent.parent)


def _sheets(lines: Sequence[bytes], *, name: str) -> Iterator[Sheet]:
    heads = [at for at, line in enumerate(lines) if not line.startswith(b"[")]
    for at, end in pairwise([*heads, len(lines)]):
        said = json.loads(lines[at])
        if "error" in said:
            raise SourceError(
                f"{name}: the workbook has a password; save it without one."
                if said["error"] == "password"
                else f"{name}: the workbook is damaged or not a workbook; open it in a "
                "spreadsheet program and save it as .xlsx."
            )
        unseen = frozenset(said["rows"])
        rows = (_row(*json.loads(line), unseen=unseen) for line in lines[at + 1 : end])
        sheet = Sheet(said["sheet"], rows, hidden=said["hidden"])
        for (top, left), (bottom, _) in sorted(said["merges"]):
            sheet.merge(left, top + 1, bottom + 1, name=name)
        yield sheet


def _row(number: int, cells: list[list[Any]], *, unseen: Container[int]) -> Row:
    texts: list[str] = []
    for column, value in cells:
        texts += [""] * (column - len(texts))
        if isinstance(value, list):
            kind, text = value
            texts.append(as_seen(_MADE[kind](text)))
        else:
            texts.append(as_seen(value))
    return Row(number, tuple(texts), hidden=number in unseen)
