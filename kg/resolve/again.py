"""Names learned in one record, found again in the others."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.roles import section_role
from kg.grouping import by_record
from kg.model import Fragment, Kind, Mention, MentionStatus, Statement

KNOWN = 0.8
_BARRING = frozenset({Kind.ORGANISATION, Kind.REDACTION, Kind.OUTCOME_ID})


def found_again(
    fragments: Sequence[Fragment],
    mentions: Sequence[Mention],
    learned: Iterable[str],
) -> Iterator[Mention]:
    """All mentions, and those of learned names that no rule had found, record by record.

    Args:
        fragments: The records, with their texts, in order of key.
        mentions: What extraction found, in order of key.
        learned: Full names and acronyms as they were defined somewhere; found
            again only letter by letter, between word boundaries.

    Returns:
        The mentions given and new ones of method "known-name". A rule's mention
        that cuts a learned name short gives way to the whole name.
    """
    by_first = _by_first_word(learned)
    if not by_first:
        yield from mentions
        return
    for fragment, those in _beside(fragments, mentions):
        if fragment is None:
            yield from those
            continue
        taken: dict[str, list[Mention]] = {}
        for mention in those:
            if mention.kind in _BARRING:
                taken.setdefault(mention.field, []).append(mention)
        new: list[Mention] = []
        short: set[int] = set()
        for statement in fragment.narratives:
            there = taken.get(statement.field, ())
            for found, cut in _in_text(fragment.key, statement, by_first, there):
                new.append(found)
                short.update(map(id, cut))
        yield from (m for m in those if id(m) not in short)
        yield from new


def _beside(
    fragments: Iterable[Fragment], mentions: Iterable[Mention]
) -> Iterator[tuple[Fragment | None, Sequence[Mention]]]:
    """Each record with its mentions; mentions of no record by themselves."""
    records = by_record(mentions)
    those = next(records, None)
    for fragment in fragments:
        while those is not None and those[0].key < fragment.key:
            yield None, those
            those = next(records, None)
        if those is None or those[0].key != fragment.key:
            yield fragment, ()
            continue
        yield fragment, those
        those = next(records, None)
    if those is not None:
        yield None, those
        yield from ((None, those) for those in records)


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
    taken: Sequence[Mention],
) -> Iterator[tuple[Mention, list[Mention]]]:
    """New mentions, each with those that it is the whole of."""
    text, last = statement.text, 0
    for word in re.finditer(r"[^\W_]+", text):
        start = word.start()
        if start < last or word[0] not in by_first or not _boundary(text, start):
            continue
        for name in by_first[word[0]]:
            end = start + len(name)
            if not text.startswith(name, start) or not _boundary(text, end):
                continue
            over = [m for m in taken if m.start < end and start < m.end]
            if all(_cut_short(m, start, end) for m in over):
                last = end
                yield _mention(key, statement.field, start, name), over
            break


def _cut_short(mention: Mention, start: int, end: int) -> bool:
    """Whether a rule took the beginning of a learned name for the whole."""
    return (
        mention.method == "organisation-rule"
        and mention.group is None
        and mention.start == start
        and mention.end < end
    )


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
