"""What the queue is made of: one question a person can answer with one word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.keys import even_name
from kg.vocab import digest


class ItemKind(StrEnum):
    """What is asked."""

    NAME = "name"  # a name that was left open: is it this organisation?
    ORGANISATION = "organisation"  # a name that may be an organisation's
    PAIR = "pair"  # two organisations that may be one
    PERSON = "person"  # words that may name a person


#: What may be answered, by what is asked; the first two are the plain yes and no.
ANSWERS: Mapping[ItemKind, tuple[str, ...]] = {
    ItemKind.NAME: ("same", "different", "not-organisation", "person", "place"),
    ItemKind.ORGANISATION: ("organisation", "not-organisation", "person", "place"),
    ItemKind.PAIR: ("same", "different"),
    ItemKind.PERSON: ("person", "not-person", "organisation", "place"),
}
VERDICTS = (
    "same",
    "different",
    "organisation",
    "not-organisation",
    "person",
    "not-person",
    "place",
)


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a name stands: code points into a field's text, end exclusive."""

    key: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    `name` and `other` are what is shown; `a`, `b` and `scope` what a line of
    `decisions.csv` will say. A name of a person is in `a` in words: whoever writes
    the line hashes it. `spots` are all places that the answer settles, sorted;
    `sentence` is that of the first, the name marked as «so».
    """

    kind: ItemKind
    why: str
    name: str
    other: str
    a: str
    b: str
    scope: str
    country: str
    spots: tuple[Spot, ...]
    sentence: str
    evidence: tuple[str, ...] = ()
    score: float | None = None

    @property
    def records(self) -> int:
        """How many records name it."""
        return len({spot.key for spot in self.spots})

    @property
    def answers(self) -> tuple[str, ...]:
        """The verdicts that answer the question."""
        return ANSWERS[self.kind]

    @property
    def mark(self) -> str:
        """Tells the question from all others, by its sides. Stays within the project."""
        if self.kind is ItemKind.PERSON:
            return digest(f"person\n{even_name(self.a)}", length=16)
        return digest("\n".join((self.kind.value, self.a, self.b, self.scope)), length=16)

    @property
    def state(self) -> str:
        """Changes when what a person saw of the question does."""
        seen = (self.name, self.other, self.why, *map(str, self.spots))
        return digest("\n".join(seen), length=16)
