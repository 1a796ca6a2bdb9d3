"""What rules of names cannot see and a release hides: links, numbers, scripts without capitals.

And names that nobody capitalised: behind a courtesy or an office ("Mr okafor", "chief okafor"), two
strange words side by side ("zolbir qarnum"); or that a full stop or a hyphen glued to another word.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

from kg.extract.lexicon import lexicon
from kg.release.names import Names, rare
from kg.release.reached import reached
from kg.release.words import courtesies, words
from kg.vocab import fold

# What follows "://" or "www." up to white space; a full stop that ends a sentence stays.
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}://|\bwww\.)[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]]", re.I
)
_SCRIPT_GAP = re.compile(r"[\s\W]{1,3}")
_TOLD = 3  # letters of a name in a hashtag
_FEW = 5  # texts in which a small word may stand that is a name
_GLUED = re.compile(r"[A-ZÀ-Þ][^\W\d_]{2,}")
_SMALL = re.compile(r"(?:[ \u00a0]+|[-'’])([a-zà-öø-ÿ][^\W\d_]{2,})(?!\w)")
_TAG = re.compile(r"(?<!\w)#\w+")
_PIECE = re.compile(r"[A-ZÀ-Þ]?[a-zà-öø-ÿ]+|[A-ZÀ-Þ]+(?![a-zà-öø-ÿ])")
_PAIR = re.compile(
    r"(?<![\w'’.@/-])([a-z]{3,})(?=[ \u00a0]+([a-z]{3,})(?![\w'’@/-]))"  # accents: forms of verbs
)
_COMPOUND = re.compile(r"(?<![\w'’-])([^\W\d_a-zà-öø-ÿ][^\W\d_]{2,})[-‑]([a-zà-öø-ÿ]{2,})\b")
_ENDS = re.compile(r"\s*(?:[.,;:)\n]|$)")


def unseen(text: str, names: Names, *, places: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Spans of a text that may name somebody, and that no rule of a build looks at.

    Args:
        text: A narrative.
        names: What is known of names, and of small words.
        places: Folded words of places of the release.

    >>> text = "See awa.example.org/bo, says Mr okafor."
    >>> [text[a:b] for a, b in unseen(text, Names())]
    ['awa.example.org/bo', 'okafor']
    """
    yield from (match.span() for match in _LINK.finditer(text))
    if "." in text:
        yield from (match.span() for match in _site().finditer(text))
    if "#" in text:
        tags = _TAG.finditer(text)
        yield from (tag.span() for tag in tags if _says_somebody(tag[0], places))
    yield from reached(text)
    yield from _uncased(text)
    yield from _behind_courtesies(text, names)
    yield from _small(text, names)
    for match in _COMPOUND.finditer(text):
        if match[2] in words()["compounds"] and _strange_big(match[1], places):
            yield match.span(1)


@cache
def _site() -> re.Pattern[str]:
    """An address without "www.": a known end, or any with a path behind it."""
    ends = "|".join(words()["sites"])
    label = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
    return re.compile(
        rf"(?<![\w@.-])(?:{label}\.)+(?:(?:{ends})(?![\w.-]*\w)|[a-z]{{2,9}}(?=/\w))"
        r"(?:/[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]])?",
        re.IGNORECASE,
    )


def _uncased(text: str) -> Iterator[tuple[int, int]]:
    """Runs in a script without capitals (Arabic, Amharic, Chinese): no rule sees a name there."""
    if text.isascii():
        return
    start = end = -1
    for at, c in enumerate(text):
        if unicodedata.category(c) == "Lo" and c not in "ªº":
            if start < 0 or not _SCRIPT_GAP.fullmatch(text[end:at] or " "):
                if start >= 0:
                    yield start, end
                start = at
            end = at + 1
        elif start >= 0 and end == at and unicodedata.category(c) in ("Mn", "Mc", "Lm"):
            end = at + 1
    if start >= 0:
        yield start, end


def _says_somebody(tag: str, places: Collection[str]) -> bool:
    """A word in a hashtag that nothing explains: "#FreeXaYb"; "#EndSARS" has none."""
    return any(_strange_piece(p) for p in _PIECE.findall(tag) if fold(p) not in places)


def _strange_piece(piece: str) -> bool:
    info = lexicon().info(piece.title())
    known = info.stop or info.small or info.particle or info.starter or info.title
    placed = info.folded in lexicon().towns or info.folded in lexicon().continents
    return len(piece) >= _TOLD and not piece.isupper() and rare(info) and not (known or placed)


@cache
def _courtesy() -> re.Pattern[str]:
    """A courtesy and its full stop: capitalised, for "don" and "pere" are words. Or a call."""
    said = "|".join(sorted(courtesies(), key=len, reverse=True))
    called = "|".join(words()["calls"])
    return re.compile(
        rf"(?<![\w.])(?:(?=[A-ZÀ-Þ])(?:(?i:{said})|M)(\.|(?=[ \u00a0]))|(?i:{called})(?!\w)[:,]?)"
    )


def _behind_courtesies(text: str, names: Names) -> Iterator[tuple[int, int]]:
    for match in _courtesy().finditer(text):
        glued = _GLUED.match(text, match.end())
        if match[1] and glued:
            yield glued.span()
        first = _SMALL.match(text, match.end())
        if first is None or not _strange(first[1], names):
            continue
        second = _SMALL.match(text, first.end())
        if second and _strange(second[1], names) and _ENDS.match(text, second.end()):
            yield first.start(1), second.end()
        else:
            yield first.span(1)


def _small(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Two strange words that no other text has, or one behind an office ("chief okafor")."""
    for match in _PAIR.finditer(text):
        first, second = match.groups()
        office = lexicon().info(first).title
        if not _strange(second, names):
            continue
        if office:
            yield match.span(2)
        elif _strange(first, names) and _once(first, names) and _once(second, names):
            yield match.start(1), match.end(2)


def _once(word: str, names: Names) -> bool:
    verb = word.endswith(words()["verbs"]) and not lexicon().borne(word)
    return names.small[lexicon().info(word).folded] <= 1 and not verb


def _strange_big(word: str, places: Collection[str]) -> bool:
    """As in "Okafor-led"; no letters ("UN-led"), no place, no plain word."""
    info = lexicon().info(word)
    known = info.upper or info.mixed or info.title or info.stop or info.folded in places
    placed = info.folded in lexicon().towns or info.folded in lexicon().continents
    return rare(info) and not (known or placed)


def _strange(word: str, names: Names) -> bool:
    """A small word that is in no dictionary and no other list, and in few texts."""
    folded = lexicon().info(word).folded
    if names.small[folded] > _FEW:
        return False
    info = lexicon().info(word.title())
    known = info.particle or info.title or info.small or info.stop or folded in lexicon().towns
    return rare(info) and not known and not lexicon().ordinary(folded)
