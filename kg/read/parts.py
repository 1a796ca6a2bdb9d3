"""The XML of workbooks (.xlsx), followed by its events, and the texts that their cells share."""

from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from kg.errors import SourceError
from kg.read.cells import unescaped

_CHUNK = 1 << 18


class Local(dict[str, str]):
    """Names of elements without their prefix; "x:row" in one workbook is "row" in another."""

    def __missing__(self, tag: str) -> str:
        """The name without its prefix, remembered."""
        found = self[tag] = tag.rpartition(":")[2]
        return found


def xml_parser(
    name: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> expat.XMLParserType:
    """A parser that calls back, and refuses a document type; *name* is the file's."""

    def doctype(*_: object) -> None:
        raise SourceError(
            f"{name}: it declares a document type (XML entities), as no office program does; "
            "open it in one and save it again."
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    return parser


def parsed(parser: expat.XMLParserType, source: IO[bytes], name: str) -> Iterator[None]:
    """Parse piece by piece; gives way after each.

    Raises:
        SourceError: this is no XML, or a cell of it cannot be understood.
    """
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk)
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - the signature of expat
        yield
    except (expat.ExpatError, ValueError, IndexError, OverflowError) as problem:
        raise SourceError(
            f"{name}: the workbook is damaged or not a workbook "
            f"({type(problem).__name__}); open it in a spreadsheet program and save it again."
        ) from problem


class SharedTexts:
    """The texts that cells of a workbook share, as UTF-8 in one piece."""

    def __init__(self) -> None:
        self._all = bytearray()
        self._ends = array("Q")

    def append(self, text: str) -> None:
        """One more text."""
        self._all += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._all))

    def __getitem__(self, index: int) -> str:
        """The text of a number, counted from 0."""
        if not 0 <= index < len(self._ends):
            raise IndexError(index)
        begin = self._ends[index - 1] if index else 0
        return self._all[begin : self._ends[index]].decode("utf-8", "surrogatepass")


def shared_texts(archive: ZipFile, part: str, *, name: str) -> SharedTexts:
    """Read the table of shared texts.

    Raises:
        SourceError: it is damaged, or declares XML entities.
    """
    texts = SharedTexts()
    if part not in archive.namelist():
        return texts
    local = Local()
    pieces: list[str] = []
    reading = spoken = False  # inside <t>, inside a note on how to speak a word

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal reading, spoken
        tag = local[tag]
        if tag == "t":
            reading = not spoken
        elif tag == "si":
            pieces.clear()
        elif tag == "rPh":
            spoken = True

    def end(tag: str) -> None:
        nonlocal reading, spoken
        tag = local[tag]
        if tag == "t":
            reading = False
        elif tag == "si":
            texts.append(unescaped("".join(pieces)))
        elif tag == "rPh":
            spoken = False

    def data(text: str) -> None:
        if reading:
            pieces.append(text)

    parser = xml_parser(name, start, end, data)
    with archive.open(part) as source:
        for _ in parsed(parser, source, name):
            pass
    return texts
