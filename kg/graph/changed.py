"""What differs between two files of kg's own writing, as quads. What stayed is not parsed."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from kg.graph.terms import text

#: Ends a graph; no literal holds a line feed.
END = b"\n}\n\n"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Changed:
    """Quads that went, quads that came."""

    went: frozenset[Quad]
    came: frozenset[Quad]


def changed(old: Path, new: Path, *, most: float) -> Changed | None:
    """What changed from one file to another.

    Args:
        old: `harvest.trig` of one version.
        new: Of another.
        most: Share of the bytes of *new* that may differ.

    Returns:
        None where more differs than that, where a graph or words are gone (what
        was taken back should leave no trace), or where it cannot be told piece by
        piece: other prefixes, another vocabulary, a file that kg did not write.
    """
    head = _head(new)
    if not head or _head(old) != head:
        return None
    room = most * new.stat().st_size
    were = {_digest(piece) for piece in pieces(old)}
    are: set[bytes] = set()
    came: list[bytes] = []
    for piece in pieces(new):
        digest = _digest(piece)
        are.add(digest)
        if digest not in were:
            came.append(piece)
            room -= len(piece)
        if room < 0:
            return None
    went = [piece for piece in pieces(old) if _digest(piece) not in are]
    try:
        before, after = (
            frozenset(quad for piece in pieces for quad in _quads(head, piece))
            for pieces in (went, came)
        )
    except SyntaxError:  # the last piece: the vocabularies, which stand in no order of pieces
        return None
    if not {q.graph_name for q in before} <= {q.graph_name for q in after}:
        return None
    # A blank node of one file is not that of another, whatever it is called.
    if any(isinstance(node, BlankNode) for q in before | after for node in (q.subject, q.object)):
        return None
    found = Changed(before - after, after - before)
    return None if _words_left(found, new) else found


def _words_left(found: Changed, new: Path) -> bool:
    """Did words go that the new file says nowhere? An engine forgets no text that it has seen."""
    came = _words(found.came)
    lost = {w for w in _words(found.went) if w not in came and not any(w in one for one in came)}
    if not lost:
        return False
    with new.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return any(content.find(text(word)[1:-1].encode()) < 0 for word in lost)


def _words(quads: frozenset[Quad]) -> frozenset[str]:
    """Texts, and slugs in IRIs of what fragments share; what has no letter is no word."""
    texts = {q.object.value for q in quads if isinstance(q.object, Literal)}
    nodes = {
        node.value for q in quads for node in (q.subject, q.object) if isinstance(node, NamedNode)
    }
    slugs = {node.rpartition("/")[2] for node in nodes if "#" not in node}
    return frozenset(word for word in texts | slugs if any(map(str.isalpha, word)))


def _head(path: Path) -> bytes:
    """The prefixes at the beginning of a file."""
    head = b""
    with path.open("rb") as file:
        for line in file:
            if not line.startswith(b"@prefix ") or line.startswith(b"@prefix :"):
                break
            head += line
    return head


def pieces(path: Path) -> Iterator[bytes]:
    """A graph of a file each, without its end; the last holds all that follows the last end."""
    with path.open("rb") as file:
        rest = b""
        while chunk := file.read(_CHUNK):
            *whole, rest = (rest + chunk).split(END)
            yield from whole
    yield rest


def _quads(head: bytes, piece: bytes) -> Iterator[Quad]:
    # The first piece has the prefixes itself: twice is no harm.
    yield from pyoxigraph.parse(head + piece + END, format=RdfFormat.TRIG)


def _digest(piece: bytes) -> bytes:
    return blake2b(piece, digest_size=16).digest()
