"""Ids of the outcomes of this very harvest, found literally whatever their shape."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.extract.pairs import flat
from kg.extract.sheet import Sheet, Span, sheet
from kg.model import Kind, MentionStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE, SHAPED = 0.95, 0.8
_SHORTEST_END = 3
_PIECE = re.compile(r"[^\W_]+")
# Letters, a joint, and at the end a number.
_TELLING_SHAPE = re.compile(r"(?=.*[A-Za-z])[A-Za-z\d]+(?:[-_/][A-Za-z\d]+)*[-_/]\d{2,}")
# One letter or a few, and a number, as people number a list: "R-3", "O12".
_SHORT_SHAPE = re.compile(r"[A-Z]{1,3}[-_/]?\d{1,2}")
_HABIT = 3  # records that are numbered so; fewer may be anything
_SEVERAL = 3  # parts; of fewer the letters say what is numbered
_JOINING = "-‑_/"

#: Folded first piece → the lengths of the ids that begin with it, longest first, and these ids.
Identifiers = Mapping[str, tuple[tuple[int, ...], frozenset[str]]]

_NONE: tuple[tuple[int, ...], frozenset[str]] = ((), frozenset())
_SHAPES = 200  # a harvest numbers its outcomes in few ways


def identifiers(given: Iterable[str]) -> Identifiers:
    """Ids ready for looking up, with their last parts behind a slash.

    >>> identifiers(["QX/KE/012"])
    {'qx': ((9,), frozenset({'qx/ke/012'}))}
    >>> identifiers(["12", "Kenya"])
    {}
    """
    found: dict[str, set[str]] = {}
    for identifier in given:
        whole = flat(identifier.strip())
        end = whole.rpartition("/")[2]
        for form in (whole, end if end != whole and len(end) >= _SHORTEST_END else ""):
            first = _PIECE.match(form)
            telling = any(c.isdigit() for c in form) and not form.isdigit()
            if first is not None and telling:
                found.setdefault(first[0], set()).add(form)
    return {
        first: (tuple(sorted({len(f) for f in forms}, reverse=True)), frozenset(forms))
        for first, forms in sorted(found.items())
    }


def shapes(given: Iterable[str]) -> re.Pattern[str] | None:
    """What other ids look like that are numbered as those of the harvest; None where none tells.

    An id of several parts stands for those with other letters and one digit more or less:
    beside DEM-2022-012 there may be a GEN-2022-14. A short one, "R-3", tells where several
    records are numbered so, and stands for its own letters alone: "M-23" is no outcome.

    >>> bool(shapes(["QX/KE/012"]).fullmatch("QX/KE/077")), shapes(["12", "Kenya"])
    (True, None)
    >>> bool(shapes(["R-3", "R-4", "R-5"]).fullmatch("R-12")), shapes(["R-3", "R-4"])
    (True, None)
    """
    found: set[str] = set()
    short: Counter[str] = Counter()
    for identifier in {i.strip() for i in given}:
        if _TELLING_SHAPE.fullmatch(identifier):
            found.add(_alike(identifier))
        elif _SHORT_SHAPE.fullmatch(identifier):
            short[identifier.rstrip("0123456789")] += 1
    found |= {rf"{re.escape(head)}\d{{1,3}}" for head, n in short.items() if n >= _HABIT}
    if not found or len(found) > _SHAPES:
        return None
    longest = sorted(found, key=lambda s: (-len(s), s))
    return re.compile(rf"(?<![\w/‑-])(?:{'|'.join(longest)})(?![\w/‑-]*[\w])")


def _alike(identifier: str) -> str:
    """The pattern of ids that are numbered as this one."""
    parts = re.findall(r"[A-Z]+|\d+|.", identifier)
    several = sum(part.isalnum() for part in parts) >= _SEVERAL
    said: list[str] = []
    for place, part in enumerate(parts, start=1):
        if part.isdecimal() and place == len(parts):
            said.append(rf"\d{{{max(len(part) - 1, 2)},{len(part) + 1}}}")
        elif part.isdecimal():
            said.append(rf"\d{{{len(part)}}}")
        elif several and part.isupper():
            said.append(rf"[A-Z]{{{len(part)}}}")
        else:
            said.append(re.escape(part))
    return "".join(said)


def occurring(text: str, known: Identifiers) -> dict[str, set[str]]:
    """The known ids whose letters stand in a text, by first piece; whole words or not.

    >>> occurring("After QX/KE/012.", identifiers(["QX/KE/012", "QX/KE/013"]))
    {'qx': {'qx/ke/012'}}
    """
    found: dict[str, set[str]] = {}
    letters = flat(text) if known else ""
    if not known.keys().isdisjoint(_PIECE.findall(letters)):
        for piece in _PIECE.finditer(letters):
            lengths, forms = known.get(piece[0], _NONE)
            for length in lengths:
                form = letters[piece.start() : piece.start() + length]
                if form in forms:
                    found.setdefault(piece[0], set()).add(form)
    return found


def known_ids(doc: "Doc") -> "Doc":
    """Take down every id of the harvest that stands in a record."""
    paper = sheet(doc)
    text = flat(paper.masked) if paper.identifiers else ""
    for piece in _PIECE.finditer(text):
        if piece[0] not in paper.identifiers:
            continue
        lengths, forms = paper.identifiers[piece[0]]
        for length in lengths:
            start, end = piece.start(), piece.start() + length
            if text[start:end] in forms and _whole(paper, start, end):
                paper.add(
                    Span(
                        start,
                        end,
                        Kind.OUTCOME_ID,
                        "outcome-id",
                        CONFIDENCE,
                        MentionStatus.ACCEPTED,
                    )
                )
                break
    for match in paper.shapes.finditer(paper.masked) if paper.shapes else ():
        paper.add(
            Span(*match.span(), Kind.OUTCOME_ID, "outcome-id", SHAPED, MentionStatus.ACCEPTED)
        )
    return doc


def _whole(paper: Sheet, start: int, end: int) -> bool:
    """Whether no word and no longer id runs across either end."""
    text = paper.masked
    before, after = text[start - 1 : start], text[end : end + 2]
    if before and (before.isalnum() or before in _JOINING):
        return False
    if after[:1].isalnum():
        return False
    return not (after[:1] in {*_JOINING} and after[1:].isalnum())
