"""Mentions whose kind somebody decided: a person's, a body's, a place's.

Applied before anything is learned, so that no body bears the words of somebody who was
called a person, and once more at the end, when the edges of names are settled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.extract.roles import section_role
from kg.model import Kind, Mention, MentionStatus
from kg.resolve.decisions import Verdicts
from kg.resolve.spans import Spans

_DECIDED = 1.0
_MOVED = frozenset({Kind.ORGANISATION, Kind.PERSON})


def with_kinds(
    mentions: Iterable[Mention], decided: Verdicts, countries: Mapping[str, str | None]
) -> list[Mention]:
    """Mentions as what people said that they name; others unchanged. No span twice."""
    result: list[Mention] = []
    seen: set[tuple[tuple[str, str, int, int], Kind]] = set()
    for mention in mentions:
        told = mention
        if mention.kind in _MOVED:
            told = _told(mention, decided, countries.get(mention.key))
        if told is mention or (told.place, told.kind) not in seen:
            result.append(told)
        seen.add((told.place, told.kind))
    return _beside_places(result)


def _beside_places(mentions: list[Mention]) -> list[Mention]:
    """Without suspicions and mere suggestions where somebody said that a place stands.

    What a suspicion held down must not come up as a question of its own.
    """
    places = Spans(m for m in mentions if m.kind is Kind.PLACE and m.method == "decision")
    kept: list[Mention] = []
    for mention in mentions:
        undecided = mention.method != "decision" and mention.status is not MentionStatus.ACCEPTED
        if mention.kind is Kind.PERSON and mention.method != "decision":
            kept += places.outside(mention)
        elif mention.kind is not Kind.ORGANISATION or not (undecided and places.touch(mention)):
            kept.append(mention)
    return kept


def _told(mention: Mention, decided: Verdicts, country: str | None) -> Mention:
    verdict = decided.verdict(mention.text, country)
    person = decided.person(mention.text)
    if verdict == "place":
        return _as(mention, Kind.PLACE, label=mention.text)
    if mention.kind is Kind.ORGANISATION:
        return _as(mention, Kind.PERSON) if verdict is None and person == "person" else mention
    if verdict == "organisation":
        role = section_role(mention.field)
        body = _as(mention, Kind.ORGANISATION)
        if role is None:
            return body
        return replace(body, role=role[0], role_method="section", role_confidence=role[1])
    if person is None:
        return mention
    status = MentionStatus.ACCEPTED if person == "person" else MentionStatus.REJECTED
    return replace(mention, status=status, method="decision", confidence=_DECIDED)


def _as(mention: Mention, kind: Kind, *, label: str | None = None) -> Mention:
    return replace(
        mention,
        kind=kind,
        method="decision",
        confidence=_DECIDED,
        status=MentionStatus.ACCEPTED,
        entity=None,
        label=label,
        group=None,
        role=None,
        role_method=None,
        role_confidence=None,
    )
