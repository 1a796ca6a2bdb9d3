"""Persons kept apart from bodies: no span is both, and no body bears a suspected person's words.

Runs before anything is learned. In doubt a span is a person's: a body that is
missed can be added to `organisations.yaml`, a name in a graph cannot be taken back.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.aside import Aside, laid
from kg.extract.info import plain_acronym
from kg.extract.lexicon import folded_words, lexicon
from kg.extract.redactions import marks
from kg.extract.somebody import office
from kg.grouping import by_record, found_by_key
from kg.model import Fragment, Kind, Mention, MentionStatus
from kg.resolve.evidence import (
    bears_somebody,
    bracketed_initials,
    full_names,
    holds,
    is_somebody,
    lettered,
    repeated_names,
    telling,
)
from kg.resolve.naming import is_acronym, name_key
from kg.resolve.spans import Place, Spans

_KNOWN = frozenset({"registry", "registry-acronym", "known-name", "decision"})
_RULES = frozenset({"organisation-rule", "context-rule"})
_SPACE = re.compile(r"\s*")
#: An acronym beside it says that a name is a body's, whoever it is called after.
_DEFINED = frozenset({"abbreviation-definition"})
_RUN, _CONFIDENCE = "capitalised-run", 0.5


def apart(
    records: Sequence[Fragment],
    mentions: Sequence[Mention],
    *,
    decided: Callable[[Mention], str | None],
) -> Iterator[Mention]:
    """Mentions of which none that names a person also names a body.

    Args:
        records: The fragments, with their texts.
        mentions: What extraction found in them, in order of key. They are walked through a dozen
            times, so they may lie on the disk; what is held concerns suspected persons alone.
        decided: What somebody decided of a mention's words; None where nothing was.

    Returns:
        The mentions, in order; what turned out to be somebody's is a person's mention.
    """
    texts = _texts(records)
    accepted = {
        name_key(m.text)
        for m in mentions
        if m.kind is Kind.ORGANISATION and m.status is MentionStatus.ACCEPTED
    }

    def strong(mention: Mention) -> bool:
        verdict = decided(mention)
        if verdict is not None:
            return verdict != "person"
        sure = mention.method in _KNOWN or mention.status is MentionStatus.ACCEPTED
        return sure or (not is_acronym(mention.text) and name_key(mention.text) in accepted)

    of_bodies = repeated_names(mentions, texts)
    mentions = laid(
        mentions,
        (
            m
            for m in mentions
            if not (m.kind is Kind.PERSON and of_bodies.touch(m))
            and not _office_of_somebody(m, texts)
        ),
    )
    live = [m for m in mentions if m.kind is Kind.PERSON and decided(m) in {None, "person"}]
    alive = frozenset(live)
    named = full_names(live, texts, places=(m for m in mentions if m.kind is Kind.PLACE))

    def bodies() -> Iterator[tuple[int, Mention]]:
        return ((at, m) for at, m in enumerate(mentions) if m.kind is Kind.ORGANISATION)

    lost = {
        at
        for at, m in bodies()
        if m.method not in _KNOWN
        and decided(m) is None
        and (holds(m.text, named) or (m.method not in _DEFINED and bears_somebody(m.text)))
    }
    persons = Spans([*live, *(m for at, m in bodies() if at in lost)])
    # Of bodies those that stand in one text with somebody: of others nothing is asked.
    beside = Spans(
        m for at, m in bodies() if at not in lost and persons.share(m) and not persons.touch(m)
    )
    surnames = frozenset(w for m in live for w in folded_words(m.text) if " " in m.text)
    weak: set[int] = set()
    saved: list[Mention] = []
    for at, m in bodies():
        over = persons.over(m)
        if not over or at in lost or strong(m):
            continue
        text = texts.get((m.key, m.field), "")
        if telling(m, over, surnames) or lettered(m, over, text, surnames, beside):
            saved.append(m)
        else:
            weak.add(at)
    told = {plain_acronym(m.text) for m in saved if is_acronym(m.text)}
    back = {at: m for at, m in bodies() if at in weak and plain_acronym(m.text) in told}
    saved += back.values()
    weak -= back.keys()
    groups: set[tuple[str, str | None]] = {
        (m.key, m.group) for at, m in bodies() if m.group and at in weak
    }
    groups |= {
        (m.key, m.group)
        for at, m in bodies()
        if m.group and at in lost and is_somebody(m.text, named)
    }
    spared, taken = Spans(saved), lost | weak
    sure = Spans(m for at, m in bodies() if at not in taken and persons.share(m) and strong(m))
    letters = bracketed_initials(
        (m for m in live if not spared.touch(m) and not sure.touch(m)), texts
    )
    owned = {
        plain_acronym(m.text)
        for _, m in bodies()
        if m.status is MentionStatus.ACCEPTED and (m.key, m.group) not in groups
    }
    everywhere = frozenset().union(*letters.values()) - owned if letters else frozenset()

    def result() -> Iterator[Mention]:
        for at, m in enumerate(mentions):
            if m.kind is not Kind.ORGANISATION or at not in taken:
                own = m.kind is Kind.ORGANISATION and m.method not in _KNOWN and decided(m) is None
                short = plain_acronym(m.text)
                his = (m.key, m.group) in groups or short in letters.get(m.key, ())
                his = his or (m.status is not MentionStatus.ACCEPTED and short in everywhere)
                yield _person(m) if own and his and is_acronym(m.text) else m
            elif at in lost:
                yield _person(m)

    parted = (
        part
        for m in result()
        for part in (spared.outside(m) if m.kind is Kind.PERSON and m in alive else [m])
    )
    for one_record in by_record(parted):
        yield from unmixed(one_record)


def _texts(records: Sequence[Fragment]) -> Mapping[Place, str]:
    """What the records tell, by place."""
    if isinstance(records, Aside):
        return _TextsAside(records)
    return {(f.key, s.field): s.text for f in records for s in f.narratives}


class _TextsAside(Mapping[Place, str]):
    """The same of records that lie on the disk. Asked place by place, in order of key."""

    def __init__(self, records: Sequence[Fragment]) -> None:
        self._records = found_by_key(records)
        self._last, self._told = "", dict[str, str]()

    def __getitem__(self, place: Place) -> str:
        key, field = place
        if key != self._last:
            self._told = {s.field: s.text for s in self._records[key].narratives}
            self._last = key
        return self._told[field]

    def __iter__(self) -> Iterator[Place]:
        return ((key, field) for key in self._records for field in self._fields(key))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _fields(self, key: str) -> Iterator[str]:
        return (s.field for s in self._records[key].narratives)


def _office_of_somebody(mention: Mention, texts: Mapping[Place, str]) -> bool:
    """Whether a rule took an office for a body: "Committee Chairman <person>"."""
    if mention.kind is not Kind.ORGANISATION or mention.method not in _RULES:
        return False
    text = texts.get((mention.key, mention.field), "")
    behind = _SPACE.match(text, mention.end)
    marked = behind is not None and marks().match(text, behind.end()) is not None
    return marked and office(lexicon().info(mention.text.split()[-1]))


def unmixed(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions of persons without what a body explains, and no doubtful body over them.

    A person's mention that reaches beyond a body keeps the part that does.
    """
    bodies = Spans(
        m for m in mentions if m.kind is Kind.ORGANISATION and m.status is MentionStatus.ACCEPTED
    )
    kept: list[Mention] = []
    ends: dict[Place, int] = {}
    for m in sorted(mentions, key=lambda m: (m.key, m.field, m.start, -m.end)):
        if m.kind is not Kind.PERSON or m.status is MentionStatus.REJECTED:
            kept.append(m)
            continue
        for part in bodies.outside(m):
            if part.start >= ends.get((m.key, m.field), 0):
                ends[m.key, m.field] = part.end
                kept.append(part)
    persons = Spans(
        m for m in kept if m.kind is Kind.PERSON and m.status is not MentionStatus.REJECTED
    )
    doubtful = {MentionStatus.SUGGESTED, MentionStatus.QUEUED}
    return [
        m
        for m in kept
        if not (m.kind is Kind.ORGANISATION and m.status in doubtful and persons.touch(m))
    ]


def _person(mention: Mention) -> Mention:
    """The same words as a suspected person's."""
    return replace(
        mention,
        kind=Kind.PERSON,
        method=_RUN,
        confidence=_CONFIDENCE,
        status=MentionStatus.SUGGESTED,
        entity=None,
        label=None,
        group=None,
        role=None,
        role_method=None,
        role_confidence=None,
    )
