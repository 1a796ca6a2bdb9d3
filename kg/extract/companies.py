"""Companies by their legal form and firms by their partners: "Kwong Tai (SI) Ltd".

Their form says what they are, whatever their other words may be, so that none
of these is suspected to be somebody's for want of a head noun.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.chains import OF
from kg.extract.data_files import data
from kg.extract.lexicon import Lexicon
from kg.extract.sheet import Sheet, Word

_DOTTED = re.compile(r"(?<![^\W_])[A-Z][./]")  # "S.A.", the "S" of "S. A."
_LETTERS = re.compile(r"[^\W\d_]+")
_NAME = r"[A-ZÀ-Ý](?:[\w'’-]|&(?=\w))+"
_OF = r"(?:(?:de|del|du|des|da|do|of|and|y|et|&) (?:(?:la|las|los|el|the) )?)"
_LINKED = rf"{_NAME}(?: {_OF}?{_NAME}){{1,5}}"
_ROW = 3  # a name, a comma, a form
_LONG = 3  # words; what is shorter and stands behind "du" is the end of a longer name
_AND = r"(?:&|et|y|and)"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    said = {kind: f"(?:{'|'.join(words)})" for kind, words in data("companies.yaml").items()}
    end = r"(?![\w&-])"
    row = rf"{_NAME}(?:, {_NAME})*"
    return (
        re.compile(rf"(?<![\w&]){_LINKED},?(?: \([A-Z]{{1,5}}\))? {said['forms']}{end}"),
        re.compile(rf"(?<![\w&]){_NAME},? {said['alone']}{end}"),
        re.compile(rf"(?<![\w&-]){said['before']} {_NAME}(?: {_OF}?{_NAME}){{1,4}}{end}"),
        re.compile(
            rf"(?<!\w){said['firms_before']} {row},? {_AND} (?:{said['partners']}|{_NAME}){end}"
        ),
        re.compile(rf"(?<![\w&]){row},? {_AND} {said['partners']}{end}"),
        re.compile(rf"(?<!\w){_NAME}, {row},? (?:&|and) {_NAME} {said['firms_behind']}{end}"),
    )


#: For each pattern, the lists of which one word has to stand in a text that it is to match.
_NEEDED = (("forms",), ("alone",), ("before",), ("firms_before",), ("partners",), ("firms_behind",))


@lru_cache(maxsize=1)
def _keys() -> tuple[frozenset[str], ...]:
    """For each pattern, words of which it needs one, if no dotted letters: most texts have none."""
    said = data("companies.yaml")
    return tuple(
        frozenset(word for kind in kinds for form in said[kind] for word in _words_of(form))
        for kinds in _NEEDED
    )


def _words_of(form: str) -> set[str]:
    """The capitalised words that a form may be spelled with; its last word where it has none."""
    spelled = (re.sub(r"\[(.)(.)\]", pick, form) for pick in (r"\1", r"\2"))
    words = [word for one in spelled for word in _LETTERS.findall(one)]
    lettered = any(len(word) == 1 for word in words)  # "S. A.": asked for by its dots
    return {w for w in words if w[0].isupper() and len(w) > 1} or set(
        [] if lettered else words[-1:]
    )


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(data('companies.yaml')['forms'])})(?![\w&])")


def formed(text: str, at: int) -> bool:
    """Whether a legal form stands at a place: what is in the bracket before it is the company's."""
    return _behind().match(text, at) is not None


def companies(paper: Sheet, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where the names of companies and firms stand in the text.

    Args:
        paper: The record.
        lexicon: Says which words lead to a name and are no part of it.

    Yields:
        Start and end of each, one pattern after the other.
    """
    said = {word.info.text for word in paper.words}
    dotted = _DOTTED.search(paper.masked) is not None
    for pattern, keys in zip(_patterns(), _keys(), strict=True):
        if not dotted and keys.isdisjoint(said):
            continue
        for start, end in paper.matches(pattern):
            inside = paper.inside(start, end)
            words = [paper.words[i] for i in inside]
            while len(words) > 1 and _leads(words[0].info.folded, lexicon, first=words[0].first):
                words = words[1:]
                while len(words) > 1 and words[0].info.small:
                    words = words[1:]
            words = _own(words)
            if len(words) == _ROW and words[1].info.text == "," and words[2].info.acronym:
                continue  # "to PSX, JSC and the Guild": a row
            ending = len(words) < _LONG and _goes_before(paper, inside.start)
            if len(words) > 1 and not paper.loud(start) and not ending:
                yield words[0].start, end


def _goes_before(paper: Sheet, at: int) -> bool:
    """Whether a longer name ends here: "Société minière | du Mbelwa S.A."."""
    if at <= 1 or paper.words[at - 1].info.folded not in OF:
        return False
    before = paper.words[at - 2].info
    return before.head or (before.adjective and paper.words[max(0, at - 3)].info.head)


def _own(words: list[Word]) -> list[Word]:
    """Without another body before an "and": "State Service and Mbelwa Railways JSC"."""
    for at in range(len(words) - 1, 0, -1):
        before = words[at - 1].info
        ended = before.strong or (before.head and at > 1)
        if words[at].info.coordination and ended and not words[at + 1].info.head:
            return words[at + 1 :]
    return words


def _leads(folded: str, lexicon: Lexicon, *, first: bool) -> bool:
    """Whether a capitalised word before a name is none of it: "The", "Director", "Then"."""
    info = lexicon.info(folded)
    return info.small or info.function or info.lead_in or (first and info.explained)
