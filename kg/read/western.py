"""A line that is not UTF-8: cp1252 (Windows) or Mac Roman, told by the line's own accents.

The two put the same letters in other places: what is "é" in one is "Ž" in the
other, "è" is a capital in the middle of a word, "ê" is no character at all.
Each reading is weighed by how well its accents stand in words as French,
Spanish and Portuguese write them. Nothing but the line itself is asked: no
neighbour, which may be withheld from a release, has a say.
"""

import re
from collections.abc import Mapping
from functools import cache

import yaml

from kg.resources import resource

WINDOWS, MAC = "cp1252", "mac_roman"
#: How the two are called in findings.
NAMES: Mapping[str, str] = {WINDOWS: "cp1252", MAC: "Mac Roman"}

# What only Mac Roman may put there: small accented letters, or something inside a word.
_SUSPECT = re.compile(rb"[\x80-\x9f]|[a-z][\xa0-\xdf]|[\xa0-\xdf](?![A-Z])|[A-Z][\xe0-\xff][A-Z]")
_SIGN = re.compile(r"[^\x00-\x7f]")
_MOST_SIGNS = 400  # of one line: enough to know


def western(raw: bytes, *, otherwise: str = WINDOWS) -> tuple[str, str]:
    r"""The text of a line that is not UTF-8, and its encoding.

    Args:
        raw: The line.
        otherwise: The encoding where its accents do not tell.

    >>> western("vérité".encode("cp1252")), western("vérité".encode("mac_roman"))
    (('vérité', 'cp1252'), ('vérité', 'mac_roman'))
    """
    windows = raw.decode(WINDOWS, "replace")
    if otherwise == WINDOWS and not _SUSPECT.search(raw):
        return windows, WINDOWS
    mac = raw.decode(MAC)
    fits_windows, fits_mac = _fit(windows), _fit(mac)
    doubtful = fits_windows == fits_mac
    if otherwise == WINDOWS if doubtful else fits_windows > fits_mac:
        return windows, WINDOWS
    return mac, MAC


def _fit(text: str) -> int:
    """How well the signs of a text beyond ASCII stand in words; the higher, the better."""
    points = 0
    for count, found in enumerate(_SIGN.finditer(text)):
        if count >= _MOST_SIGNS:
            break
        at = found.start()
        points += _weight(found[0], text[max(at - 7, 0) : at], text[at + 1 : at + 4])
    return points


def _weight(sign: str, before: str, after: str) -> int:
    """1 for a sign that stands where it is written, less for one that nobody would write there."""
    kinds = _letters()
    left, right = before[-1:].isalnum(), after[:1].isalnum()
    if sign == "\ufffd":
        weight = -3
    elif sign in kinds["joined"] and not right:
        weight = -1
    elif sign in kinds["small"]:
        among_capitals = before[-1:].isupper() and after[:1].isupper()
        weight = -1 if among_capitals else int(left or right or sign in kinds["alone"])
    elif sign in kinds["capital"]:
        alone = left or right or sign in kinds["alone"]
        weight = -2 if before[-1:].islower() else int(alone)
    elif sign in kinds["foreign"]:
        weight = 0
    elif sign in kinds["apostrophe"]:
        weight = _apostrophe(before, after) if left and right else 0
    elif any(sign in kinds[kind] for kind in ("opening", "closing", "between")):
        weight = _mark(sign, left=left, right=right)
    else:
        weight = -2
    return weight


def _mark(sign: str, *, left: bool, right: bool) -> int:
    kinds = _letters()
    if left and right and sign not in kinds["between"]:
        return -1
    fits = {"opening": right and not left, "closing": not right, "between": not left and not right}
    return int(any(sign in kinds[kind] and fit for kind, fit in fits.items()))


def _apostrophe(before: str, after: str) -> int:
    """Elision ("l’eau", "qu’elle") or a short ending ("women’s"), else no apostrophe."""
    word = re.split(r"\W", before.lower())[-1]
    ending = re.match(r"[^\W\d_]*", after.lower())
    ends = ending is not None and ending[0] in _letters()["ending"]
    return 1 if word in _letters()["elision"] or ends else -1


@cache
def _letters() -> Mapping[str, frozenset[str]]:
    """Letters and words of `ontology/western.yaml`, by what they are."""
    tree = yaml.safe_load(resource("ontology", "western.yaml").read_text("utf-8"))
    return {name: frozenset(str(item) for item in items) for name, items in tree.items()}
