"""Which record of the old file is which of the new one.

From the surest sign to the weakest; a record is paired once, and only where
the sign means one record on either side. Position is no sign: rows move.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.identity import Case, content
from kg.redaction import has_mark, without_marks
from kg.vocab import fold

#: Share of words that two descriptions must have in common to be two versions of one.
_ALIKE = 0.5
#: So many words at the beginning part a large group into small ones.
_OPENING = 6
#: Comparing all with all is for small groups; of larger ones nothing is paired by likeness.
_MOST_COMPARED = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """A record, and what it says of itself by field, white space and case evened."""

    case: Case
    values: dict[str, str]

    @property
    def identifier(self) -> str | None:
        """Its id, folded; None where it has none or some of it was taken out."""
        text = self.values.get("fragment_id", "")
        return fold(text) if text and not has_mark(text) else None

    @property
    def ending(self) -> str:
        """The last part of what is left of its id, folded; "" where it has none."""
        text = without_marks(self.values.get("fragment_id", ""))
        return next((p for p in reversed(re.split(r"\s*[/\\]\s*", fold(text))) if p), "")


Sign = Callable[[Told], Hashable | None]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Old and new record that are the same one, and those that have no counterpart."""

    both: tuple[tuple[Told, Told], ...]
    old: tuple[Told, ...]
    new: tuple[Told, ...]


def pair(old: Sequence[Case], new: Sequence[Case]) -> Pairs:
    """Pair the records of two files, each without copies of its own (`kg.identity.settle`).

    In order: the same content; the same id; the same last part of the id, from
    which keys come; the same description; for records without a whole id the
    same title; for ids that end alike a description with most words in common.

    A redacted id is no sign by itself: two marks are never the same thing.
    """
    work = _Work(_told(old), _told(new))
    for sign in (_content, _identifier, _ending, _description, _title):
        work.pair_by(sign)
    for part in (_opening, _left_of_id):
        work.pair_alike(part)
    return Pairs(tuple(work.both), tuple(work.old), tuple(work.new))


@dataclass(slots=True)
class _Work:
    old: list[Told]
    new: list[Told]
    both: list[tuple[Told, Told]] = field(default_factory=list)

    def pair_by(self, sign: Sign) -> None:
        """Pair what one sign names alone on either side."""
        news = _grouped(self.new, sign)
        self._take(
            (group[0], news[mark][0])
            for mark, group in _grouped(self.old, sign).items()
            if len(group) == 1 and len(news.get(mark, ())) == 1
        )

    def pair_alike(self, part: Sign) -> None:
        """Pair descriptions of one part that share most words, the likest first."""
        news = _grouped(self.new, part)
        self._take(
            both
            for mark, group in _grouped(self.old, part).items()
            if len(group) * len(news.get(mark, ())) <= _MOST_COMPARED
            for both in _likest(group, news.get(mark, ()))
        )

    def _take(self, pairs: Iterator[tuple[Told, Told]]) -> None:
        found = list(pairs)
        taken = {id(told) for both in found for told in both}
        self.both += found
        self.old = [told for told in self.old if id(told) not in taken]
        self.new = [told for told in self.new if id(told) not in taken]


def _told(cases: Sequence[Case]) -> list[Told]:
    return [Told(case, dict(content(case.record))) for case in cases]


def _grouped(side: Sequence[Told], sign: Sign) -> dict[Hashable, list[Told]]:
    groups: dict[Hashable, list[Told]] = defaultdict(list)
    for told in side:
        mark = sign(told)
        if mark is not None:
            groups[mark].append(told)
    return groups


def _likest(olds: Sequence[Told], news: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    before, after = [_words(told) for told in olds], [_words(told) for told in news]
    ranked = sorted(
        (-_shared(one, other), i, j)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
    )
    taken: set[tuple[str, int]] = set()
    for share, i, j in ranked:
        if -share >= _ALIKE and not taken & {("old", i), ("new", j)}:
            taken |= {("old", i), ("new", j)}
            yield olds[i], news[j]


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _words(told: Told) -> frozenset[str]:
    return frozenset(fold(told.values.get("description", "")).split())


def _content(told: Told) -> Hashable:
    return tuple(told.values.items())


def _identifier(told: Told) -> Hashable | None:
    return told.identifier


def _ending(told: Told) -> Hashable | None:
    return told.ending if told.identifier else None


def _description(told: Told) -> Hashable | None:
    return told.values.get("description")


def _left_of_id(told: Told) -> Hashable:
    return told.ending


def _opening(told: Told) -> Hashable:
    words = fold(told.values.get("description", "")).split()
    return (told.ending, *words[:_OPENING])


def _title(told: Told) -> Hashable | None:
    return None if told.identifier else told.values.get("title")
