"""Choices of a coded cell: concepts of a vocabulary, or candidates under their own words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Protocol

from kg.blank import is_blank
from kg.flat import flat
from kg.model import Choice
from kg.redaction import has_mark
from kg.values import LONGEST, OUTER, project_value, ticked, words
from kg.vocab import slug

#: Columns whose values are concepts → the scheme of the concepts.
SCHEMES: Mapping[str, str] = {
    "status": "status",
    "social_actor": "actor",
    "scale": "scale",
    "type_of_change": "change",
    "change_cluster": "change",
    "rating_significance": "significance",
    "rating_contribution": "contribution",
}

#: Columns that hold one value: nothing in them is split.
_SINGLE = frozenset({"status", "rating_significance", "rating_contribution"})

_HARD = re.compile(r"\s*[;؛|\n\r\t•·]\s*|\s{2,}")
_COMMA = re.compile(r"\s*[,،、]\s*")
# "4 - Very significant", "1. Policy", "(2) Practice": the number of an item or a step.
_ITEM = re.compile(r"[(\[]?[0-9]{1,2}[)\]]?\s*[.:=)–—-]+\s*(?=[^\W\d_])")
_NAMED_STEP = re.compile(r"[0-9]{1,2}\s*\(([^()]+)\)")  # "4 (high)"
_LONGEST_RUN = 8  # parts of one known label, at most


class Known(Protocol):
    """A concept, as far as a value needs it."""

    @property
    def slug(self) -> str:
        """Its name within its scheme."""

    @property
    def labels(self) -> Mapping[str, str]:
        """By language; English is always there."""


class Vocabulary(Protocol):
    """Finds a concept by any of its wordings."""

    def __hash__(self) -> int:
        """What was found is remembered by vocabulary."""

    def find(self, scheme: str, text: str) -> Known | None:
        """The concept that a wording names; None where none is known."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one cell. `problem`: "unknown-value", "long-value" or "number-rating"."""

    values: tuple[Choice, ...] = ()
    problem: str | None = None


