"""Bodies of which only the neighbours say that they are bodies: in a release each may be somebody.

"Xa Yb and the Women Network met." A build takes Xa Yb for a body, beside
another one; a release must not, for nothing in the words tells them from a
name. Whoever knows better says so: a line of `organisations.yaml`, or a
decision, with `publish: yes`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from kg.extract.capitals import spoken
from kg.extract.info import Info
from kg.extract.lexicon import folded_words, lexicon, without_determiner
from kg.extract.registry import body_names
from kg.model import Kind, Mention, MentionStatus, Statement
from kg.release.bodies import VOUCHED, Standing, standing, standing_of
from kg.release.names import WORD

#: Of these the words of a name itself say nothing: what stands around it does.
_AROUND = frozenset({"context-rule", "model", "known-name"})
_SURNAME = 4  # letters of a surname that is written in capitals
_TWO = 2


def with_doubted(mentions: Iterable[Mention], *, places: Collection[str]) -> list[Mention]:
    """Mentions in which doubted bodies are suspected persons.

    Args:
        mentions: What was found in a release that is being made.
        places: Folded words of its places.
    """
    every = list(mentions)
    known = standing(every)
    classed = {m.entity for m in every if m.method not in _AROUND and m.entity is not None}
    return [_doubted(m, known, classed, places) or m for m in every]


def _doubted(
    mention: Mention,
    known: Mapping[str, Standing],
    classed: Collection[str],
    places: Collection[str],
) -> Mention | None:
    """The same as a suspected person, without the places at its ends; None for a body."""
    if mention.kind is not Kind.ORGANISATION or mention.status is MentionStatus.REJECTED:
        return None
    guessed = mention.method == "model" and mention.status is not MentionStatus.ACCEPTED
    vouched = mention.method in VOUCHED or standing_of(mention, known) is not Standing.RULED
    # What a model guessed is masked where it stands; what kg knows by name is known to anybody.
    if guessed or vouched or without_determiner(folded_words(mention.text)) in _known_to_all():
        return None
    span = strange(mention.text, places=places)
    if span is None:
        return None
    alone = len(WORD.findall(mention.text[slice(*span)])) == 1
    if alone and (mention.method not in _AROUND or mention.entity in classed):
        return None  # "the NGO Xa"
    return replace(
        mention,
        start=mention.start + span[0],
        end=mention.start + span[1],
        text=mention.text[slice(*span)],
        kind=Kind.PERSON,
        method="capitalised-run",
        status=MentionStatus.SUGGESTED,
        entity=None,
        label=None,
        role=None,
        group=None,
    )


def joined(
    statement: Statement,
    bodies: Iterable[Mention],
    known: Mapping[str, Standing],
    *,
    places: Collection[str],
) -> Iterator[tuple[int, int]]:
    """What a rule joined to the name of a body by "and" alone: "Réseau des femmes et Xa Yb".

    Args:
        statement: A narrative.
        bodies: Mentions of organisations in its record; those of other fields are passed over.
        known: From `standing`.
        places: Folded words of places of the release.
    """
    words = lexicon()
    for body in bodies:
        if body.field != statement.field or standing_of(body, known) is not Standing.RULED:
            continue
        ands = [m for m in WORD.finditer(body.text) if words.info(m[0]).coordination]
        behind = ands[-1].end() if ands else len(body.text)
        span = strange(body.text[behind:], places=places)
        if span is not None and len(WORD.findall(body.text[behind:])) >= _TWO:
            yield body.start + behind + span[0], body.start + behind + span[1]


@cache
def _known_to_all() -> frozenset[tuple[str, ...]]:
    """Folded words of bodies that everybody knows: they come with kg."""
    return frozenset(without_determiner(folded_words(known.name)) for known in body_names())


def strange(text: str, *, places: Collection[str]) -> tuple[int, int] | None:
    """Where the words of a name stand that no word beside them explains; None where one does.

    >>> strange("Xanbir Yolqum", places=()), strange("Xanbir Legal Clinic", places=())
    ((0, 13), None)
    """
    words = lexicon()
    parts = [(m.span(), words.info(m[0])) for m in WORD.finditer(text)]
    own = [
        (span, info)
        for span, info in parts
        if info.big and not (info.small or info.particle or _place(info, places))
    ]
    several = len(own) >= _TWO
    if any(_tells(info, several=several) for _, info in parts):
        return None
    if not any(_unexplained(info) for _, info in own):
        return None
    heads = [info for _, info in own if info.head]
    if len(heads) > 1 or (heads and len(own) != _TWO):
        return None
    return own[0][0][0], own[-1][0][1]


def _tells(info: Info, *, several: bool) -> bool:
    """A word that bodies have in their names, and persons hardly."""
    words = lexicon()
    if info.digit or words.link(info):
        return True
    if info.folded in words.company_suffixes or info.folded in words.firm_ends:
        return True
    if info.upper or info.mixed:
        return not (several and len(info.text) >= _SURNAME and spoken(info.text.upper()))
    if info.suspicious or not info.big:
        return False
    if info.head and not (words.english(info.folded) or words.romance(info.folded)):
        return False  # a head noun of another tongue may be a given name here
    plain = info.demonym or (words.plain_adjective(info.folded) and not info.named)
    return (
        info.head or (info.explained and not info.title) or info.class_noun or info.thing or plain
    )


def _unexplained(info: Info) -> bool:
    """A word that is a name, or in no dictionary."""
    return info.named or info.suspicious or not (info.ordinary or info.head or info.starter)


def _place(info: Info, places: Collection[str]) -> bool:
    words = lexicon()
    listed = info.folded in words.towns or info.folded in words.continents
    return info.folded in places or (listed and info.folded not in words.town_names)
