"""Which capitals are explained without a person: by a name of a body, a place, a plain word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.address import contacts
from kg.extract.capitals import spoken, surname_like
from kg.extract.context import Context
from kg.extract.info import Info
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.sheet import Sheet, Span, Word
from kg.model import Kind, MentionStatus

# "McBride", "DeSouza", "N'Guessan": inner capitals that persons have too.
PERSON_CAMEL = re.compile(r"(?:Mc|Mac|De|Di|Da|La|Le|Du|Van|Von|Ben|Abd|Fitz|O['’])[A-ZÀ-Ý]")
_PLAIN = 5  # letters; shorter words of a dictionary are many a name
_DIGIT = re.compile(r"\d")
_COMPOUNDS = ("-backed", "-based", "-led", "-funded")
_TOWN_WORDS = (4, 3, 2)
_SHORT_LETTERS = 6  # of an acronym that stands alone
_OTHERS = frozenset({Kind.PLACE, Kind.OUTCOME_ID, Kind.REDACTION})


@dataclass(frozen=True, slots=True)
class Explained:
    """For each word: whether its capital is explained, and whether no run may cross it."""

    words: tuple[bool, ...]
    barred: tuple[bool, ...]


def explained(paper: Sheet, lexicon: Lexicon, *, places: frozenset[str] = frozenset()) -> Explained:
    """Look at every word of a record, once names of bodies and places are taken down.

    Args:
        paper: The record.
        lexicon: What is known of words.
        places: Folded names of countries: "ACTED Niger" is no surname and name.
    """
    words = paper.words
    barred = [False] * len(words)
    for span in paper.spans:
        if span.kind in _OTHERS or explains(paper, span, lexicon, places=places):
            for index in paper.inside(span.start, span.end):
                barred[index] = True
    of_contacts = {i for place in contacts(paper, lexicon) for i in paper.inside(*place)}
    small = {
        w.info.folded
        for n, w in enumerate(words)
        if w.info.word and not w.info.big and n not in of_contacts
    }
    known = [
        barred[index]
        or not word.info.big
        or _plain(words, index, lexicon, small, places)
        or _opens(paper, index)
        for index, word in enumerate(words)
    ]
    for start, end in paper.matches(lexicon.colour_codes):
        for index in paper.inside(start, end):
            known[index] = True
    _ordinary(paper, known)
    _towns(words, known, lexicon)
    _of_names(words, known, barred)
    return Explained(tuple(known), tuple(barred))


def explains(
    paper: Sheet, span: Span, lexicon: Lexicon, *, places: frozenset[str] = frozenset()
) -> bool:
    """Whether a name of a body explains its capitals: a mere suggestion rarely does."""
    if span.kind is not Kind.ORGANISATION or span.method == "model":
        return False
    if span.status is MentionStatus.ACCEPTED:
        return True
    infos = [paper.words[i].info for i in paper.inside(span.start, span.end)]
    if len(infos) == 1:
        known = _letters_explain(infos[0], defined=span.group is not None)
        return known or _letters_of_a_body(paper, span, lexicon, places=places)
    if span.method == "bracketed-name":
        # A title has small words in it that no name of a person has: "Light the Way".
        return any(i.function and not i.particle for i in infos)
    if Context(paper, lexicon, places=places).plainly(span):
        return True
    headed = any(i.head or i.starter for i in infos) and not any(i.title for i in infos)
    return span.method == "acronym-rule" or headed


def _letters_explain(info: Info, *, defined: bool) -> bool:
    if info.mixed:
        return not PERSON_CAMEL.match(info.text)
    return info.stop or (info.acronym and (defined or not spoken(info.text)))


def _letters_of_a_body(
    paper: Sheet, span: Span, lexicon: Lexicon, *, places: frozenset[str]
) -> bool:
    """Capitals that could be spoken as a surname, and nothing in the record says that they are.

    Short ones that no list of names has stand alone as acronyms do; longer
    ones need a row of bodies or the deed of one beside them.
    """
    text = paper.text[span.start : span.end]
    info = lexicon.info(text)
    words = paper.words
    if not info.acronym or info.mixed or (info.named and not _with_article(words, text)):
        return False
    for index, word in enumerate(words):
        if word.info.text != text:
            continue
        before = words[index - 1].info if index else None
        titled = before is not None and (before.title or before.folded in lexicon.abbreviations)
        if titled or surname_like(words, index, places=places):
            return False
    if len(text) <= _SHORT_LETTERS:
        return True
    if not any(surname_like(words, i, places=places) for i in range(len(words))):
        return True  # nobody's surname is written in capitals here
    context = Context(paper, lexicon, places=places)
    same = (s for s in paper.of(Kind.ORGANISATION) if paper.text[s.start : s.end] == text)
    return any(context.acts(other) for other in same)


def _with_article(words: Sequence[Word], text: str) -> bool:
    """Whether letters that are also a name have an article somewhere, as nobody's name has."""
    return any(
        word.info.text == text and one.info.determiner and not one.info.upper
        for one, word in pairwise(words)
    )


