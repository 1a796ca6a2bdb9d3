"""What the words of a name hint at, asked of one word or of a row of them."""

from collections.abc import Callable, Sequence

from kg.extract.chains import joined, linking
from kg.extract.info import TONGUES, Info
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Word


def plain(info: Info) -> bool:
    """A capital that needs no person: of a function word, a common one, a nationality."""
    return info.capital and info.explained and not info.suspicious


def any_of(words: Sequence[Word], holds: Callable[[Info], bool]) -> bool:
    """Whether one of the words is such."""
    return any(holds(w.info) for w in words)


def body(info: Info) -> bool:
    """The head of a body's name, capitalised or not."""
    return info.strong or (info.lower_head and not info.capital)


def bodily(info: Info) -> bool:
    """A word that hints at a body: a head, people and their cause, letters."""
    return info.head or info.starter or lettered(info)


def lettered(info: Info) -> bool:
    """An acronym, or capitals inside a word."""
    return info.acronym or info.mixed


def opens_body(words: Sequence[Word]) -> bool:
    """Whether words begin, behind an article, with the head of a name."""
    rest = [w for w in words if not w.info.determiner][:1]
    return any_of(rest, lambda i: i.capital and (i.strong or i.starter or foreign(i)))


def foreign(info: Info) -> bool:
    """A noun of a body in a language of other texts: "Muryar"."""
    return info.weak and TONGUES in info.ordinary.split()


def names_itself(words: Sequence[Word]) -> bool:
    """One acronym or one word with inner capitals: a whole name."""
    return len(words) == 1 and lettered(words[0].info)


def generic(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """A phrase that says a kind of bodies or people: "Human Rights Defenders"."""
    return joined([w.info for w in words]) in lexicon.generic_phrases


def idle(info: Info, *, opening: bool) -> bool:
    """A word at which no name begins or ends."""
    if not info.word or linking(info):
        return True
    return opening and info.function and not (info.acronym or info.suspicious)
