"""What "and" joins: two words before one head, or two whole names."""

from collections.abc import Sequence

from kg.extract import bodily as b
from kg.extract.chains import FOR
from kg.extract.lexicon import Info, Lexicon
from kg.extract.sheet import Word
from kg.extract.somebody import strange

_FULL = 2  # words


def double_subject(left: Sequence[Word], right: Sequence[Word], second: Info) -> bool:
    """As in "Nurses and Midwives Union": two plain words, and the head of both behind them.

    Args:
        left: Words before the "and".
        right: Words behind it.
        second: The first word behind it, an article or a preposition included.
    """
    if len(left) != 1 or len(right) < _FULL or second.determiner or second.connector:
        return False
    one, other = left[0].info, right[0].info
    plain = all(bool(i.ordinary or i.common or i.starter) for i in (one, other))
    headed = one.head or other.head or one.acronym
    return plain and not headed and right[1].info.head and right[1].info.capital


def both_whole(left: Sequence[Word], right: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether either side is a name: "Voz de Palo y Mbeka Solo", "Lu FM and Mi Star TV".

    Args:
        left: Words before the "and".
        right: Words behind it and behind its article.
        lexicon: What is known of words.
    """
    if sum(w.info.capital for w in right) < _FULL or len(left) < _FULL:
        return False
    ends = lexicon.enders
    if right[-1].info.folded in ends and (left[-1].info.folded in ends or left[0].info.weak):
        return True
    first, last = left[0].info, left[-1].info
    if not first.capital or not b.any_of(left, lambda i: i.head or i.starter):
        return False
    if not (last.capital and _proper(last, lexicon)):
        return False
    own, end = right[0].info, right[-1].info
    cause = own.capital and b.any_of(right[1:-1], lambda i: i.folded in FOR)
    crowd = end.starter or (end.common and end.folded.endswith("s"))
    return cause or (_proper(own, lexicon) and not own.portfolio and not crowd)


def _proper(info: Info, lexicon: Lexicon) -> bool:
    return strange(info, lexicon) or info.folded in lexicon.towns


def whole(words: Sequence[Word]) -> bool:
    """Whether words are a name for themselves: "Radio Umoja", "Justice Without Borders"."""
    first, behind = words[0].info, words[1:]
    if first.starter and first.capital and len(behind) > 1 and behind[0].info.folded in FOR:
        return True
    medium = first.weak and first.capital and not (first.portfolio or first.starter)
    return medium and b.any_of(behind, lambda i: i.capital and not i.head and not i.common)
