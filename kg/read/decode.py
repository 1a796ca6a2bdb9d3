"""Bytes → lines of text. The encoding is found by mark, and else line by line.

No line is decoded by what another one holds: a row that is withheld from a
release cannot change how its neighbours read.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.model import Finding, Severity, Where

#: Larger files are refused: a harvest of 100,000 records is a fifth of it.
LARGEST_FILE = 512 * 1024 * 1024
#: A longer line is no record; the longest cell of a spreadsheet has 32,767 signs.
LONGEST_LINE = 16 * 1024 * 1024

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_BREAKS = ("\r\n", "\n", "\r")
# How files of other kinds begin, and what to say of them.
_MAGIC = (
    (
        b"PK\x03\x04",
        "a zip archive or an Office file; give it its suffix (.xlsx for Excel, .ods, .docx, .zip)",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file or one with a password; save it in a new format (.xlsx, .docx) without",
    ),
    (b"%PDF", "a PDF; export the harvest as .xlsx or .csv"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\x89PNG", "a picture; export the harvest as .xlsx or .csv"),
    (b"\xff\xd8\xff", "a picture; export the harvest as .xlsx or .csv"),
    (b"{\\rtf", "a Rich Text file; save it as plain text"),
    (b"<?xml", "an XML file; export the harvest as .xlsx or .csv"),
    (b"<!DOCTYPE", "a web page; export the harvest as .xlsx or .csv"),
)
_SNIFFED = 1024  # the head of a file, where headings stand


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as lines, each with its own line break, and the encodings that were met."""

    lines: tuple[str, ...]
    encoding: str
    guessed: tuple[int, ...] = ()  # numbers of the lines that are not UTF-8


def read_bytes(path: Path, *, name: str) -> bytes:
    """The bytes of a source.

    Raises:
        SourceError: there is no such file, it is a folder, empty, too large or cannot be opened.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise SourceError(f"{name}: a folder; expected a file. Name the files in it.")
        if size > LARGEST_FILE:
            raise SourceError(
                f"{name}: larger than {LARGEST_FILE // 1024 // 1024} MB; split it into parts."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(
            f"{name}: no such file; check the name and the folder that you are in."
        ) from None
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise SourceError(f"{name}: {reason}; check that you may read the file.") from problem
    refuse_empty(data, name=name)
    return data


def refuse_empty(data: bytes, *, name: str) -> None:
    """Refuse a file that holds nothing.

    Raises:
        SourceError: there is nothing but white space and NUL.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise SourceError(f"{name}: the file is empty; export the harvest again.")


def refuse_binary(data: bytes, *, name: str, expected: str) -> None:
    """Refuse a file that is no text, by how it begins.

    Raises:
        SourceError: the file begins like another kind, or with many NUL bytes.
    """
    for magic, told in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"{name}: expected {expected}, but this is {told}.")
    head = data[:_SNIFFED]
    marked = any(data.startswith(mark) for mark, _ in _MARKS)
    if not marked and head.count(0) * 10 > len(head):
        raise SourceError(
            f"{name}: expected {expected}, but this is not text (or UTF-16 without its mark); "
            "save it as UTF-8."
        )


def refuse_endless_line(data: bytes, *, name: str) -> None:
    """Refuse a text with a line of many megabytes: it would be in memory more than once.

    Raises:
        SourceError: a line is longer than any record.
    """
    start = 0
    while len(data) - start > LONGEST_LINE:
        end = start + LONGEST_LINE
        found = max(data.rfind(b"\n", start, end), data.rfind(b"\r", start, end))
        if found < 0:
            raise SourceError(
                f"{name}: a line of more than {LONGEST_LINE // 1024 // 1024} MB, which no record "
                "needs; export the harvest again."
            )
        start = found + 1


def decode(data: bytes) -> Decoded:
    r"""Lines of a text, each with its own break.

    A mark (BOM) settles the encoding. Without one each line is UTF-8 where
    that is possible, and else cp1252, the code page of Windows in the West.

    >>> decode("Année\n".encode() + "Récolte\n".encode("cp1252")).lines
    ('Année\n', 'Récolte\n')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding == "utf-8":
                return _line_by_line(data[len(mark) :])
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(tuple(_split(text)), encoding[:6])
    return _line_by_line(data)


def _line_by_line(data: bytes) -> Decoded:
    lines: list[str] = []
    guessed: list[int] = []
    for number, raw in enumerate(data.splitlines(keepends=True), start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError:
            guessed.append(number)
            lines.append(raw.decode("cp1252", "replace"))
    return Decoded(tuple(lines), "cp1252" if guessed else "utf-8", tuple(guessed))


def guessed_encoding(decoded: Decoded, *, name: str) -> Iterator[Finding]:
    """The finding that some lines are not UTF-8, if any."""
    if decoded.guessed:
        yield Finding(
            reason="encoding-guessed",
            where=Where(name, decoded.guessed[0]),
            message=f"This line is not UTF-8, nor are {len(decoded.guessed) - 1} others; "
            "they were read as cp1252.",
            advice="Look at the accents with kg inspect; if they are wrong, save as UTF-8.",
            severity=Severity.INFO,
        )


def _split(text: str) -> list[str]:
    """Lines at CR, LF and CRLF alone: `str.splitlines` also parts at U+2028 and form feeds."""
    return _LINE.findall(text)


def without_break(line: str) -> str:
    """A line without its line break."""
    return next((line[: -len(b)] for b in _BREAKS if line.endswith(b)), line)
