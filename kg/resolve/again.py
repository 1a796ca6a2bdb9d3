"""Names learned in one record, found again in the others."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.roles import section_role
from kg.model import Fragment, Kind, Mention, MentionStatus, Statement

KNOWN = 0.8
_BARRING = frozenset({Kind.ORGANISATION, Kind.REDACTION, Kind.OUTCOME_ID})


def found_again(
    fragments: Sequence[Fragment],
    mentions: Sequence[Mention],
    learned: Iterable[str],
) -> tuple[Mention, ...]:
    """All mentions, and those of learned names that no rule had found.

    Args:
        fragments: The records, with their texts.
        mentions: What extraction found.
        learned: Full names and acronyms as they were defined somewhere; found
            again only letter by letter, between word boundaries.

    Returns:
        The mentions given, unchanged, and new ones of method "known-name".
    """
    by_first = _by_first_word(learned)
    if not by_first:
        return tuple(mentions)
    taken: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.kind in _BARRING:
            taken.setdefault((mention.key, mention.field), []).append((mention.start, mention.end))
    new = [
        mention
        for fragment in fragments
        for statement in fragment.narratives
        for mention in _in_text(
            fragment.key, statement, by_first, taken.setdefault((fragment.key, statement.field), [])
        )
    ]
    return (*mentions, *new)


def _by_first_word(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for name in names:
        first = re.search(r"[^\W_]+", name)
        if first is not None and first.start() == 0:
            found.setdefault(first[0], set()).add(name)
    return {
        word: tuple(sorted(those, key=lambda n: (-len(n), n)))
        for word, those in sorted(found.items())
    }


def _in_text(
    key: str,
    statement: Statement,
    by_first: Mapping[str, Sequence[str]],
    taken: list[tuple[int, int]],
) -> Iterator[Mention]:
    text = statement.text
    for word in re.finditer(r"[^\W_]+", text):
        if word[0] not in by_first or not _boundary(text, word.start()):
            continue
        start = word.start()
        for name in by_first[word[0]]:
            end = start + len(name)
            if not text.startswith(name, start) or not _boundary(text, end):
                continue
            if any(a < end and start < b for a, b in taken):
                break
            taken.append((start, end))
            yield _mention(key, statement.field, start, name)
            break


def _boundary(text: str, at: int) -> bool:
    """Whether no word, and no chapter ("RLFDN-Maradi"), runs across a place."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    joined = "-‑_"
    if before in joined or after in joined:
        return False
    return not (before.isalnum() and after.isalnum())


def _mention(key: str, field: str, start: int, name: str) -> Mention:
    mention = Mention(
        key=key,
        field=field,
        start=start,
        end=start + len(name),
        text=name,
        kind=Kind.ORGANISATION,
        method="known-name",
        confidence=KNOWN,
        status=MentionStatus.ACCEPTED,
    )
    role = section_role(field)
    if role is None:
        return mention
    return replace(mention, role=role[0], role_method="section", role_confidence=role[1])
