"""The heading of the flag: taken only where every word beside its own is known to change nothing.

"Confidential? Names removed: no" says yes. No list of words that turn a sense is ever complete, so
the list in `ontology/headings.yaml` is that of the words that do not.
"""

import re
from collections.abc import Mapping
from functools import cache

from kg.read.lexicon import get_lexicon, headings_data
from kg.read.turning import without_answers
from kg.read.words import slips, squash, unmarked, unnumbered, words

#: The field whose "no" lets a record out.
FLAG = "confidential"

_LONG = 8  # letters of a word that is still itself with one of them wrong


def plainly_the_flag(plain: str) -> bool:
    """Is a heading, understood as the flag, listed as it stands, or all of plain words?

    Args:
        plain: The heading, without outer space.

    >>> plainly_the_flag("Is this outcome confidental? (yes/no)"), plainly_the_flag("Confidential")
    (True, True)
    >>> plainly_the_flag("Confidential? Names removed"), plainly_the_flag("De-confidential")
    (False, False)
    """
    bare = unnumbered(unmarked(plain))
    listed = get_lexicon().by_squash.get(squash(bare))
    if listed is not None and listed.field == FLAG:
        return True
    return _glued().search(bare) is None and all(map(_harmless, without_answers(words(bare))))


def _harmless(word: str) -> bool:
    own, beside = _words()
    return (
        word in beside
        or word in own
        or any(slips(word, one, most=1) is not None for one in own if len(one) >= _LONG)
    )


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of the listed headings of the flag, and those that may stand beside them."""
    lexicon = get_lexicon()
    own = frozenset(w for item in lexicon.wordings if item.field == FLAG for w in item.words)
    beside = _data()["beside"]
    assert isinstance(beside, dict)  # noqa: S101 - shipped data
    return own, frozenset(word for text in beside.values() for word in words(str(text)))


@cache
def _glued() -> re.Pattern[str]:
    """A prefix that a hyphen parts from its word: "De-confidential", not "Est-ce confidentiel"."""
    prefixes = "|".join(map(re.escape, str(_data()["prefixes"]).split()))
    return re.compile(rf"\b(?:{prefixes})[-\u2010\u2011\u2013]\w", re.IGNORECASE)


def _data() -> Mapping[str, object]:
    data = headings_data()["flag"]
    assert isinstance(data, dict)  # noqa: S101 - shipped data
    return data
