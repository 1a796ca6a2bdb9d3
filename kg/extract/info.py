"""What is known of one spelling, and which spellings may abbreviate a name."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

#: Endings that stand as words of their own; the last two behind a plural: "Journalists' Union".
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
#: Stands for the languages of `data/tongues.yaml` in `Info.ordinary`.
TONGUES = "xx"

_SHORTEST_TAIL = 3  # letters behind one with a hyphen
_LONGEST_ACRONYM, _LONGEST_HEAD = 16, 12  # letters: with its chapter ("ACAT-Niger"), and without
_ROMAN = re.compile(r"(?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3})$")
#: As in "UN-led".
SMALL_TAIL = re.compile(r"[-‑][a-zà-öø-ÿ]{2,}$")


class Info(NamedTuple):
    """What is known of one spelling, wherever it stands. Quickly made, once a spelling.

    `upper` is a word of two or more letters without lower case; `mixed` has a
    capital behind a small letter ("DefendersLink"); `acronym` may abbreviate a
    name. `big` has a capital at its beginning or behind a particle
    ("al-Khafaji"); `small` only links ("of", "et", "la", a possessive ending);
    a `head` makes a name of a body; `explained` needs no person to explain its
    capital; only an `opening` one can begin a chain. The rest says which
    lists of `data/` hold the folded form.
    """

    text: str
    folded: str
    word: bool
    capital: bool
    upper: bool
    mixed: bool
    acronym: bool
    digit: bool
    big: bool
    opening: bool
    inner_capital: bool = False
    pieces: tuple[str, ...] = ()
    letters: str = ""  # as an acronym: without dots and a possessive ending
    strong: bool = False
    weak: bool = False
    lower_head: bool = False
    starter: bool = False
    class_noun: bool = False
    function: bool = False
    common: bool = False
    demonym: bool = False
    adjective: bool = False
    connector: bool = False
    near: bool = False
    coordination: bool = False
    determiner: bool = False
    lead_in: bool = False
    portfolio: bool = False
    thing: bool = False
    title: bool = False
    particle: bool = False
    leading: bool = False
    suspicious: bool = False
    stop: bool = False
    framework: bool = False
    product: bool = False
    ordinary: str = ""  # whose dictionary leaves a capitalised word small: "en fr"
    named: bool = False  # a capitalised word on a list of names that persons bear
    borne_small: bool = False  # an uncapitalised word that is also a name
    named_small: bool = False  # of these, one that no dictionary has
    # What follows from the lists, once for all:
    small: bool = False
    head: bool = False
    explained: bool = False


_LINKS = ("connector", "near", "coordination", "determiner")
_EXPLAIN = ("function", "common", "demonym", "framework", "product")


def flags_of(lists: Mapping[str, frozenset[str]]) -> dict[str, dict[str, Any]]:
    """Of each folded word, which lists have it, and what follows from that alone."""
    found: dict[str, dict[str, Any]] = {}
    for kind, listed in lists.items():
        for word in sorted(listed):
            found.setdefault(word, {})[kind] = True
    for ending in POSSESSIVES:
        found.setdefault(ending.replace("’", "'"), {})["small"] = True
    for kinds in found.values():
        kinds["small"] = "small" in kinds or any(kind in kinds for kind in _LINKS)
        kinds["head"] = "strong" in kinds or "weak" in kinds
        known = any(kind in kinds for kind in _EXPLAIN)
        kinds["explained"] = known and "suspicious" not in kinds
    return found


@lru_cache(maxsize=50_000)
def plain_acronym(text: str) -> str:
    """An acronym for comparing: no dots, no trailing possessive.

    >>> plain_acronym("U.N."), plain_acronym("RLFDN's")
    ('UN', 'RLFDN')
    """
    return re.sub(r"['’]s$", "", text).replace(".", "").replace("‑", "-")


def may_abbreviate(text: str, letters: list[str], capitals: int) -> bool:
    """Whether a spelling may be an acronym: "RLFDN", "CoDDH", "R2D", "ACAT-Niger", "J-FLAX"."""
    if len(text) > _LONGEST_ACRONYM or capitals <= 1 or _ROMAN.fullmatch(text):
        return False
    if SMALL_TAIL.search(text):
        return False  # "UN-led"
    head, *tail = re.split(r"[-‑/]", text)
    if len(head) == 1:
        return len(tail) == 1 and tail[0].isupper() and len(tail[0]) >= _SHORTEST_TAIL
    caps = sum(c.isupper() for c in head)
    small = sum(c.islower() for c in head)
    if sum(c.isdigit() for c in text) > len(letters):
        return False
    return caps > 1 and caps > small and len(head) <= _LONGEST_HEAD
