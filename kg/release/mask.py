"""Every suspected name of a person becomes `[name]`, before any offset is computed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import FIELDS, Cell, Fragment, Kind, Mention, MentionStatus, Record

#: What stands for a name. It is a redaction mark: opaque, never the same as another.
MASK = "[name]"

#: (field, start, end) of what is to be masked.
Place = tuple[str, int, int]


def suspected(mentions: Iterable[Mention]) -> dict[str, list[Place]]:
    """By key: where a person may be named, unless somebody decided that it is none.

    A body that a language model alone suggests may be a person, too.
    """
    found: dict[str, list[Place]] = {}
    for mention in mentions:
        if mention.status is MentionStatus.REJECTED:
            continue
        doubtful = mention.kind is Kind.ORGANISATION and (
            mention.method == "model" and mention.status is not MentionStatus.ACCEPTED
        )
        if mention.kind is Kind.PERSON or doubtful:
            found.setdefault(mention.key, []).append((mention.field, mention.start, mention.end))
    return found


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with `[name]` in place of each span; spans that touch become one mark.

    >>> masked("Ama Bo met Ce.", [(0, 3), (3, 6), (11, 13)])
    '[name] met [name].'
    """
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if start > last or not parts:
            parts += [text[last:start], MASK]
        last = max(last, end)
    return "".join([*parts, text[last:]])


def with_masks(record: Record, places: Sequence[Place]) -> Record:
    """A record whose cells have marks at *places*."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for field, start, end in places:
        spans.setdefault(field, []).append((start, end))
    return replace(
        record,
        cells=tuple(
            Cell(c.field, c.heading, masked(c.text, spans[c.field])) if c.field in spans else c
            for c in record.cells
        ),
    )


def all_told(fragment: Fragment) -> Fragment:
    """A cleared fragment in which names are looked for in columns of one's own, too."""
    return replace(
        fragment,
        statements=tuple(
            replace(s, narrative=s.narrative or s.field not in FIELDS) for s in fragment.statements
        ),
    )
