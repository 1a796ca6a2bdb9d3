"""Words in capitals: an acronym, or a surname written as identity papers write it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.sheet import Word

_SHORTEST_SURNAME = 4
_NEAR = 3  # words on either side
_LONGEST_LINE = 40  # words of a heading
_SHOUTED = 4  # words in capitals near each other: a heading, not acronyms
_VOWELS = "AEIOUYÀÂÄÁÃÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜ"
_VOWEL_RUN = re.compile(rf"[{_VOWELS}]+")
_UNSPEAKABLE = re.compile(rf"[^{_VOWELS}]{{4}}")


def spoken(text: str) -> bool:
    """Whether upper-case letters can be spoken as a name: vowels and consonants in turn.

    >>> spoken("HABONIMANA"), spoken("RLFDN"), spoken("AZIZ")
    (True, False, True)
    """
    return len(_VOWEL_RUN.findall(text)) > 1 and not _UNSPEAKABLE.search(text)


def surname_like(
    words: Sequence[Word], index: int, *, places: frozenset[str] = frozenset()
) -> bool:
    """An upper-case name beside another: "DIARRA Fanta", "Jean-Claude NDAYIZEYE", "SHWAN AZIZ".

    *places*: folded names; beside one of them letters are a body's: "ACTED Niger".
    """
    info = words[index].info
    if not info.upper or len(info.text) < _SHORTEST_SURNAME or not _VOWEL_RUN.search(info.text):
        return False
    if index and words[index - 1].info.determiner and not words[index - 1].info.capital:
        return False  # "la UGEL Sur": nobody is called so
    return any(
        _beside(words[index], words[other])
        for other in (index - 1, index + 1, _over(words, index, -1), _over(words, index, 1))
        if 0 <= other < len(words) and words[other].info.folded not in places
    )


def _over(words: Sequence[Word], index: int, step: int) -> int:
    """The next word on one side behind an initial: "Ama D. MENSAH"; the word itself without one."""
    stop, initial = (index - 1, index - 2) if step < 0 else (index + 2, index + 1)
    if not 0 <= min(stop, initial) <= max(stop, initial) < len(words):
        return index
    letter = words[initial].info.text
    if words[stop].info.text != "." or len(letter) > 1 or not letter.isupper():
        return index
    return index + 3 * step


def _beside(word: Word, other: Word) -> bool:
    if word is other:
        return False
    info, near = word.info, other.info
    if near.upper and not near.stop and len(near.text) >= _SHORTEST_SURNAME:
        both = _VOWEL_RUN.search(near.text) is not None
        return both and (spoken(near.text) or spoken(info.text))
    given = near.word and near.capital and not near.upper
    return given and not (near.explained or near.head or near.title)


def _line(words: Sequence[Word], index: int) -> Sequence[Word]:
    """A word and up to three on either side, of the same line."""
    start, end = index, index + 1
    while start > max(0, index - _NEAR) and not words[start - 1].info.text.isspace():
        start -= 1
    while end < min(len(words), index + _NEAR + 1) and not words[end].info.text.isspace():
        end += 1
    return words[start:end]


def shouted(words: Sequence[Word], index: int) -> bool:
    """Whether the words around are upper case too: a shouted sentence holds no acronyms."""
    near = [w.info for w in _line(words, index) if w.info.word and len(w.info.text) > 1]
    loud = sum(i.upper for i in near)
    return (loud >= _SHOUTED and loud > len(near) // 2) or _heading(words, index)


def _heading(words: Sequence[Word], index: int) -> bool:
    """Whether a line is all in capitals and no row of acronyms: most of its words touch."""
    start, end = index, index + 1
    while start and not words[start - 1].info.text.isspace() and index - start < _LONGEST_LINE:
        start -= 1
    while end < len(words) and not words[end].info.text.isspace() and end - index < _LONGEST_LINE:
        end += 1
    line = words[start:end]
    said = [w.info for w in line if w.info.word]
    if len(said) < _SHOUTED or any(not i.upper and len(i.text) > 1 for i in said):
        return False
    touching = sum(one.info.word and other.info.word for one, other in pairwise(line))
    return touching >= _SHOUTED - 1
