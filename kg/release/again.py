"""What gives a person away beside a suspected name: the same name said again, an address, a script.

Rules look at one sentence. Whoever is "Dr Ama Bo" in one is "Bo" in the next,
"ama_bo" in a link, "BO-12" in an id and "the Bo Foundation" in a network; this
takes what was suspected once, and closes it wherever it comes again.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.extract.info import Info
from kg.extract.lexicon import lexicon
from kg.model import Fragment, Kind, Mention, MentionStatus
from kg.release.bodies import Standing, called_after, initials, standing, standing_of, strings
from kg.release.doubted import joined, with_doubted
from kg.release.mask import MASK, Place, suspected
from kg.release.names import WORD, Names, Sought, rare
from kg.release.unseen import unseen
from kg.release.wide import widened
from kg.vocab import fold

_TOKEN = re.compile(r"\w+")
_INSIDE = 5  # letters of a name that is looked for inside "ama_bo2" and "AmaBo"
_ENDING = 3  # letters that may follow a name without being another word: "Okafors"
_JOINED = 3  # letters of each of two names in one word
_SMALL = 4  # letters of a name without capitals that no list of names has
_CODES = frozenset({Kind.FRAMEWORK_CODE, Kind.OBJECTIVE})
_EXPLAINING = frozenset({Kind.ORGANISATION, Kind.PLACE}) | _CODES

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Around:
    """What in one statement is no person's, or a body's.

    `settled` are places, codes, accepted bodies, and what somebody decided;
    `bodies` names of bodies that nobody published, and what speaks for each.
    """

    settled: Spans
    bodies: Sequence[tuple[tuple[int, int], Standing]]
    places: frozenset[str]


def hidden(
    fragments: Sequence[Fragment], mentions: Sequence[Mention], names: Names
) -> dict[str, list[Place]]:
    """By key: every place of a release that has to be masked.

    Args:
        fragments: The cleared records as they stand.
        mentions: What was found in them.
        names: What was suspected so far; grows by what is suspected here.
    """
    places = _place_words(fragments, mentions)
    mentions = with_doubted(mentions, places=places)
    names.add(fragments, mentions)
    first = suspected(mentions)
    by_key: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_key.setdefault(mention.key, []).append(mention)
    known = standing(mentions)
    _called(fragments, by_key, known, names, places)
    found: dict[str, list[Place]] = {}
    for fragment in fragments:
        key = fragment.key
        mine = by_key.get(key, ())
        here = _by_field(first.get(key, ()))
        sought = names.of(key)
        settled = _by_field(_settled(mine, sought))
        for statement in fragment.narratives:
            text = statement.text
            bodies = [m for m in mine if m.kind is Kind.ORGANISATION and m.field == statement.field]
            around = _Around(
                settled=settled.get(statement.field, ()),
                bodies=[
                    ((m.start, m.end), speaks)
                    for m in bodies
                    if (speaks := standing_of(m, known)) is not Standing.PUBLISHED
                ],
                places=places,
            )
            spans = [
                *_whole(text, here.get(statement.field, ())),
                *_given_away(text, sought, names, around),
                *_inside(text, sought, names, around),
                *called_after(statement, bodies, known, places=places),
                *joined(statement, bodies, known, places=places),
            ]
            found.setdefault(key, []).extend((statement.field, *span) for span in spans)
    return {key: places for key, places in found.items() if places}


def _called(
    fragments: Iterable[Fragment],
    by_key: Mapping[str, Sequence[Mention]],
    known: Mapping[str, Standing],
    names: Names,
    places: Collection[str],
) -> None:
    """Whom one body is called after is somebody in the name of every other: "Radio Awa"."""
    words = lexicon()
    for fragment in fragments:
        bodies = [m for m in by_key.get(fragment.key, ()) if m.kind is Kind.ORGANISATION]
        for statement in fragment.narratives if bodies else ():
            said = (
                *called_after(statement, bodies, known, places=places),
                *joined(statement, bodies, known, places=places),
            )
            for start, end in said:
                infos = [words.info(w) for w in WORD.findall(statement.text[start:end])]
                names.called(i.folded for i in infos if rare(i) and i.folded not in places)


def _by_field(places: Iterable[Place]) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in places:
        spans.setdefault(name, []).append((start, end))
    return spans


def _settled(mentions: Iterable[Mention], sought: Sought) -> Iterator[Place]:
    """Where the words are a body's or a place's, or somebody decided that they name no person."""
    for m in mentions:
        explained = m.kind in _EXPLAINING and m.status is MentionStatus.ACCEPTED
        if explained and m.kind in _CODES and says_a_name(m.text, sought.sure):
            continue  # letters of an objective that are a name here
        if explained or (m.kind is Kind.PERSON and m.status is MentionStatus.REJECTED):
            yield m.field, m.start, m.end


def _place_words(fragments: Iterable[Fragment], mentions: Iterable[Mention]) -> frozenset[str]:
    """Folded words of places of the release."""
    named = [
        m.text for m in mentions if m.kind is Kind.PLACE and m.status is MentionStatus.ACCEPTED
    ]
    stated = [place.label for f in fragments for place in f.places if place.known]
    return frozenset(fold(word) for text in (*named, *stated) for word in WORD.findall(text))


def _inside(text: str, sought: Sought, names: Names, around: _Around) -> Iterator[tuple[int, int]]:
    """A suspected name inside a body's: "the Bo Foundation" beside Ama Bo."""
    words = lexicon()
    for (start, end), speaks in around.bodies:
        vouched = speaks is not Standing.RULED
        somebodys = partial(_somebodys, sought, places=around.places, vouched=vouched)
        parts = [(m.span(), words.info(m[0])) for m in WORD.finditer(text, start, end)]
        for run in strings(text, parts, somebodys):
            if any(somebodys(info) for _, info in run):
                kept = [span for span, info in run if not _place(info, around.places)]
                yield kept[0][0], kept[-1][1]
        for first, last in _full(text, names.full):
            if start <= first and last <= end:
                yield first, last


