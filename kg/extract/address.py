"""What belongs to somebody's name beside its capitals: how people are addressed and called.

"doña Tencha", "Sughran bibi", "dr. ngozi", "Awa Sow, « la Grande »": a name of
which a part is left can still be read, so each of these is covered with it.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.lexicon import Info, Lexicon, lexicon
from kg.extract.sheet import Sheet, Word

_SHORTEST = 3  # letters of an uncapitalised name
_SURE = 2  # uncapitalised names in a row behind an office: "la ministre achta mahamat"
_NICKNAME = re.compile(
    r",?\s*\(?\s*[\"“«‘']\s?((?:(?:[Ee]l|[Ll][aeo]|[Ll]es|[Ll]os|[Tt]he)\s+)?"
    r"[^\W\d_a-zà-öø-ÿ][^\W\d_'’-]*(?:[ '’-][^\W\d_]+){0,2})\s?[\"”»’']"
)
_NUMBER = re.compile(r"\d[\d ().+-]{6,}\d")  # as long as the shortest number that reaches
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
    """Names that nobody capitalised, behind a title: words that no dictionary has.

    Behind an honorific one is enough; behind an office, which also stands
    before plain words, two, or one that a list of names has.
    """
    for index, word in enumerate(words):
        if not word.info.title:
            continue
        begin = index + 1
        if begin < len(words) and words[begin].info.text == ".":
            begin += 1
        end = begin
        while end < len(words) and _strange(words[end].info, lexicon):
            end += 1
        if end == begin:
            continue
        sure = _addresses(word.info, lexicon) or end - begin >= _SURE
        if sure or lexicon.borne(words[begin].info.folded):
            yield begin, end


def nicknames(
    text: str, ends: Sequence[int], words: Sequence[Word], lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks behind a name, or inside one.

    "Wilmer Arbo, "el Profe"," and "Juan "Chepe" de los Santos"; "dit" may lead to it.
    """
    called = [w.end for w in words if w.info.folded in lexicon.called and not w.info.big]
    for end in sorted({*ends, *called}):
        match = _NICKNAME.match(text, end)
        if match is None:
            continue
        yield match.span(1)
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
    return [place for kind in kinds for place in paper.matches(lexicon.contacts[kind])]


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
