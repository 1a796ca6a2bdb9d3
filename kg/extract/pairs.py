"""Which name an acronym stands for: the letters, and where the name begins.

Schwartz and Hearst's algorithm, with accents folded and elided articles
("l'", "d'") read as words.

Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", PSB 2003.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.chains import Piece, joined, linking
from kg.extract.info import POSSESSIVES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.rating import STRONG, rate
from kg.extract.sheet import Sheet, Word
from kg.extract.somebody import behind_somebody, named_after, office, somebody

DEFINED, WEAKLY_DEFINED, BRACKETED = 0.95, 0.6, 0.5
_SHORTEST_PHRASE = 3  # words of a small-letter name: "réseau des femmes leaders"


@dataclass(frozen=True, slots=True)
class Pair:
    """A long form and its acronym: word ranges [start, end), and how far they are trusted."""

    long: tuple[int, int]
    short: tuple[int, int]
    confidence: float
    method: str = "abbreviation-definition"


@dataclass(frozen=True, slots=True)
class Beginning:
    """First word of a long form, and whether the letters of the acronym say so."""

    word: int
    by_letters: bool


def flat(text: str) -> str:
    """Text folded letter by letter, so that places stay the same.

    >>> flat("Réseau"), len(flat("ﬁn")) == len("ﬁn")
    ('reseau', True)
    """
    return text.lower() if text.isascii() else text.translate(_FLAT)


class _Flat(dict[int, str]):
    """Letter → folded letter, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = unicodedata.normalize("NFKD", letter.casefold())[:1]
        # "ß" folds to two letters, "é" to one and its accent: places must stay the same.
        self[code] = folded or letter
        return self[code]


_FLAT = _Flat()


def long_form(text: str, acronym: str) -> int | None:
    """Where the shortest long form of an acronym begins in the text right before it.

    Args:
        text: What stands before the bracket.
        acronym: The short form; only its letters and digits count.

    Returns:
        Offset of the first letter of the long form, None where the letters
        of the acronym are not in the text in this order.

    >>> text = "said the Alliance Lacustre des Défenseurs de l'Eau"
    >>> text[long_form(text, "ALADE"):]
    "Alliance Lacustre des Défenseurs de l'Eau"
    >>> long_form("the army", "RNX") is None
    True
    """
    letters = [c for c in flat(acronym) if c.isalnum()]
    where = flat(text)
    at = len(where) - 1
    for index in range(len(letters) - 1, -1, -1):
        while at >= 0 and not (
            where[at] == letters[index] and (index > 0 or at == 0 or not where[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def beginning(
    paper: Sheet, outer: int, acronym: str, chains: Mapping[int, Piece], lexicon: Lexicon
) -> Beginning | None:
    """Where the long form begins whose last word is *outer*.

    Letters and rules are asked both: the letters alone stop at the nearest
    word that begins with the first letter, the rules alone know where a
    headed name begins though it is in another language than its acronym.
    """
    words = paper.words
    low = _earliest(paper, outer, acronym)
    region = paper.masked[words[low].start : words[outer].end] if low <= outer else ""
    offset = long_form(region, acronym)
    chain = _chain(paper, chains.get(outer + 1), lexicon)
    if offset is None:
        return None if chain is None else Beginning(chain, by_letters=False)
    letters = paper.at(words[low].start + offset)
    while words[letters].info.determiner and letters < outer:
        letters += 1
    if chain is not None:
        same = flat(words[chain].info.text[:1]) == flat(acronym[:1])
        headed = chain > letters and not words[letters].info.capital
        if headed or (chain < letters and same):
            return Beginning(chain, by_letters=True)
    return Beginning(letters, by_letters=True)


def _earliest(paper: Sheet, outer: int, acronym: str) -> int:
    """The first word at which a long form may begin: same sentence, not too many words back."""
    words = paper.words
    part = paper.part_of(words[outer].start)
    letters = sum(c.isalnum() for c in acronym)
    limit = min(letters + 5, 2 * letters + 2)
    low, content = outer, 0
    while low > 0 and words[low - 1].start >= part.start and content < limit:
        info = words[low].info
        if words[low].first or info.text in {"(", ")", ";", ".", ":"}:
            break
        content += info.word and not info.small
        low -= 1
    return low if words[low].info.word else low + 1


def _chain(paper: Sheet, piece: Piece | None, lexicon: Lexicon) -> int | None:
    """Where the name begins by rule, if a rule is sure of it."""
    if piece is None or piece.end - piece.start == 1:
        return None
    words = paper.words[piece.start : piece.end]
    return piece.start if rate(piece, words, lexicon) >= STRONG else None


def trust(  # noqa: PLR0911 (one return a reason)
    paper: Sheet, start: int, end: int, *, by_letters: bool, lexicon: Lexicon
) -> float:
    """How plausibly words [start, end) name a body: `DEFINED`, `WEAKLY_DEFINED` or 0."""
    words = paper.words[start:end]
    infos = [w.info for w in words if w.info.word]
    if not infos or joined(infos) in lexicon.generic_phrases or _personal(words, lexicon):
        return 0.0
    if paper_or_plan(infos, lexicon):
        return 0.0
    first, last = infos[0], infos[-1]
    romance = first.head and lexicon.romance(first.folded)
    headed = any(i.strong for i in infos)
    if last.thing and not (last.head or romance or headed):
        return 0.0
    if first.thing and not (first.head or first.starter):
        return 0.0
    if not any(i.capital for i in infos):
        phrase = by_letters and first.strong and len(infos) >= _SHORTEST_PHRASE
        return WEAKLY_DEFINED if phrase else 0.0
    if not first.capital:
        return 0.0
    sentence_case = any(not i.capital and not i.small for i in infos)
    if (headed and by_letters) or rate(Piece(start, end, sentence_case), words, lexicon) >= STRONG:
        return DEFINED
    return WEAKLY_DEFINED if by_letters else 0.0


def paper_or_plan(infos: Sequence[Info], lexicon: Lexicon) -> bool:
    """Whether a long form is of a paper, a plan or an event: "Coast Action Plan", "Charte des …".

    English names end with what they are, before any link; French and Spanish begin with it.
    """
    if infos[0].thing and not (infos[0].head or infos[0].starter):
        return True
    link = next(
        (n for n, i in enumerate(infos) if n and linking(i) and i.text not in POSSESSIVES),
        len(infos),
    )
    last = infos[link - 1]
    if lexicon.romance(infos[0].folded) and not lexicon.english(infos[0].folded):
        return False
    return link > 1 and last.thing and not (last.head or last.starter)


def _personal(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a long form is somebody's, or holds somebody's name behind a title or a link."""
    titled = any(office(w.info) for w in words) and somebody([w.info for w in words], lexicon)
    if titled or named_after(words, lexicon) is not None:
        return True
    return any(behind_somebody(words, at, lexicon) for at in range(1, len(words) - 1))
