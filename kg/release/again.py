"""What gives a person away beside a suspected name: the same name said again, an address, a script.

Rules look at one sentence. Whoever is "Dr Ama Bo" in one is "Bo" in the next,
"ama_bo" in a link and "BO-12" in an id; this takes what was suspected once,
and closes it wherever it comes again.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.lexicon import Info, lexicon
from kg.model import Fragment, Kind, Mention, MentionStatus
from kg.release.bodies import VOUCHED, called_after, initials, standing
from kg.release.mask import MASK, Place, suspected
from kg.vocab import fold

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\w+")
# What follows "://" or "www." up to white space; a full stop that ends a sentence stays.
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}://|\bwww\.)[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]]", re.I
)
_SHORTEST = 3  # letters of a name that is looked for elsewhere
_INSIDE = 5  # letters of a name that is looked for inside "ama_bo2" and "AmaBo"
_SCRIPT_GAP = re.compile(r"[\s\W]{1,3}")
_EXPLAINING = frozenset({Kind.ORGANISATION, Kind.PLACE, Kind.FRAMEWORK_CODE, Kind.OBJECTIVE})

Spans = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Names:
    """Folded words of suspected names: `said` in one record, by key; `known` in all of them."""

    said: dict[str, set[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def add(self, mentions: Iterable[Mention]) -> None:
        """Take down the words of suspected persons, but for those that any text has."""
        words = lexicon()
        for mention in mentions:
            if mention.kind is not Kind.PERSON or mention.status is MentionStatus.REJECTED:
                continue
            infos = [words.info(text) for text in _WORD.findall(mention.text)]
            address = "@" in mention.text
            telling = {i.folded for i in infos if _telling(i) and (i.named or not address)}
            self.said.setdefault(mention.key, set()).update(telling)
            sure = mention.method == "person-rule" or (
                len(infos) > 1 and any(i.named for i in infos)
            )
            if sure:
                self.known |= {i.folded for i in infos if i.folded in telling and _rare(i)}

    def of(self, key: str) -> frozenset[str]:
        """What is looked for in one record."""
        return frozenset(self.known | self.said.get(key, set()))


def _telling(info: Info) -> bool:
    """A word that a name may be known by; no title, no word that only links."""
    if len(info.folded) < _SHORTEST or info.particle or info.title:
        return False
    if info.folded in lexicon().calendar:
        return False
    return info.suspicious or info.named or not (info.stop or info.explained or info.head)


def _rare(info: Info) -> bool:
    """A word that is hardly anything but a name."""
    return not (info.suspicious or info.ordinary or info.explained or info.head or info.demonym)


def hidden(
    fragments: Sequence[Fragment], mentions: Sequence[Mention], names: Names
) -> dict[str, list[Place]]:
    """By key: every place of a release that has to be masked.

    Args:
        fragments: The cleared records as they stand.
        mentions: What was found in them.
        names: What was suspected so far; grows by what is suspected here.
    """
    names.add(mentions)
    first = suspected(mentions)
    by_key: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_key.setdefault(mention.key, []).append(mention)
    known = standing(mentions)
    places = _place_words(fragments, mentions)
    found: dict[str, list[Place]] = {}
    for fragment in fragments:
        key = fragment.key
        bodies = [m for m in by_key.get(key, ()) if m.kind is Kind.ORGANISATION]
        here = _by_field(first.get(key, ()))
        settled = _settled(by_key.get(key, ()))
        ruled = _ruled(by_key.get(key, ()))
        for statement in fragment.narratives:
            spans = [
                *_whole(statement.text, here.get(statement.field, ())),
                *_given_away(statement.text, names.of(key), settled.get(statement.field, ())),
                *_inside(statement.text, names.of(key), ruled.get(statement.field, ())),
                *called_after(statement, bodies, known, places=places),
            ]
            found.setdefault(key, []).extend((statement.field, *span) for span in spans)
    return {key: places for key, places in found.items() if places}


def _by_field(places: Iterable[Place]) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in places:
        spans.setdefault(name, []).append((start, end))
    return spans


def _settled(mentions: Iterable[Mention]) -> Mapping[str, Spans]:
    """Where the words are a body's or a place's, or somebody decided that they name no person."""
    return _by_field(
        (m.field, m.start, m.end)
        for m in mentions
        if (m.kind in _EXPLAINING and m.status is MentionStatus.ACCEPTED)
        or (m.kind is Kind.PERSON and m.status is MentionStatus.REJECTED)
    )


def _ruled(mentions: Iterable[Mention]) -> Mapping[str, Spans]:
    """Names of bodies that a rule alone found: nothing beside them says that they are any."""
    return _by_field(
        (m.field, m.start, m.end)
        for m in mentions
        if m.kind is Kind.ORGANISATION and m.method not in VOUCHED
    )


def _place_words(fragments: Iterable[Fragment], mentions: Iterable[Mention]) -> frozenset[str]:
    """Folded words of places of the release."""
    named = [
        m.text for m in mentions if m.kind is Kind.PLACE and m.status is MentionStatus.ACCEPTED
    ]
    stated = [place.label for f in fragments for place in f.places if place.known]
    return frozenset(fold(word) for text in (*named, *stated) for word in _WORD.findall(text))


def _inside(text: str, names: frozenset[str], ruled: Spans) -> Iterator[tuple[int, int]]:
    """A suspected given name inside a body's: "Justice for Halima Campaign" beside Halima."""
    words = lexicon()
    for start, end in ruled:
        for match in _WORD.finditer(text, start, end):
            info = words.info(match[0])
            if info.folded in names and info.named and _rare(info):
                yield match.span()


