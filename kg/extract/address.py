"""What belongs to somebody's name beside its capitals: how people are addressed and called.

"doña Tencha", "Sughran bibi", "dr. ngozi", "Awa Sow, « la Grande »": a name of
which a part is left can still be read, so each of these is covered with it.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.info import Info
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.sheet import Sheet, Word

_LONG = 4  # letters of each of two
_SHORTEST = 3  # letters of an uncapitalised name
_SURE = 2  # uncapitalised names in a row behind an office: "la ministre achta mahamat"
_NICKNAME = re.compile(
    r",?\s*\(?\s*[\"“«‘']\s?((?:(?:[Ee]l|[Ll][aeo]|[Ll]es|[Ll]os|[Tt]he)\s+)?"
    r"[^\W\d_a-zà-öø-ÿ][^\W\d_'’-]*(?:[ '’-][^\W\d_]+){0,2})\s?[\"”»’']"
)
_NUMBER = re.compile(r"\d[\d ().+-]{5,}\d")  # as long as the shortest number that reaches
_SHORT_NUMBER = re.compile(r"(?<![\w,/-])\(?\d[\d ().-]{5,18}\d(?![\w/-])")
_CUE = 16  # characters before a number that may say what it is
_GOES_ON = re.compile(
    r"\s+(?:[^\W\d_]{1,4}\s+){0,2}[^\W\d_a-zà-öø-ÿ][^\W\d_]+(?:[ -][^\W\d_a-zà-öø-ÿ][^\W\d_]+){0,2}"
)


def widened(words: Sequence[Word], start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Where a name begins and ends with the uncapitalised honorifics that touch it.

    Args:
        words: All words of the record.
        start: The first word of the name.
        end: Behind its last word.
        lexicon: Its lists of honorifics.

    Returns:
        The same places, or wider ones.
    """
    before = start - 1
    if before > 0 and words[before].info.text == ".":
        before -= words[before - 1].info.folded in lexicon.abbreviations
    if before >= 0 and _addresses(words[before].info, lexicon):
        start = before
    if end < len(words) and not words[end].info.big:
        end += words[end].info.folded in lexicon.trailing
    return start, end


def uncapitalised(words: Sequence[Word], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Names that nobody capitalised: known ones, and strange words behind a title.

    A word of the list of names that no dictionary has is one anywhere; with it go the strange
    words and the initials beside it. Behind an honorific, or before one, one strange word is
    enough; behind an office, which also stands before plain words, two, or a known name.
    """
    for index, word in enumerate(words):
        info = word.info
        if info.borne_small and (info.named_small or _full(words, index, lexicon)):
            yield _with_strange(words, index, lexicon)
        elif info.folded in lexicon.addressed and _behind_a_name(words, index, lexicon):
            yield index - 1, index + 1
        if not info.title:
            continue
        begin = index + 1
        apart = begin < len(words) and words[begin].info.text == ","
        if begin < len(words) and words[begin].info.text in {".", ","}:
            begin += 1
        end = begin
        while end < len(words) and _strange(words[end].info, lexicon):
            end += 1
        if end == begin or (apart and not _between_commas(words, begin, end)):
            continue
        sure = apart or _addresses(info, lexicon) or end - begin >= _SURE
        if sure or lexicon.borne(words[begin].info.folded):
            yield begin, end


def _with_strange(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[int, int]:
    """An uncapitalised name with what belongs to it: "j. otieno", "coumba diouf", "sule bello"."""
    start, end = at, at + 1
    while start and _part(words, start - 1, lexicon):
        start -= 1
    while end < len(words) and _part(words, end, lexicon):
        end += 1
    called = end < len(words) and words[end].info.folded in lexicon.called
    if end + 1 < len(words) and (called or words[end].info.particle):
        own = end + 1
        own += called and _addresses(words[own].info, lexicon)
        if own < len(words) and _part(words, own, lexicon):
            end = own + 1
    if start > 1 and words[start - 1].info.text == "." and len(words[start - 2].info.text) == 1:
        start -= 2
    if end < len(words) and words[end].info.folded in lexicon.trailing and not words[end].info.big:
        end += 1
    return start, end


def _full(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """A name that is also a plain word, and a strange word behind it: "grace uwimana"."""
    info = words[at].info
    if len(info.text) < _LONG or at + 1 == len(words):
        return False
    known = info.explained or info.small or info.head or info.starter or info.title
    if known or info.lead_in or info.portfolio or info.thing:
        return False
    behind = words[at + 1].info
    return len(behind.text) >= _LONG and _part(words, at + 1, lexicon)


def _behind_a_name(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """As "apa" in "mukta apa": how one speaks to somebody, behind a word that no dictionary has."""
    if not at or words[at].info.big:
        return False
    return _strange(words[at - 1].info, lexicon)


def _between_commas(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether one word stands alone as in "a policeman, adoum, …"."""
    return end - begin == 1 and end < len(words) and words[end].info.text == ","


def _part(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    info = words[at].info
    strange = (
        not (info.stop or info.particle)
        and _strange(info, lexicon)
        and not lexicon.everyday(info.folded)
    )
    return info.named_small or strange


def nicknames(
    text: str, ends: Sequence[int], words: Sequence[Word], lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks behind a name, or inside one.

    "Wilmer Arbo, "el Profe"," and "Juan "Chepe" de los Santos"; "dit" may lead to it.
    """
    called = {
        word.end: words[index - 1].end
        for index, word in enumerate(words)
        if index and word.info.folded in lexicon.called and not word.info.big
    }
    known = frozenset(ends)
    for end in sorted({*ends, *called}):
        match = _NICKNAME.match(text, end)
        if match is None:
            continue
        # "Awa Sow dite « la Grande »" is one name, where the first is one.
        led = called.get(end) in known
        yield (called[end] - 1 if led else match.start(1), match.end(1))
        more = _GOES_ON.match(text, match.end())
        if more is not None and not text.startswith(",", end):
            particles = more[0].split()
            if all(w[0].isupper() or lexicon.info(w).particle for w in particles):
                yield end - 1, more.end()


def contacts(paper: Sheet, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where addresses and numbers stand by which somebody can be reached."""
    sites = "@" in paper.masked
    kinds = [
        k for k in lexicon.contacts if (sites if k != "phone" else _NUMBER.search(paper.masked))
    ]
    found = [place for kind in kinds for place in paper.matches(lexicon.contacts[kind])]
    if "phone" in kinds:
        found += [
            (start, end)
            for start, end in paper.matches(_SHORT_NUMBER)
            if lexicon.number_before.search(paper.masked, max(0, start - _CUE), start)
        ]
    return found


def reaches(text: str) -> bool:
    """Whether words are an address or a number, by which somebody can be reached.

    >>> reaches("awa@example.org"), reaches("+254 700 000 111"), reaches("Awa")
    (True, True, False)
    """
    return any(p.fullmatch(text) is not None for p in lexicon().contacts.values())


def _addresses(info: Info, lexicon: Lexicon) -> bool:
    return not info.big and info.folded in lexicon.honorifics


def _strange(info: Info, lexicon: Lexicon) -> bool:
    """An uncapitalised word that is in no list and no dictionary."""
    if info.big or not info.word or info.digit or len(info.text) < _SHORTEST:
        return False
    known = info.explained or info.small or info.head or info.starter or info.title
    known = known or info.lead_in or info.portfolio or info.thing or info.class_noun
    plain = lexicon.plain_adjective(info.folded)
    return not (known or plain or lexicon.ordinary(info.folded))
