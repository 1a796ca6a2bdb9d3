"""Bytes → lines of text, one at a time. The encoding is found by mark, and else line by line.

No line is decoded by what another one holds: a row that is withheld from a
release cannot change how its neighbours read. The header of a table alone,
which is never withheld, has a say where the accents of a line tell nothing.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import SourceError
from kg.model import Finding, Severity, Where
from kg.read.content import Content
from kg.read.western import NAMES, WINDOWS, western

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
    (b"<html", "a web page; open it in a spreadsheet program and save it as .xlsx"),
)
_SNIFFED = 1024  # the head of a file, where headings stand
_CHUNK = 1 << 18
_MEGABYTE = 1024 * 1024


def refuse_binary(content: Content, *, name: str, expected: str) -> None:
    """Refuse a file that is no text, by how it begins.

    Raises:
        SourceError: the file begins like another kind, or its first line holds many NUL bytes
            (that line alone: a later one may be a row that is withheld).
    """
    head = content.head(_SNIFFED)
    for magic, told in _MAGIC:
        if head.startswith(magic):
            raise SourceError(f"{name}: expected {expected}, but this is {told}.")
    first = head.replace(b"\r", b"\n").lstrip(b"\n").partition(b"\n")[0]
    if _declared(head)[0] == "utf-8" and first.count(0) * 10 > len(first):
        raise SourceError(f"{name}: expected {expected}, but this is not text; save it as UTF-8.")


def _declared(head: bytes) -> tuple[str, int]:
    """The encoding that the head of a file declares, and the length of its mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return _unmarked_utf16(head) or "utf-8", 0


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without its mark: each second byte of the first line is NUL, or nearly."""
    line = head.partition(b"\n")[0]
    line = line[: len(line) // 2 * 2]
    low, high = line[::2].count(0), line[1::2].count(0)
    # Headings in Arabic have a NUL beside each space and delimiter alone.
    if (low and high) or max(low, high) * 32 < len(line) or max(low, high) < 2:  # noqa: PLR2004 - one may be a slip
        return None
    return "utf-16-le" if high else "utf-16-be"


class Lines:
    """The lines of a text, each with its own break; read anew by each walk.

    A mark (BOM) settles the encoding. Without one each line is UTF-8 where
    that is possible, and else cp1252 or Mac Roman, the code pages of Windows
    and of old Macs in the West (`kg.read.western`).

    Args:
        content: The file.
        name: Its name, for errors and findings.
        otherwise: The encoding of a line that is not UTF-8 and whose accents do not tell.
        longest: So many bytes a line may have.

    Raises:
        SourceError: (while walking) a line is longer than any record.
    """

    def __init__(
        self, content: Content, *, name: str, otherwise: str = WINDOWS, longest: int = LONGEST_LINE
    ) -> None:
        self._content = content
        self._name = name
        self._otherwise = otherwise
        self._longest = longest
        self._declared, self._mark = _declared(content.head(_SNIFFED))
        #: Encoding → numbers of the first line in it, and of how many in all.
        self.guessed: dict[str, tuple[int, int]] = {}

    @property
    def encoding(self) -> str:
        """What was met, once the lines have been walked through."""
        if self.guessed:
            return " and ".join(NAMES[encoding] for encoding in sorted(self.guessed))
        return self._declared[:6].rstrip("-")

    def __iter__(self) -> Iterator[str]:
        """Each line with its break."""
        self.guessed = {}
        number = 0
        with self._content.open() as stream:
            stream.read(self._mark)
            for block in self._whole_lines(iter(lambda: stream.read(_CHUNK), b"")):
                for raw in block.splitlines(keepends=True):
                    number += 1
                    try:
                        yield raw.decode("utf-8")
                    except UnicodeDecodeError:
                        yield self._guess(raw, number)

    def _guess(self, raw: bytes, number: int) -> str:
        text, encoding = western(raw, otherwise=self._otherwise)
        first, count = self.guessed.get(encoding, (number, 0))
        self.guessed[encoding] = (first, count + 1)
        return text

    def _whole_lines(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Blocks of UTF-8, or of bytes taken for it, that end where a line does."""
        tail: list[bytes] = []  # pieces of a line that goes on; put together once
        held = 0
        for chunk in self._in_utf8(chunks):
            tail.append(chunk)
            held += len(chunk)
            if b"\n" in chunk or b"\r" in chunk or tail[0].endswith(b"\r"):
                block = b"".join(tail)
                # A CR at the very end may be half of a CRLF: it waits for the next piece.
                inner = block[:-1] if block.endswith(b"\r") else block
                end = max(inner.rfind(b"\n"), inner.rfind(b"\r")) + 1
                if end:
                    yield block[:end]
                tail, held = [block[end:]], len(block) - end
            if held > self._longest:
                raise SourceError(
                    f"{self._name}: a line of more than {self._longest // _MEGABYTE} MB, which no "
                    "record needs; export the harvest again."
                )
        if held:
            yield b"".join(tail)

    def _in_utf8(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        if self._declared == "utf-8":
            yield from chunks
            return
        decoder = codecs.getincrementaldecoder(self._declared)("replace")
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")

    def findings(self) -> Iterator[Finding]:
        """What was guessed; to be asked once the lines have been walked through."""
        for encoding, (first, count) in sorted(self.guessed.items(), key=lambda item: item[1]):
            yield Finding(
                reason="encoding-guessed",
                where=Where(self._name, first),
                message=f"Lines that are not UTF-8: {count}, the first one here; "
                f"they were read as {NAMES[encoding]}.",
                advice="Look at the accents with kg inspect; if they are wrong, save as UTF-8.",
                severity=Severity.INFO,
            )


@dataclass(frozen=True, slots=True)
class Decoded:
    """A whole file as lines, each with its own line break."""

    lines: tuple[str, ...]
    encoding: str


def decode(data: bytes) -> Decoded:
    r"""Lines of a short text that stands in memory, each with its own break.

    >>> decode("Année\n".encode() + "Récolte\n".encode("cp1252")).lines
    ('Année\n', 'Récolte\n')
    """
    lines = Lines(Content.of(data), name="")
    return Decoded(tuple(lines), lines.encoding)


def without_break(line: str) -> str:
    """A line without its line break."""
    return next((line[: -len(b)] for b in _BREAKS if line.endswith(b)), line)
