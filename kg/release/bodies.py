"""Bodies that are called after persons: whom such a name names is masked in a release, too.

"Fondation Amadou Diallo" and "Team Awa" name somebody, whoever speaks. Only a
person can know that the name may be said, so it is hidden until one says so: a
line of `organisations.yaml`, or a decision, with `publish: yes`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import groupby

from kg.extract.info import Info
from kg.extract.lexicon import lexicon
from kg.model import Mention, Statement
from kg.release.words import courtesies, endowed, honours, practices

_WORD = re.compile(r"[^\W\d_]+")
#: Where a word stands, and what is known of it.
Part = tuple[tuple[int, int], Info]
#: What may stand between the words of one name: a space, never a comma or a hyphen.
_GAP = re.compile(r"[ \t\n\u00a0]+")
_FULL = 2  # words of a full name
#: "Z.O.", "K. B. M.": whoever writes so hides a name that the neighbours know.
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ \u00a0]?){2,4}(?!\w)")

_ACRONYM = "abbreviation-definition"
#: Of these somebody, or an acronym beside the name, says that they are bodies.
VOUCHED = frozenset({"registry", "registry-acronym", "decision", _ACRONYM})


class Standing(IntEnum):
    """What speaks for a body: a rule alone, an acronym beside its name, a person who published."""

    RULED = 0
    ABBREVIATED = 1
    PUBLISHED = 2


def standing(mentions: Iterable[Mention]) -> Mapping[str, Standing]:
    """By entity: does an acronym speak for it in any of its mentions?

    Who publishes a body publishes the names that were said of it. What kg takes for the same
    body ("the NGO Xa" beside the Xa Foundation) may still be somebody.
    """
    spelt = {m.entity for m in mentions if m.entity is not None and m.method == _ACRONYM}
    return dict.fromkeys(spelt, Standing.ABBREVIATED)


def standing_of(mention: Mention, known: Mapping[str, Standing]) -> Standing:
    """What speaks for the body of one mention. *known* is of `standing`."""
    return max(_of(mention), known.get(mention.entity or "", Standing.RULED))


def _of(mention: Mention) -> Standing:
    if mention.method not in VOUCHED:
        return Standing.RULED
    return Standing.ABBREVIATED if mention.method == _ACRONYM else Standing.PUBLISHED


def called_after(
    statement: Statement,
    bodies: Iterable[Mention],
    known: Mapping[str, Standing],
    *,
    places: Collection[str],
) -> Iterator[tuple[int, int]]:
    """Names of persons in the names of bodies of one statement, but for published ones.

    Args:
        statement: A narrative.
        bodies: Mentions of organisations in its record; those of other fields are passed over.
        known: From `standing`.
        places: Folded words of places of the release.
    """
    for body in bodies:
        speaks = standing_of(body, known)
        if body.field == statement.field and speaks is not Standing.PUBLISHED:
            yield from after_persons(
                statement.text,
                (body.start, body.end),
                places=places,
                vouched=speaks is Standing.ABBREVIATED,
            )


def after_persons(
    text: str, body: tuple[int, int], *, places: Collection[str], vouched: bool
) -> Iterator[tuple[int, int]]:
    """Names of persons inside the name of a body that nobody decided to publish.

    Args:
        text: Where it stands.
        body: Its start and end.
        places: Folded words that are places elsewhere in the harvest.
        vouched: An acronym stands beside it: then a single name ("Wells Legal Clinic (WLC)") may
            be a place's, and whole names alone are hidden.

    >>> text = "The Amina Bello Foundation met."
    >>> [text[a:b] for a, b in after_persons(text, (4, 26), places=(), vouched=True)]
    ['Amina Bello']
    """
    words = lexicon()
    parts = [(m.span(), words.info(m[0])) for m in _WORD.finditer(text, *body)]
    alone = all(_telling_nothing(info) or _borne(info, places) for _, info in parts)
    said = frozenset(info.folded for _, info in parts)
    own, honoured = not said.isdisjoint(practices()), not said.isdisjoint(honours())
    called = honoured or not said.isdisjoint(endowed())
    for run in strings(text, parts):
        strange = [info for _, info in run if not (_placed(info, places) or info.upper)]
        given = _given(text, run, parts) if called else ()
        told = own or _behind_courtesy(run, parts)
        if strange and not told:
            # "Xa Yb Hospital": two words that no list and no map has are somebody's.
            full = called and len(strange) + len(given) >= _FULL
            told = full or (honoured and not _behind_a_link(run, parts))
        if told and not vouched and not all(_placed(info, places) for _, info in run):
            yield (*given, *run)[0][0][0], run[-1][0][1]
            continue
        if not any(_borne(info, places) for _, info in run):
            continue
        if len(run) > 1 or (not vouched and alone):
            yield run[0][0][0], run[-1][0][1]


def _behind_courtesy(run: Sequence[Part], parts: Sequence[Part]) -> bool:
    """As "Étude de Maître …": whoever is addressed so is somebody."""
    at = parts.index(run[0])
    return at > 0 and parts[at - 1][1].big and parts[at - 1][1].folded in courtesies()


def _given(text: str, run: Sequence[Part], parts: Sequence[Part]) -> Sequence[Part]:
    """The word before a strange one that is a plain word, too: "Hope Xa Hospital"."""
    at = parts.index(run[0])
    if at == 0 or not _GAP.fullmatch(text, parts[at - 1][0][1], run[0][0][0]):
        return ()
    info = parts[at - 1][1]
    words = lexicon()
    # A head noun of another tongue may be a given name here.
    head = info.head and (words.english(info.folded) or words.romance(info.folded))
    known = info.explained or head or info.demonym or info.adjective or info.small
    known = known or info.class_noun or info.thing or info.title or info.upper
    kind = info.folded in words.place_kinds_before | words.saints
    return () if known or kind or not info.big else (parts[at - 1],)


def _behind_a_link(run: Sequence[Part], parts: Sequence[Part]) -> bool:
    """As "Commission of …": a place."""
    at = parts.index(run[0])
    return at > 0 and not parts[at - 1][1].big


def _placed(info: Info, places: Collection[str]) -> bool:
    town = info.folded in lexicon().towns and info.folded not in lexicon().town_names
    return info.folded in places or town


def strings(
    text: str,
    parts: Sequence[Part],
    too: Callable[[Info], bool] | None = None,
) -> Iterator[Sequence[Part]]:
    """Words side by side that may be parts of one name.

    Args:
        text: Where they stand.
        parts: Words with their places, in order.
        too: Says of further words that they are parts of names.
    """

    def fits(info: Info) -> bool:
        return _may_be_part(info) or (too is not None and too(info))

    number, numbered, last = 0, [], 0
    for span, info in parts:
        if not _GAP.fullmatch(text, last, span[0]) or not fits(info):
            number += 1
        numbered.append((number, span, info))
        last = span[1]
    for _, group in groupby(numbered, key=lambda part: part[0]):
        run = [(span, info) for _, span, info in group if fits(info)]
        if run:
            yield run


def _borne(info: Info, places: Collection[str]) -> bool:
    """A word that persons bear as a name, and hardly anything else is called."""
    known = info.suspicious or info.ordinary or info.explained or info.head or info.demonym
    return info.named and info.big and not (known or info.particle or info.folded in places)


def _may_be_part(info: Info) -> bool:
    """A capitalised word that nothing else explains, such as an unlisted family name."""
    known = info.ordinary or info.explained or info.head or info.demonym or info.adjective
    return info.big and not (known or info.particle or info.small)


def _telling_nothing(info: Info) -> bool:
    """A word that many bodies have in their names."""
    known = info.ordinary or info.explained or info.head or info.demonym or info.suspicious
    return bool(known) or info.small or info.particle or info.title or not info.big


def initials(text: str) -> Iterator[tuple[int, int]]:
    """Two to four capitals with a full stop each, unless any text has them ("N.G.O.").

    >>> text = "Z.O. met an N.G.O. there."
    >>> [text[a:b] for a, b in initials(text)]
    ['Z.O.']
    """
    for match in _INITIALS.finditer(text):
        letters = "".join(c for c in match[0] if c.isalpha())
        info = lexicon().info(letters)
        if letters.isupper() and not (info.explained or info.stop):
            yield match.start(), match.start() + len(match[0].rstrip())
