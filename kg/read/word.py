"""Word documents (.docx) → paragraphs and tables, in order, as plain text.

Read from the XML itself: two kinds of element matter here, and a library for
writing documents would bring a second XML parser for them. Deleted and moved
text, comments and notes are no part of what a person reads there.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from kg.errors import KgError, SourceError
from kg.read.archive import elements, open_archive
from kg.read.content import Content
from kg.read.decode import refuse_binary
from kg.read.rows import Row
from kg.read.sheets import Merge
from kg.read.written import Paragraph, Parts, WrittenTable

_BODY_CHILD = 3  # document, body, what stands in it
_UNREAD = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})
_WIDEST = 1000
_MOST_ELEMENTS = 1_000_000  # a page of Word has a few hundred
_EMPTY = Paragraph(("",))


def read_word(content: Content, *, name: str) -> Parts:
    """Paragraphs and tables of a document, in order.

    Raises:
        SourceError: no document, damaged, encrypted, or far larger than it looks.
    """
    if not content.head(2).startswith(b"PK"):
        refuse_binary(content, name=name, expected="a Word document (.docx)")
        raise SourceError(
            f"{name}: expected a Word document (.docx), but this is none; "
            "if it is text, give it the suffix .txt."
        )
    with open_archive(content, name=name, kind="document") as archive:
        try:
            titles = _title_styles(archive, name)
            return tuple(_parts(elements(archive, "word/document.xml", name=name), titles, name))
        except KgError:
            raise
        except (
            *(ParseError, KeyError, ValueError, OSError, EOFError),
            *(BadZipFile, NotImplementedError, RecursionError, zlib.error),
        ) as problem:
            raise SourceError(
                f"{name}: the document is damaged or not a Word document "
                f"({type(problem).__name__}); open it in a word processor and save it as .docx."
            ) from problem


def _name(element: Element) -> str:
    """The name of an element in any edition of the format."""
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None, attribute: str = "val") -> str | None:
    if element is None:
        return None
    return next((v for k, v in element.items() if k.rpartition("}")[2] == attribute), "")


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if _name(c) == name), None)
    return element


def _title_styles(archive: ZipFile, file: str) -> frozenset[str]:
    """Ids of the styles of titles: their names are the same in every language of Word."""
    if "word/styles.xml" not in archive.namelist():
        return frozenset()
    found: set[str] = set()
    for event, element in elements(archive, "word/styles.xml", name=file):
        if event == "end" and _name(element) == "style":
            called = (_value(_child(element, "name")) or "").lower()
            if called == "title" or called.startswith("heading "):
                found.add(_value(element, "styleId") or "")
            element.clear()
    return frozenset(found)


def _parts(
    found: Iterable[tuple[str, Element]], titles: frozenset[str], name: str
) -> Iterator[Paragraph | WrittenTable]:
    """The parts of the body.

    Raises:
        SourceError: elements without end, each of which costs memory, blank as it may be.
    """
    depth = count = 0
    for event, element in found:
        if event == "start":
            depth += 1
            count += 1
            if count > _MOST_ELEMENTS:
                raise SourceError(
                    f"{name}: the document has more than {_MOST_ELEMENTS:,} elements, as no "
                    "harvest has; split it, or export the harvest as .csv."
                )
            continue
        if depth == _BODY_CHILD:
            yield from _part(element, titles)
            element.clear()
        depth -= 1


def _part(element: Element, titles: frozenset[str]) -> Iterator[Paragraph | WrittenTable]:
    match _name(element):
        case "p":
            yield Paragraph(_lines(element, titles)) if len(element) else _EMPTY
        case "tbl":
            yield _table(element)
        case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
            for child in element:
                yield from _part(child, titles)


def _lines(paragraph: Element, titles: frozenset[str]) -> tuple[str, ...]:
    lines: list[list[tuple[str, bool]]] = [[]]
    for words, bold in _runs(paragraph):
        # Shift and Enter part lines: a form in one paragraph has a bold key in each.
        for at, piece in enumerate(words.split("\n")):
            lines += [[]] if at else []
            lines[-1].append((piece, bold))
    texts = [_line(line) for line in lines]
    if _value(_child(paragraph, "pPr", "pStyle")) in titles and any(map(str.strip, texts)):
        return tuple(
            f"# {plain}" if not at else plain for at, plain in enumerate(map(_plain, lines))
        )
    return tuple(texts)


def _plain(line: Iterable[tuple[str, bool]]) -> str:
    return "".join(words for words, _ in line)


def _line(runs: Sequence[tuple[str, bool]]) -> str:
    """One line, with a bold key at its beginning in `**`."""
    text, bold = _plain(runs), ""
    for words, is_bold in runs:
        if not is_bold and words.strip():
            break
        bold += words
    key, rest = bold.strip(), text[len(bold) :]
    if not key or not (key.endswith((":", "：")) or rest.lstrip().startswith((":", "："))):
        return text
    return f"**{key[:-1]}**: {rest}" if key.endswith(":") else f"**{key}** {rest}"


def _runs(element: Element) -> Iterator[tuple[str, bool]]:
    for child in element:
        name = _name(child)
        if name == "r":
            look = _child(child, "rPr", "b")
            bold = look is not None and _value(look) not in _OFF
            yield _text(child), bold
        elif name not in _UNREAD:
            yield from _runs(child)


def _text(element: Element) -> str:
    pieces: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name not in _UNREAD:
            pieces.append(_text(child))
    return "".join(pieces)


def _table(element: Element) -> WrittenTable:
    rows: list[Row] = []
    open_now: dict[int, int] = {}  # column → first row of a vertical merge
    merges: list[Merge] = []
    for number, row in enumerate(_inside(element, "tr"), start=1):
        texts: list[str] = []
        column = _number(_child(row, "trPr", "gridBefore"), 0)
        for cell in _inside(row, "tc"):
            merged = _value(_child(cell, "tcPr", "vMerge"))
            continued = merged is not None and merged != "restart"
            texts += [""] * (column - len(texts))
            texts.append("" if continued else _cell(cell))
            if continued and column in open_now:
                merges = [m for m in merges if (m.column, m.first) != (column, open_now[column])]
                merges.append(Merge(column, open_now[column], number))
            elif merged == "restart":
                open_now[column] = number
            else:
                open_now.pop(column, None)
            column += _number(_child(cell, "tcPr", "gridSpan"), 1)
        rows.append(Row(number, tuple(texts)))
    return WrittenTable(tuple(rows), tuple(merges))


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also where a content control stands around them."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _inside(child, name)


def _number(element: Element | None, otherwise: int) -> int:
    text = _value(element) or ""
    return min(int(text), _WIDEST) if text.isdecimal() else otherwise


def _cell(cell: Element) -> str:
    paragraphs = ("".join(w for w, _ in _runs(p)) for p in cell.iter() if _name(p) == "p")
    return "\n".join(paragraphs).rstrip("\n")
