"""Bodies of which only the neighbours say that they are bodies: in a release each may be somebody.

"Xa Yb and the Women Network met", "the NGO Xa", "members of XA YB". A build
takes Xa Yb for a body, beside another one; a release must not, for nothing in
the words tells them from a name. Whoever knows better says so: a line of
`organisations.yaml`, or a decision, with `publish: yes`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.capitals import spoken
from kg.extract.info import Info
from kg.extract.lexicon import lexicon
from kg.model import Kind, Mention, MentionStatus, Statement
from kg.release.bodies import VOUCHED, Standing, standing, standing_of
from kg.release.names import WORD
from kg.release.words import known_to_all
from kg.vocab import fold

#: How a build takes words in capitals for an acronym that nothing explains.
_LETTERS = "acronym-rule"
_SURNAME = 4  # letters of a surname that no list has and that is written in capitals
_LONGER = 8  # letters that hardly any acronym has
_TWO = 2


def with_doubted(mentions: Iterable[Mention], *, places: Collection[str]) -> list[Mention]:
    """Mentions in which doubted bodies are suspected persons.

    Args:
        mentions: What was found in a release that is being made.
        places: Folded words of its places.
    """
    every = list(mentions)
    known = standing(every)
    spelt = _spelt_out(every)
    found = [_doubted(m, known, spelt, places) or m for m in every]
    return _whole_runs(found, known, spelt)


def _spelt_out(mentions: Iterable[Mention]) -> frozenset[tuple[str, str]]:
    """Entities and words in capitals that begin as a name of that entity does: "ADA", "Asili …"."""
    named: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.entity is not None and mention.kind is Kind.ORGANISATION:
            named.setdefault(mention.entity, set()).add(mention.text)
    return frozenset(
        (entity, text)
        for entity, texts in named.items()
        for text in texts
        if any(
            fold(word[0]) == fold(text[0])
            for other in texts - {text}
            for word in WORD.findall(other)
        )
    )


def _whole_runs(
    mentions: Sequence[Mention],
    known: Mapping[str, Standing],
    spelt: Collection[tuple[str, str]],
) -> list[Mention]:
    """Where one of several words in capitals is doubted, so are those right beside it: "AWA BA"."""
    found = sorted(mentions, key=lambda m: m.place)
    for step in (1, -1):
        last: Mention | None = None
        for at in range(len(found))[::step]:
            mention = found[at]
            beside = last is not None and _beside(mention, last)
            if beside and mention.method == _LETTERS and _open(mention, known, spelt):
                found[at] = _person(mention, (0, len(mention.text)))
            doubted = found[at].kind is Kind.PERSON and found[at].text.isupper()
            last = found[at] if doubted else None
    return found


def _beside(one: Mention, other: Mention) -> bool:
    """Whether nothing but a space parts two names of one text."""
    first, second = sorted((one, other), key=lambda m: m.place)
    return (one.key, one.field) == (other.key, other.field) and second.start == first.end + 1


def _open(
    mention: Mention, known: Mapping[str, Standing], spelt: Collection[tuple[str, str]]
) -> bool:
    """A body that nobody vouches for, and that not everybody knows."""
    if mention.kind is not Kind.ORGANISATION or mention.status is MentionStatus.REJECTED:
        return False
    speaks = standing_of(mention, known)
    info = lexicon().info(mention.text)
    # "DIALLO (Women Network)": a name beside a bracket that does not spell it out.
    beside = speaks is Standing.ABBREVIATED and info.named and info.upper
    if beside and (mention.entity or "", mention.text) not in spelt:
        return True
    vouched = mention.method in VOUCHED or speaks is not Standing.RULED
    return not (vouched or known_to_all(mention.text))


def _doubted(
    mention: Mention,
    known: Mapping[str, Standing],
    spelt: Collection[tuple[str, str]],
    places: Collection[str],
) -> Mention | None:
    """The same as a suspected person, without the places at its ends; None for a body."""
    # What a model guessed is masked where it stands.
    guessed = mention.method == "model" and mention.status is not MentionStatus.ACCEPTED
    if guessed or not _open(mention, known, spelt):
        return None
    span = strange(mention.text, places=places)
    if span is None:
        return None
    alone = len(WORD.findall(mention.text[slice(*span)])) == 1
    if alone and span != (0, len(mention.text)) and not _behind_an_office(mention.text, span):
        return None  # "council of Xa": behind such a word stand places
    return _person(mention, span)


def _behind_an_office(text: str, span: tuple[int, int]) -> bool:
    """Letters alone beside one strange word: "OCS Xa" is somebody, "UNICEF Xa" an office there."""
    words = lexicon()
    rest = text[: span[0]] + text[span[1] :]
    letters = WORD.findall(rest)
    branch = any(known_to_all(word) for word in letters)
    return all(words.info(word).upper for word in letters) and (
        not branch or words.info(text[slice(*span)]).named
    )


def _person(mention: Mention, span: tuple[int, int]) -> Mention:
    """A part of a mention as a suspected person."""
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


def strange(text: str, *, places: Collection[str]) -> tuple[int, int] | None:
    """Where the words of a name stand that no word beside them explains; None where one does.

    Letters explain nothing: they may be an office or a party.

    >>> strange("Xanbir Yolqum", places=()), strange("Xanbir Legal Clinic", places=())
    ((0, 13), None)
    >>> strange("MCA Xanbir Yolqum", places=()), strange("RLFDN", places=())
    ((4, 17), None)
    """
    words = lexicon()
    parts = [(m.span(), words.info(m[0])) for m in WORD.finditer(text)]
    own = [
        (span, info)
        for span, info in parts
        if info.big and not (info.small or info.particle or _place(info, places))
    ]
    several = len(own) >= _TWO
    # An office, a party, a body: "MCA Xa Yb", "Xa Yb MP"; and "UN", which is a word elsewhere.
    own = [(span, info) for span, info in own if not _letters(info, several=several)]
    if any(_tells(info) for _, info in parts if not (info.upper and info.function)):
        return None
    if not any(_unexplained(info) for _, info in own):
        return None
    heads = [info for _, info in own if info.head]
    if len(heads) > 1 or (heads and len(own) != _TWO):
        return None
    return own[0][0][0], own[-1][0][1]


def _letters(info: Info, *, several: bool) -> bool:
    """Capitals that nobody is called."""
    return info.upper and not _borne_in_capitals(info, several=several)


def _tells(info: Info) -> bool:
    """A word that bodies have in their names, and persons hardly."""
    words = lexicon()
    if info.digit or words.link(info):
        return True
    if info.folded in words.company_suffixes or info.folded in words.firm_ends:
        return True
    if info.mixed:
        return True
    if info.suspicious or not info.big:
        return False
    if info.head and not (words.english(info.folded) or words.romance(info.folded)):
        return False  # a head noun of another tongue may be a given name here
    plain = info.demonym or (words.plain_adjective(info.folded) and not info.named)
    return (
        info.head or (info.explained and not info.title) or info.class_noun or info.thing or plain
    )


def _borne_in_capitals(info: Info, *, several: bool) -> bool:
    """A surname as papers write it, or letters?

    Nearly all letters can be spoken as a name: what nobody is known to be called is one only
    beside another, or where it is longer than letters are.

    >>> said = ("DIALLO", "ZOLBIR", "ZOLBIRAQUEN", "ACT")
    >>> [_borne_in_capitals(lexicon().info(word), several=False) for word in said]
    [True, False, True, False]
    """
    shortest = _SURNAME if several else _LONGER
    return info.named or (len(info.text) >= shortest and spoken(info.text))


def _unexplained(info: Info) -> bool:
    """A word that is a name, or in no dictionary."""
    return info.named or info.suspicious or not (info.ordinary or info.head or info.starter)


def _place(info: Info, places: Collection[str]) -> bool:
    words = lexicon()
    listed = info.folded in words.towns or info.folded in words.continents
    return info.folded in places or (listed and info.folded not in words.town_names)
