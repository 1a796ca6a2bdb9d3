"""Annotated texts for measuring extraction: a small markup, and scores against it.

Markup inside a field: `{O id role|words}` an organisation, `{o id role|words}`
one that is neither rewarded nor punished, `{P|words}` a person, `{L|words}` a
place. `id` says which organisation it is, for scoring identity.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.model import Choice, Fragment, Kind, Mention, MentionStatus, Statement
from kg.vocab import slug

_SPAN = re.compile(r"\{([OoPL])(?: ([\w-]+))?(?: ([\w-]+))?\|([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated span: what it is, who it is, what role it has."""

    key: str
    field: str
    start: int
    end: int
    kind: str  # O, o, P, L
    identity: str | None
    role: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """Records with the spans that a person marked in them."""

    fragments: tuple[Fragment, ...]
    gold: tuple[Gold, ...]

    @property
    def words(self) -> int:
        """How many words the texts have."""
        return sum(len(s.text.split()) for f in self.fragments for s in f.narratives)


def read_annotated(*paths: Path) -> Annotated:
    """Read annotated files (YAML lists of records)."""
    fragments: list[Fragment] = []
    gold: list[Gold] = []
    for path in paths:
        for row in yaml.safe_load(path.read_text("utf-8")):
            statements = []
            for field, marked in row["fields"].items():
                text, spans = _unmark(row["key"], field, marked.strip())
                statements.append(
                    Statement(field, field, text, narrative=True, language=row["language"])
                )
                gold += spans
            place = Choice("place", slug(row["country"]), row["country"])
            fragments.append(_fragment(row, tuple(statements), place))
    return Annotated(tuple(fragments), tuple(gold))


def _fragment(row: Mapping[str, str], statements: tuple[Statement, ...], place: Choice) -> Fragment:
    return Fragment(
        key=row["key"],
        identifier=row["key"],
        origins=(),
        statements=statements,
        empty=(),
        confidential=False,
        label=row["key"],
        language=row["language"],
        programme=None,
        year=None,
        round=None,
        country=place,
    )


def _unmark(key: str, field: str, marked: str) -> tuple[str, list[Gold]]:
    text, spans, at = "", [], 0
    for match in _SPAN.finditer(marked):
        text += marked[at : match.start()]
        kind, identity, role, words = match.groups()
        spans.append(
            Gold(key, field, len(text), len(text) + len(words), kind, identity, role, words)
        )
        text += words
        at = match.end()
    return text + marked[at:], spans


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _found(mentions: Iterable[Mention], kind: Kind) -> list[Mention]:
    return [m for m in mentions if m.kind is kind and m.status is not MentionStatus.REJECTED]


def _same(gold: Gold, mention: Mention) -> bool:
    return (gold.key, gold.field, gold.start, gold.end) == (
        mention.key,
        mention.field,
        mention.start,
        mention.end,
    )


def _overlap(gold: Gold, mention: Mention) -> bool:
    here = (gold.key, gold.field) == (mention.key, mention.field)
    return here and gold.start < mention.end and mention.start < gold.end


def organisations(annotated: Annotated, mentions: Sequence[Mention], *, strict: bool) -> Score:
    """Spans of organisations: exact ones, or such that overlap."""
    match = _same if strict else _overlap
    wanted = [g for g in annotated.gold if g.kind == "O"]
    optional = [g for g in annotated.gold if g.kind == "o"]
    found = [
        m for m in _found(mentions, Kind.ORGANISATION) if not any(_overlap(g, m) for g in optional)
    ]
    hits = sum(any(match(g, m) for g in wanted) for m in found)
    met = sum(any(match(g, m) for m in found) for g in wanted)
    return Score(hits / len(found) if found else 0.0, met / len(wanted) if wanted else 0.0)


def acronym_recall(annotated: Annotated, mentions: Sequence[Mention]) -> float:
    """How many annotated acronyms were found exactly; all where there are none."""
    wanted = [
        g
        for g in annotated.gold
        if g.kind == "O"
        and re.fullmatch(r"[A-Z0-9]\w*[A-Z0-9][\w-]*", g.text)
        and sum(c.isupper() for c in g.text) > 1
        and " " not in g.text
    ]
    found = _found(mentions, Kind.ORGANISATION)
    met = sum(any(_same(g, m) for m in found) for g in wanted)
    return met / len(wanted) if wanted else 1.0


def persons(annotated: Annotated, mentions: Sequence[Mention]) -> tuple[float, float]:
    """Recall of whole names (every letter covered; all of none), false spans in 1,000 words."""
    wanted = [g for g in annotated.gold if g.kind == "P" and "<" not in g.text]
    found = _found(mentions, Kind.PERSON)
    whole = sum(_covered(g, found) for g in wanted)
    false = sum(not any(_overlap(g, m) for g in wanted) for m in found)
    return whole / len(wanted) if wanted else 1.0, 1000 * false / annotated.words


def _covered(gold: Gold, found: Iterable[Mention]) -> bool:
    letters = {gold.start + i for i, c in enumerate(gold.text) if c.isalnum()}
    for m in found:
        if _overlap(gold, m):
            letters -= set(range(m.start, m.end))
    return not letters


def role_accuracy(annotated: Annotated, mentions: Sequence[Mention]) -> tuple[float, int]:
    """How many found organisations have the annotated role, and of how many.

    Those annotated as merely mentioned are left out.
    """
    found = _found(mentions, Kind.ORGANISATION)
    right = total = 0
    for g in annotated.gold:
        if g.kind != "O" or g.role in {None, "mentioned"}:
            continue
        mention = next((m for m in found if _overlap(g, m)), None)
        if mention is None:
            continue
        total += 1
        right += mention.role is not None and mention.role.value == g.role
    return right / total if total else 0.0, total


def identity(annotated: Annotated, mentions: Sequence[Mention]) -> Score:
    """B³ of resolved organisations over the annotated mentions that were found."""
    found = _found(mentions, Kind.ORGANISATION)
    pairs = []
    for number, g in enumerate(g for g in annotated.gold if g.kind == "O"):
        mention = next((m for m in found if _same(g, m)), None)
        answer = (mention.entity if mention and mention.entity else None) or f"alone-{number}"
        pairs.append((g.identity, answer))
    if not pairs:
        return Score(0.0, 0.0)
    precision = recall = 0.0
    for gold, answer in pairs:
        together = sum(p == (gold, answer) for p in pairs)
        precision += together / sum(a == answer for _, a in pairs)
        recall += together / sum(g == gold for g, _ in pairs)
    return Score(precision / len(pairs), recall / len(pairs))
