"""Where a name goes on over a word that ends others: a full stop, a link of another language."""

from collections.abc import Sequence

from kg.extract.info import TONGUES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Word


def shortened(words: Sequence[Word], at: int, behind: Info | None, lexicon: Lexicon) -> bool:
    """Whether a full stop is of a shortened head: "Min. of Health", "Asoc. Mbelwa".

    Args:
        words: The words of the record.
        at: The full stop.
        behind: The first word behind it and its links, None where none may follow.
        lexicon: What is known of words.
    """
    short = words[at - 1]
    if short.info.folded not in lexicon.shortened or short.end != words[at].start:
        return False
    return short.info.capital and behind is not None and behind.capital and not behind.title


def foreign(
    words: Sequence[Word], start: int, at: int, behind: Info | None, lexicon: Lexicon
) -> bool:
    """Whether a link of another language joins two capitals: "Tèt Ansanm pou Dwa Moun".

    Args:
        words: The words of the record.
        start: Where the name begins.
        at: The link.
        behind: The word behind it, None where none may follow.
        lexicon: What is known of words.
    """
    link = words[at].info
    if behind is None or not behind.capital or behind.stop or not words[at - 1].info.capital:
        return False
    own = any(_noun(w.info, lexicon) for w in words[start:at])
    if own and not link.capital and link.folded in lexicon.inner_links:
        return True
    if not lexicon.link(link):
        return False
    if link.folded not in lexicon.ands:
        return True
    both = [w.info for w in words[start:at]]
    return any(i.head or TONGUES in i.ordinary.split() for i in (*both, behind))


def _noun(info: Info, lexicon: Lexicon) -> bool:
    """A noun of a body or of people that has no links of its own: "Baraza la Wavuvi"."""
    own = info.head or info.starter or TONGUES in info.ordinary.split()
    return own and not lexicon.romance(info.folded)