def _whole(text: str, spans: Spans) -> Iterator[tuple[int, int]]:
    """Spans that end where a word does: "Ama_Bo" is not half a name."""
    for start, end in spans:
        wide_start, wide_end = start, end
        while wide_start > 0 and _belongs(text[wide_start - 1], text[wide_start]):
            wide_start -= 1
        while wide_end < len(text) and _belongs(text[wide_end], text[wide_end - 1]):
            wide_end += 1
        yield wide_start, wide_end


def _belongs(one: str, other: str) -> bool:
    return (one.isalnum() or one == "_") and (other.isalnum() or other == "_")


def _given_away(text: str, names: frozenset[str], settled: Spans) -> Iterator[tuple[int, int]]:
    """Links, words of a script without capitals, and names that were suspected elsewhere."""
    marks = [match.span() for match in re.finditer(re.escape(MASK), text)]
    passed = [*settled, *marks]
    for span in (*_links(text), *_uncased(text), *_named(text, names), *initials(text)):
        if not any(start < span[1] and span[0] < end for start, end in passed):
            yield span


def _links(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _LINK.finditer(text))


def _named(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    words = lexicon()
    for token in _TOKEN.finditer(text):
        for match in _WORD.finditer(token[0]):
            info = words.info(match[0])
            if info.folded not in names:
                continue
            # Small, a word is a name where lists of names have it ("okafor"), not "road". Where
            # somebody is called Wells, wells are masked, too: rather that than her.
            titled = words.info(match[0].title())
            if info.big or (titled.named and _rare(titled)):
                yield token.span()
                break
        else:
            if _glued(token[0]) and any(
                len(name) >= _INSIDE and name in fold(token[0]) for name in names
            ):
                yield token.span()


def _glued(token: str) -> bool:
    """More than one word in a row of letters: "ama_bo", "amaBo", "bo12"."""
    return any(c == "_" or c.isdigit() or c.isupper() for c in token[1:]) and not token.isupper()


def _uncased(text: str) -> Iterator[tuple[int, int]]:
    """Runs in a script without capitals (Arabic, Amharic, Chinese): no rule sees a name there."""
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


def says_a_name(text: str, names: Collection[str]) -> bool:
    """Does a coded cell (an id, a code) hold a suspected name?

    >>> says_a_name("BO-12", {"bo"}), says_a_name("CIV010", {"bo"})
    (True, False)
    """
    return any(fold(word) in names for word in _WORD.findall(text))
