"""Acronyms that stand beside their name without a bracket: "Nile Farmers' Rooms, or NFR".

Only where every letter is the initial of a word right before it: a comma or a
dash alone joins many things.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.data_files import data
from kg.extract.info import POSSESSIVES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.pairs import Pair, flat, trust
from kg.extract.sheet import Sheet, Word

_METHOD = "abbreviation-definition"
_SHORTEST = 3  # letters of an acronym that its name explains without a bracket
_QUOTES = frozenset("«»“”\"'")


@lru_cache(maxsize=1)
def _saying() -> re.Pattern[str]:
    """What leads from a name to its acronym."""
    said = "|".join(data("identity.yaml")["called"])
    return re.compile(rf",?\s+(?:{said})\s+(?:the |la |le |el |l['’])?[«“\"]?\s?$|\s+[-–—]\s+$")


def beside(paper: Sheet, lexicon: Lexicon) -> Iterator[Pair]:
    """Names and acronyms that a word or a dash joins, in order of place.

    Args:
        paper: The record.
        lexicon: What is known of words.
    """
    words = paper.words
    for at, word in enumerate(words):
        if not word.info.acronym or len(word.info.letters) < _SHORTEST or at < _SHORTEST:
            continue
        part = paper.part_of(word.start)
        low = max(part.start, words[max(0, at - 9)].start)
        link = _saying().search(paper.masked, low, word.start)
        if link is None:
            continue
        outer = paper.at(link.start() - 1)
        while outer >= 0 and words[outer].info.text in _QUOTES:
            outer -= 1
        start = _spelled(words, outer, word.info.letters)
        if start is None or words[start].start < part.start or _goes_before(words, start):
            continue
        confidence = trust(paper, start, outer + 1, by_letters=True, lexicon=lexicon)
        if confidence and any(_telling(w.info) for w in words[start : outer + 1]):
            yield Pair((start, outer + 1), (at, at + 1), confidence, _METHOD)


def _spelled(words: Sequence[Word], outer: int, letters: str) -> int | None:
    """The first of the words whose initials are these letters; None where they are not."""
    wanted = flat(letters)
    for links in (False, True):
        at, left = outer, len(wanted)
        while left and at >= 0:
            info = words[at].info
            if info.word and flat(info.text[0]) == wanted[left - 1] and (links or not info.small):
                left -= 1
            elif not (info.small or info.text in POSSESSIVES):
                break
            at -= 1
        if not left and words[at + 1].info.capital:
            return at + 1
    return None


def _goes_before(words: Sequence[Word], start: int) -> bool:
    """Whether the name begins before the letters say so: "Kenyan | National Land Network"."""
    if not start or words[start].first:
        return False
    before = words[start - 1].info
    return before.capital and not before.determiner


def _telling(info: Info) -> bool:
    """A word that nobody bears as a name."""
    return info.head or info.starter or bool(info.ordinary) or info.common or info.portfolio