def _plain(
    words: Sequence[Word],
    index: int,
    lexicon: Lexicon,
    small: set[str],
    places: frozenset[str],
) -> bool:
    """Whether a word has its capital by custom, by its sentence, or as a title or a head noun."""
    word = words[index]
    info = word.info
    if info.suspicious:
        return _plain_here(words, index, lexicon)
    numbered = info.upper and (_DIGIT.search(info.text) or _numbered(words, index))
    if numbered or info.explained or info.head or info.folded.endswith(_COMPOUNDS):
        return True  # "EQ-07", "UG 14" too
    if info.title and info.folded in lexicon.abbreviations:
        return True
    if word.first and info.folded in small and not _borne(info):
        return True  # the same word stands uncapitalised elsewhere in the record
    if info.stop and not surname_like(words, index, places=places):
        return True
    return _beside_place_word(words, index, lexicon)


def _ordinary(paper: Sheet, known: list[bool]) -> None:
    """Words of the record's dictionary beside a law ("Ley Integral"), or first and alone."""
    words = paper.words
    language = paper.language or "en"
    for index, word in enumerate(words):
        info = word.info
        plain = language in info.ordinary.split() and not (info.suspicious or info.title)
        if known[index] or not plain or info.upper or len(info.text) < _PLAIN:
            continue
        before = words[index - 1] if index else None
        beside = before is not None and before.info.thing and before.info.capital
        last = index + 1 == len(words) or not words[index + 1].info.big
        if last and (word.first or (beside and known[index - 1])):
            known[index] = True


def _of_names(words: Sequence[Word], known: list[bool], barred: Sequence[bool]) -> None:
    """A plain word that somebody's full name in this record begins with is a name alone, too."""
    names = {
        one.info.text
        for at, (one, other) in enumerate(pairwise(words))
        if one.info.named and one.info.capital and not one.first and _unexplained(other.info)
        if not (known[at + 1] or barred[at])
    }
    if names:
        for index, word in enumerate(words):
            if word.info.text in names and not barred[index]:
                known[index] = False


def _unexplained(info: Info) -> bool:
    return info.capital and not (info.explained or info.head or info.ordinary or info.title)


def _borne(info: Info) -> bool:
    """A name that no dictionary has: uncapitalised elsewhere, it is somebody's there as well."""
    return info.named and not lexicon().everyday(info.folded)


def _numbered(words: Sequence[Word], index: int) -> bool:
    """Short letters before a number: of an id or a form."""
    short = len(words[index].info.text) < _SHORT_LETTERS
    return short and index + 1 < len(words) and words[index + 1].info.digit


def _opens(paper: Sheet, index: int) -> bool:
    """A word of this harvest that opens a sentence alone ("Ruling …"), a plan's acronym."""
    word = paper.words[index]
    if word.info.letters in paper.denied:
        return True  # an acronym that the record itself gives to a plan or a law
    if not word.first or word.info.suspicious or _borne(word.info):
        return False
    if word.info.text.lower() not in paper.small:
        return False
    return index + 1 == len(paper.words) or not paper.words[index + 1].info.big


def _plain_here(words: Sequence[Word], index: int, lexicon: Lexicon) -> bool:
    """As in "Grâce à", "3 May": words that are names elsewhere."""
    info = words[index].info
    before = words[index - 1].info if index else None
    if info.portfolio and before is not None and before.determiner:
        return True  # "(ministre de) la Justice"
    after = words[index + 1].info if index + 1 < len(words) else None
    if after is not None and after.folded in lexicon.explained_before.get(info.folded, ()):
        return True
    if info.folded not in lexicon.calendar:
        return False
    if any(i is not None and i.text[:1].isdigit() for i in (before, after)):
        return True
    alone = after is None or not after.big
    return alone and before is not None and before.folded in lexicon.calendar_before


def _beside_place_word(words: Sequence[Word], index: int, lexicon: Lexicon) -> bool:
    """As in "Kollo district", "la commune de Say"; and a town that nobody is named after."""
    info = words[index].info
    if info.folded in lexicon.towns and info.folded not in lexicon.town_names:
        return not _behind_initial(words, index)
    behind = index + 1
    if behind < len(words) and words[behind].info.folded in lexicon.place_kinds_after:
        return True
    at = index - 1
    while at >= 0 and words[at].info.folded in lexicon.place_kinds_between:
        at -= 1
    return at >= 0 and words[at].info.folded in lexicon.place_kinds_before


def _behind_initial(words: Sequence[Word], index: int) -> bool:
    """As in "A. Djibo": a town's name that is somebody's."""
    if index < 2 or words[index - 1].info.text != ".":  # noqa: PLR2004 (an initial, a full stop)
        return False
    letter = words[index - 2].info
    return letter.capital and len(letter.text) == 1


def _towns(words: Sequence[Word], known: list[bool], lexicon: Lexicon) -> None:
    """Towns of more words ("Port Sudan"); towns that people bear as a name, behind "in" or "à"."""
    for index, word in enumerate(words):
        if not word.info.big:
            continue
        for size in _TOWN_WORDS if word.info.folded in lexicon.town_starts else ():
            inside = range(index, min(index + size, len(words)))
            phrase = " ".join(words[i].info.folded for i in inside).replace("' ", "'")
            if phrase in lexicon.towns:
                for i in inside:
                    known[i] = True
        if index and word.info.folded in lexicon.town_names:
            alone = index + 1 >= len(words) or not words[index + 1].info.capital
            if alone and words[index - 1].info.folded in lexicon.place_before:
                known[index] = True
