"""A graph of kg's own writing in portions, each of which can be judged by itself.

A shape looks from a node forward: at what its own fragment says of it, and at the type of what it
points to. So a portion holds some fragments, all that fragments share, and of each outcome
elsewhere that is named in them its type. Memory then does not grow with the harvest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.graph.changed import END, pieces
from kg.graph.reading import UnknownFormError
from kg.vocab import OH

_OWN = re.compile(rb"@prefix : <(?P<own>[^>]*)#> \.\n")
_OUTCOME = b"\n  :outcome a oh:Outcome"
_OUTCOMES = "#outcome"


@dataclass(frozen=True, slots=True)
class Portion:
    """TriG, and the IRIs of the fragments that are judged in it."""

    trig: bytes
    fragments: frozenset[str]


def portions(trig: Path, *, size: int) -> Iterator[Portion]:
    """The portions of a file, in order of key.

    Args:
        trig: `harvest.trig`, as kg wrote it.
        size: Bytes of fragments in one portion, about.

    Raises:
        UnknownFormError: another hand wrote it, or a fragment speaks of more of another one than
            its outcome; then it can only be judged as a whole.
    """
    head, rest, outcomes = _around(trig)
    some: list[bytes] = []
    own: list[str] = []
    room = size
    for iri, piece in _fragments(trig):
        some.append(piece)
        own.append(iri)
        room -= len(piece)
        if room <= 0:
            yield _portion(head, some, own, rest, outcomes)
            some, own, room = [], [], size
    yield _portion(head, some, own, rest, outcomes)


def _portion(
    head: bytes, some: list[bytes], own: list[str], rest: bytes, outcomes: frozenset[str]
) -> Portion:
    mine = frozenset(own)
    base = own[0].rpartition("/")[0] if own else ""
    named = re.compile(rb"(\n  )?<(%s/[^>\s]*)>" % re.escape(base.encode()))
    foreign: set[str] = set()
    for iri, piece in zip(own, some, strict=True):
        for subject, found in named.findall(piece):
            other = found.decode()
            if other.partition("#")[0] != iri:
                if subject or not other.endswith(_OUTCOMES):
                    raise UnknownFormError
                foreign.add(other)
    foreign = {iri for iri in foreign if iri.removesuffix(_OUTCOMES) not in mine}
    there = sorted(iri for iri in foreign if iri.removesuffix(_OUTCOMES) in outcomes)
    types = "".join(f"<{iri}> a <{OH}Outcome> .\n" for iri in there)
    text = b"".join(
        (head, *(piece + END for piece in some), types.encode(), b"\n" if types else b"", rest)
    )
    return Portion(text, mine)


def _fragments(trig: Path) -> Iterator[tuple[str, bytes]]:
    """IRI and graph of each fragment."""
    for piece in pieces(trig):
        found = _OWN.search(piece)
        if found is not None:
            yield found["own"].decode(), piece[found.start() :]


def _around(trig: Path) -> tuple[bytes, bytes, frozenset[str]]:
    """The prefixes, what fragments share, and the fragments that report an outcome."""
    head, shared = b"", list[bytes]()
    outcomes: set[str] = set()
    last = b""
    for number, piece in enumerate(pieces(trig)):
        found = _OWN.search(piece)
        if number == 0:
            cut = piece.find(b"\n\n") + 2
            head, last = piece[: max(cut, 0)], piece[cut:]
        else:
            last = piece
        if not head.startswith(b"@prefix ") or (found is not None and shared):
            raise UnknownFormError
        if found is None:
            shared.append(last)
        elif _OUTCOME in piece:
            outcomes.add(found["own"].decode())
    if not shared:
        raise UnknownFormError
    return head, END.join(shared), frozenset(outcomes)