def _somebodys(sought: Sought, info: Info, *, places: Collection[str], vouched: bool) -> bool:
    return sought.in_body(info.folded, vouched=vouched) and rare(info) and not _place(info, places)


def _place(info: Info, places: Collection[str]) -> bool:
    """A place of the release, or a town that nobody is named after."""
    words = lexicon()
    town = info.folded in words.towns and info.folded not in words.town_names
    return info.folded in places or (town and not info.named)


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


def _given_away(
    text: str, sought: Sought, names: Names, around: _Around
) -> Iterator[tuple[int, int]]:
    """Links, words of a script without capitals, and names that were suspected elsewhere."""
    passed = [*around.settled, *(match.span() for match in re.finditer(re.escape(MASK), text))]
    said = [*_named(text, sought, names), *_full(text, names.full)]
    for span in (*unseen(text, names, places=around.places), *initials(text), *said):
        if not any(start < span[1] and span[0] < end for start, end in passed):
            yield widened(text, span, names, passed) if span in said else span


def _named(text: str, sought: Sought, names: Names) -> Iterator[tuple[int, int]]:
    for token in _TOKEN.finditer(text):
        parts = WORD.findall(token[0])
        said = any(_says(part, sought, names) for part in parts)
        if parts and (said or _glued_or_bent(token[0], sought)):
            yield token.span()


def _says(word: str, sought: Sought, names: Names) -> bool:
    info = lexicon().info(word)
    if info.folded not in sought:
        return False
    if info.big:
        return True
    # Small, a word is a name where no dictionary has it ("okafor"), not "road". Where somebody
    # is called Sow, whoever sows is masked, too: rather that than her.
    titled = lexicon().info(word.title())
    if not rare(titled) or titled.particle or titled.title or names.common(info.folded):
        return False
    if titled.named:
        return True
    plain = info.folded not in sought.sure and info.folded in names.plain
    short = len(word) < _SMALL and info.folded not in sought.sure and info.folded not in sought.here
    return not short and not plain and info.folded not in lexicon().towns


def _glued_or_bent(token: str, sought: Sought) -> bool:
    if _glued(token):
        return sought.within(fold(token), shortest=_INSIDE)
    if len(token) < _INSIDE + 1:
        return False
    folded = fold(token)
    stems = (folded[:-cut] for cut in range(1, _ENDING + 1))  # "Okafors", "okaforis"
    bent = any(len(stem) >= _INSIDE and stem in sought.sure for stem in stems)
    return (bent or _joined(folded, sought)) and not lexicon().ordinary(folded)


def _joined(folded: str, sought: Sought) -> bool:
    """Two names in one row of small letters: "amaokafor"."""
    cuts = range(_JOINED, len(folded) - _JOINED + 1)
    return any(folded[:cut] in sought.sure and folded[cut:] in sought.sure for cut in cuts)


def _glued(token: str) -> bool:
    """More than one word in a row of letters: "ama_bo", "amaBo", "bo12"."""
    return any(c == "_" or c.isdigit() or c.isupper() for c in token[1:]) and not token.isupper()


def _full(text: str, full: Mapping[str, Collection[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Whole names, though each of their words is a plain one: "Hope Wells" in a body's name."""
    if not full:
        return
    tokens = [(m.span(), fold(m[0]), m[0][0].isupper()) for m in WORD.finditer(text)]
    for at, (span, folded, _) in enumerate(tokens):
        known = full.get(folded)
        if known is None:
            continue
        for size in range(2, 6):
            some = tokens[at : at + size]
            if len(some) == size and tuple(t[1] for t in some) in known:
                capitals = all(big for _, _, big in some)
                if capitals and not _parted(text[span[0] : some[-1][0][1]]):
                    yield span[0], some[-1][0][1]


def _parted(text: str) -> bool:
    """A full stop or a bracket between two words: they are no one name."""
    return any(c in ".;:()!?" for c in text)


def says_a_name(text: str, names: Collection[str]) -> bool:
    """Does a coded cell (an id, a code) hold a suspected name?

    >>> says_a_name("BO-12", {"bo"}), says_a_name("CIV010", {"bo"})
    (True, False)
    """
    return any(fold(word) in names for word in WORD.findall(text))
