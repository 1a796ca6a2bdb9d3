"""Stretches of the texts: which mentions share characters, and what one leaves of another."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from kg.extract.lexicon import lexicon
from kg.model import Mention

#: Fragment key, field.
Place = tuple[str, str]

_SMALL = re.compile(r"\W{0,3}(?:[^\W\d_]{1,4}['’]?\W{1,2}){0,2}\W{0,2}")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Spans:
    """Stretches of the texts, asked by place."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._by_place: dict[Place, list[tuple[int, int]]] = {}
        for m in mentions:
            self._by_place.setdefault((m.key, m.field), []).append((m.start, m.end))
        for spans in self._by_place.values():
            spans.sort()

    def over(self, mention: Mention) -> list[tuple[int, int]]:
        """Those that share a character with a mention."""
        spans = self._by_place.get((mention.key, mention.field))
        if spans is None:
            return []
        before = spans[: bisect_left(spans, (mention.end, 0))]
        return [(a, b) for a, b in before if b > mention.start]

    def share(self, mention: Mention) -> bool:
        """Whether any stands in the same text as a mention."""
        return (mention.key, mention.field) in self._by_place

    def touch(self, mention: Mention) -> bool:
        """Whether any shares a character with a mention."""
        return bool(self.over(mention))

    def near(self, mention: Mention, text: str) -> bool:
        """Whether one stands beside a mention, with nothing but small words between."""
        return any(
            _SMALL.fullmatch(text, min(end, mention.end), max(start, mention.start))
            for start, end in self._by_place.get((mention.key, mention.field), ())
            if end <= mention.start or start >= mention.end
        )

    def outside(self, mention: Mention) -> list[Mention]:
        """The parts of a mention that none covers, as far as they hold a capitalised word."""
        over = self.over(mention)
        if not over:
            return [mention]
        parts: list[Mention] = []
        at = mention.start
        for start, end in [*over, (mention.end, mention.end)]:
            parts += _trimmed(mention, at, min(start, mention.end))
            at = max(at, end)
        return parts


def _trimmed(mention: Mention, start: int, end: int) -> list[Mention]:
    """A part of a mention from its first to its last capitalised word."""
    text = mention.text[start - mention.start : end - mention.start] if start < end else ""
    big = [w for w in _WORD.finditer(text) if w[0][0].isupper() and not _idle(w[0])]
    if not big:
        return []
    first, last = big[0].start(), big[-1].end()
    return [replace(mention, start=start + first, end=start + last, text=text[first:last])]


def _idle(word: str) -> bool:
    info = lexicon().info(word)
    return info.title or info.lead_in or (info.explained and not info.suspicious)
