"""What "and" joins: two words before one head, or two whole names."""

from collections.abc import Callable, Sequence

from kg.extract import bodily as b
from kg.extract.chains import FOR, OF, linking
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon
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


def both_whole(left: Sequence[Word], right: Sequence[Word], second: Info, lexicon: Lexicon) -> bool:
    """Whether either side is a name: "Voz de Palo y Mbeka Solo", "Lu FM and Mi Star TV".

    Args:
        left: Words before the "and".
        right: Words behind it and behind its article.
        second: The first word behind it, an article included.
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
    own, end = right[0].info, right[-1].info
    # "Red de Mujeres del Canal y Cimarrones del Naya"
    owned = [sum(w.info.folded in OF for w in side) for side in (left, right)]
    theirs = own.starter and owned[0] > 1 and owned[1] > 0 and _proper(end, lexicon)
    if not (last.capital and (theirs or _proper(last, lexicon))):
        return False
    # "… de la Universidad Ayala y la Ayuda Vasca"
    apart = bool(second.determiner) and len(left) > _FULL and not own.portfolio
    cause = own.capital and b.any_of(right[1:-1], lambda i: i.folded in FOR)
    crowd = end.starter or (end.common and end.folded.endswith("s"))
    apart = apart or (theirs and not second.determiner)
    return apart or cause or (_proper(own, lexicon) and not own.portfolio and not crowd)


def _proper(info: Info, lexicon: Lexicon) -> bool:
    return strange(info, lexicon) or info.folded in lexicon.towns


def whole(words: Sequence[Word]) -> bool:
    """Whether words are a name for themselves: "Radio Umoja", "Justice Without Borders"."""
    first, behind = words[0].info, words[1:]
    if first.starter and first.capital and len(behind) > 1 and behind[0].info.folded in FOR:
        return True
    medium = first.weak and first.capital and not (first.portfolio or first.starter)
    return medium and b.any_of(behind, lambda i: i.capital and not i.head and not i.common)


def cause_of(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether a cause ("Human Rights") goes on with what a committee is also for."""
    people = b.any_of(left, lambda i: i.head or i.starter or i.lead_in)
    ends = right[-1].info.strong or b.any_of(right[1:], lambda i: i.strong)
    return not people and ends and not right[0].info.head


def subjects(head: Info, right: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether plain words go on with what a ministry is for."""
    own = [w.info for w in right if not linking(w.info)]
    if head.folded not in lexicon.listing_heads or not own:
        return False
    return all(i.portfolio or (i.ordinary and not (i.suspicious or i.strong)) for i in own)


def both_owned(
    left: Sequence[Word], right: Sequence[Word], strange: Callable[[Info], bool]
) -> bool:
    """As in "l'appui de Femmes Debout de Kobi et de Ginna Wagadu": each has its own "of".

    Args:
        left: Words before the "and".
        right: Words behind it and its "of".
        strange: Says whether a word is rather a name than a plain one.
    """
    own = [w.info for w in right if w.info.capital]
    ended = len(left) > 1 and strange(left[-1].info)
    return ended and len(own) > 1 and strange(own[0])


def second_body(words: Sequence[Word], start: int, at: int, end: int) -> bool:
    """As in "… for Ministry of Justice": a link that leads to another body."""
    info = words[at].info
    if not (info.connector or info.near) or info.folded in OF:
        return False
    behind = at + 1
    while behind < end and linking(words[behind].info):
        behind += 1
    if behind >= end - 1 or not b.any_of(words[start:at], b.body):
        return False
    head = words[behind].info
    return head.strong and head.capital and not head.folded.endswith("s") and not head.starter


def opens(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word before an article is no name: "Vino la Cruz Roja", "(On 3) June the Guard"."""
    info = word.info
    if info.folded in lexicon.calendar:
        return True
    own = info.head or info.starter or info.suspicious or info.acronym
    return word.first and not own and lexicon.everyday(info.folded)


def another(words: Sequence[Word], at: int) -> bool:
    """Whether "and", an article and the head of a body stand here: asked before all else."""
    link, article, head = (w.info for w in words[at : at + 3])
    opens = article.determiner and head.capital and head.strong and not head.starter
    return link.coordination and opens and not words[at - 1].info.starter