def read_choices(
    field: str,
    text: str,
    *,
    vocabulary: Vocabulary,
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Choices:
    """The values of a coded cell.

    Args:
        field: A column of `SCHEMES`.
        text: The cell. What stands in the vocabulary is found whole before
            anything is split. Double space, newline, semicolon and bar part
            values; a slash, an "and" where every part is known; a comma also beside
            what is known.
        vocabulary: Finds concepts.
        values: `[values]` of `kg.toml`: field → spelling → label or slug.

    A value that nobody knows is a candidate under its own words, and one
    problem of the cell; a redaction mark is no value.
    """
    scheme = SCHEMES[field]

    def known(said: str) -> Choice | None:
        told = project_value(field, said, values)
        concept = _find(vocabulary, scheme, told) or _find(vocabulary, scheme, _unnumbered(told))
        if concept is not None:
            return Choice(scheme, concept.slug, concept.labels["en"])
        if told is not said:  # the project's own word for it
            return Choice(scheme, slug(told), told.strip(), known=False)
        return None

    whole = known(text)
    if whole is not None:
        return Choices((whole,))
    step = _step(field, text, vocabulary)
    if step is not None:
        return Choices((step,), "number-rating")
    text = ticked(text)
    found: dict[str, Choice] = {}
    problem = None
    for piece, choice in _pieces(text, known, whole=field in _SINGLE):
        value = choice
        if value is None and not is_blank(piece) and not has_mark(piece):
            label = " ".join(piece.split())
            problem = problem or ("unknown-value" if len(label) <= LONGEST else "long-value")
            if len(label) <= LONGEST:
                value = Choice(scheme, slug(label), label, known=False)
        if value is not None:
            found.setdefault(value.slug, value)
    return Choices(tuple(found.values()), problem)


def _unnumbered(text: str) -> str:
    """A value without the number of its item or step.

    >>> _unnumbered("4 - Very significant"), _unnumbered("4 (high)"), _unnumbered("G20")
    ('Very significant', 'high', 'G20')
    """
    named = _NAMED_STEP.fullmatch(text.strip())
    return named[1] if named else _ITEM.sub("", text.strip(OUTER), count=1)


def _step(field: str, text: str, vocabulary: Vocabulary) -> Choice | None:
    """The value that a bare number from 1 to 5 stands for in a rating."""
    steps = words()["numbers"].get(field)
    match = _steps().fullmatch(flat(text).strip()) if steps else None
    if match is None:
        return None
    step = int(match[1]) if match[1] else len(match[2])
    concept = _find(vocabulary, SCHEMES[field], steps[step - 1])
    return Choice(SCHEMES[field], concept.slug, concept.labels["en"]) if concept else None


@cache
def _steps() -> re.Pattern[str]:
    """A bare number from 1 to 5, "4 out of 5", stars."""
    of = "|".join(re.escape(flat(word)) for word in words()["of_five"])
    return re.compile(rf"([1-5])(?:[.,]0+)?(?:\s*(?:{of})\s*5)?|([★⭐]{{1,5}})☆*")


@lru_cache(maxsize=16384)
def _find(vocabulary: Vocabulary, scheme: str, text: str) -> Known | None:
    return vocabulary.find(scheme, text)


def _pieces(
    text: str, known: Callable[[str], Choice | None], *, whole: bool
) -> Iterator[tuple[str, Choice | None]]:
    """The values of a cell, each with what it is known as."""
    if whole:
        yield text, None
        return
    spans = _parted(text, _HARD)
    at = 0
    while at < len(spans):
        start, end = spans[at]
        piece = text[start:end]
        choice = known(piece)
        if choice is not None:
            yield piece, choice
            at += 1
            continue
        wrapped = _longest_known(text, spans, at, known, least=2)
        if wrapped is not None:  # a label that the cell broke into two lines
            at, choice = wrapped
            yield choice.label, choice
            continue
        soft = _all_known(piece, known)
        if soft:
            yield from ((part.label, part) for part in soft)
        else:
            yield from _among_commas(piece, known)
        at += 1


def _among_commas(
    text: str, known: Callable[[str], Choice | None]
) -> Iterator[tuple[str, Choice | None]]:
    """What is known between commas, and what lies between: each run of it one candidate.

    Where nothing is known, the text is one value: a comma may belong to it.
    """
    spans = _parted(text, _COMMA)
    unread: tuple[int, int] | None = None
    at = 0
    while at < len(spans):
        start, end = spans[at]
        run = _longest_known(text, spans, at, known, least=1)
        found = (run[1],) if run else tuple(_all_known(text[start:end], known))
        if not found:
            unread = (unread[0] if unread else start, end)
            at += 1
            continue
        if unread:
            yield text[slice(*unread)], None
            unread = None
        yield from ((choice.label, choice) for choice in found)
        at = run[0] if run else at + 1
    if unread:
        yield text[slice(*unread)], None


def _parted(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Start and end of the non-empty parts between separators."""
    spans, start = [], 0
    for match in [*separator.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip(OUTER):
            spans.append((start, end))
        start = match.end() if match else start
    return spans


def _longest_known(
    text: str,
    spans: Sequence[tuple[int, int]],
    at: int,
    known: Callable[[str], Choice | None],
    *,
    least: int,
) -> tuple[int, Choice] | None:
    """The longest run of parts from *at* that is one known value, and where it ends."""
    last = min(len(spans), at + _LONGEST_RUN)
    for end in range(last, at + least - 1, -1):
        choice = known(text[spans[at][0] : spans[end - 1][1]])
        if choice is not None:
            return end, choice
    return None


def _all_known(text: str, known: Callable[[str], Choice | None]) -> list[Choice]:
    """The parts between commas, slashes and "and", if every one is known; else nothing."""
    spans = _parted(text, _soft())
    choices: list[Choice] = []
    at = 0
    while at < len(spans):
        run = _longest_known(text, spans, at, known, least=1)
        if run is None:
            return []
        at, choice = run
        choices.append(choice)
    return choices


@cache
def _soft() -> re.Pattern[str]:
    joins = [str(join) for join in words()["joins"]]
    spelt = "|".join(re.escape(join) for join in joins if join.isalpha())
    marks = "|".join(re.escape(join) for join in joins if not join.isalpha())
    return re.compile(rf"\s*(?:{marks})\s*|\s+(?:{spelt})\s+", re.IGNORECASE)


def parts(text: str, known: Callable[[str], Choice | None]) -> tuple[str, ...]:
    """What stands between separators of either kind; what is known as a whole stays whole.

    >>> parts("Mali, Niger and Togo", lambda said: None)
    ('Mali', 'Niger', 'Togo')
    """
    return tuple(_parts(text, known))


def _parts(text: str, known: Callable[[str], Choice | None]) -> Iterator[str]:
    for start, end in _parted(text, _HARD):
        piece = text[start:end]
        spans = _parted(piece, _soft())
        at = 0
        while at < len(spans):
            run = _longest_known(piece, spans, at, known, least=2)
            after = run[0] if run else at + 1
            yield piece[spans[at][0] : spans[after - 1][1]]
            at = after
