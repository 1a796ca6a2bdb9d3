"""Participations: who is said to have had which role in an outcome, in which section.

A claim is what somebody stated, never what is so. Only accepted mentions make
one, and "mentioned" makes none.
"""

import re
from collections.abc import Iterable

from kg.extract.cues import cues
from kg.extract.pairs import flat
from kg.model import Claim, Fragment, Kind, Mention, MentionStatus, Role

PROGRAMME = 0.8
_SECTION = "contribution_programme"
_ROLES = (Role.CONTRIBUTOR, Role.SOCIAL_ACTOR, Role.BENEFICIARY, Role.TARGET)


def claims(
    fragment: Fragment,
    mentions: Iterable[Mention],
    *,
    programme_iri: str,
    programme_slug: str,
    programme: str = "",
) -> tuple[Claim, ...]:
    """The claims of one record.

    Args:
        fragment: The record.
        mentions: Its mentions, resolved; others are left out.
        programme_iri: Who "the programme" is in the section on its contribution.
        programme_slug: The last part of that IRI.
        programme: Its name, where the record names none.

    Returns:
        One claim for each organisation, role and field, in order of field,
        agent and role; its mentions in order of place. Method and confidence
        are those of its surest mention.
    """
    grouped: dict[tuple[str, str, Role], list[Mention]] = {}
    for mention in mentions:
        if (
            mention.key == fragment.key
            and mention.kind is Kind.ORGANISATION
            and mention.status is MentionStatus.ACCEPTED
            and mention.entity is not None
            and mention.role in _ROLES
        ):
            grouped.setdefault((mention.field, mention.entity, mention.role), []).append(mention)
    stated = [
        _claim(fragment.key, field, entity, role, sorted(those, key=lambda m: m.place))
        for (field, entity, role), those in grouped.items()
    ]
    if _programme_named(fragment, fragment.programme or programme):
        stated.append(
            Claim(
                key=fragment.key,
                agent=programme_iri,
                agent_slug=programme_slug,
                role=Role.CONTRIBUTOR,
                field=_SECTION,
                method="section",
                confidence=PROGRAMME,
            )
        )
    return tuple(sorted(stated, key=lambda c: (c.field, c.agent, c.role.value)))


def _claim(key: str, field: str, entity: str, role: Role, those: list[Mention]) -> Claim:
    surest = max(those, key=lambda m: (m.role_confidence or 0.0, m.role_method or ""))
    return Claim(
        key=key,
        agent=entity,
        agent_slug=entity.rpartition("/")[2],
        role=role,
        field=field,
        method=surest.role_method or "section",
        confidence=surest.role_confidence or 0.0,
        mentions=tuple(those),
    )


def _programme_named(fragment: Fragment, programme: str) -> bool:
    """Whether the programme's section names it, or says "the programme" in any language."""
    statement = fragment.statement(_SECTION)
    if statement is None:
        return False
    text = flat(statement.text)
    name = flat(programme)
    named = bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    return named or cues().programme.search(text) is not None
