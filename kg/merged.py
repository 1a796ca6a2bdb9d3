"""The merged column of an export: does it only repeat the other cells, or hold more?

An export joins the narrative cells into one, with labels between them
("Significance description: …"), sometimes cut at the length of a cell. Read as
a text of its own it would count every word twice.
"""

import re
import unicodedata
from collections.abc import Iterable

_LONG = 20  # shorter texts are looked for between labels only: "no" stands within "north"
_INLINE_LABEL = re.compile(r"[^:]{1,80}:\s*")
_GAP = "\x00"
_EDGES = " .,;:!?…-–—|/•*\"'«»“”()[]"


def repeats(merged: str, others: Iterable[str]) -> bool:
    """Does every word of *merged* stand in *others*, but for labels that end in a colon?

    White space, case and a cut end do not matter.

    >>> repeats("They met. Significance: It was new", ["They met.", "It was new."])
    True
    >>> repeats("They met. Significance: It was new", ["They met."])
    False
    """
    rest = _even(merged)
    texts = sorted({_even(text) for text in others} - {""}, key=lambda t: (-len(t), t))
    long = [text for text in texts if len(text) >= _LONG]
    short = [text for text in texts if len(text) < _LONG]
    for text in long:
        for form in (text, text.rstrip(_EDGES)):
            rest = rest.replace(form, _GAP)
    return all(_says_nothing(piece, short=short, long=long) for piece in rest.split(_GAP))


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace(_GAP, " ").split())


def _says_nothing(piece: str, *, short: list[str], long: list[str]) -> bool:
    """Is this a label, a short value of another cell, or the beginning of a text cut off?"""
    rest = piece.strip(_EDGES.replace(":", ""))
    while rest:
        bare = rest.strip(_EDGES)
        if not bare or bare in {text.strip(_EDGES) for text in short}:
            return True
        if any(text.startswith(bare) for text in long):
            return True
        value = next((t for t in short if rest.startswith(t) and _ends_word(rest, len(t))), None)
        label = _INLINE_LABEL.match(rest)
        if value is not None:
            rest = rest[len(value) :].lstrip(_EDGES)
        elif label is not None:
            rest = rest[label.end() :]
        else:
            return False
    return True


def _ends_word(text: str, at: int) -> bool:
    return at >= len(text) or not text[at].isalnum()
