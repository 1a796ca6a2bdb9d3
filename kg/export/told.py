"""The nouns of a report: what was harvested, who took part in which words, what refers to what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.export.coverage import Promise
from kg.model import Audience, Finding


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome. Texts and values by the slug of their field; absent where the cell is empty."""

    iri: str
    key: str
    number: str  # what people call it: the end of its id; its key where another has that too
    title: str
    texts: Mapping[str, str]
    values: Mapping[str, str]
    actors: tuple[str, ...]
    changes: tuple[str, ...]
    places: tuple[str, ...]
    results: tuple[str, ...]  # IRIs of what it names itself, in order
    objectives: tuple[str, ...]  # IRIs, named or above what it names
    unlinked: str  # why no result is linked to it; "" where one is
    raw: str | None  # what its cell for results says
    large: bool  # rated large or more, and no evidence stated

    @property
    def statement(self) -> str:
        """What changed: the description, else the title."""
        return self.texts.get("description", self.title)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a cell. `field` is the column's name; `confidence` None where nobody gave any."""

    words: str
    sentence: str
    field: str
    method: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody is said to have had a role in an outcome; the words it rests on, in order."""

    agent: str
    outcome: str
    slug: str
    role: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, or the programme, that outcomes name."""

    iri: str
    label: str
    acronym: str
    country: str
    kind: str
    roles: Mapping[str, int]  # slug of the role → outcomes
    outcomes: tuple[str, ...]  # IRIs, in order


@dataclass(frozen=True, slots=True)
class Reference:
    """One outcome refers to another."""

    start: str
    end: str
    relation: str
    slug: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Story:
    """All that a report tells, in one order. `sources`: file, records read, records kept."""

    name: str
    audience: Audience
    language: str
    date: str
    digest: str
    outcomes: tuple[Told, ...]
    claims: tuple[Claim, ...]
    bodies: tuple[Body, ...]
    promises: tuple[Promise, ...]
    references: tuple[Reference, ...]
    roles: tuple[tuple[str, str], ...]  # slug and label, in the order of the vocabulary
    sources: tuple[tuple[str, int, int], ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @cached_property
    def by_iri(self) -> Mapping[str, Told]:
        """Outcomes by IRI."""
        return {outcome.iri: outcome for outcome in self.outcomes}

    @cached_property
    def promise_of(self) -> Mapping[str, Promise]:
        """Promises by IRI."""
        return {promise.iri: promise for promise in self.promises}

    @cached_property
    def body_of(self) -> Mapping[str, Body]:
        """Organisations and programmes by IRI."""
        return {body.iri: body for body in self.bodies}

    @cached_property
    def claims_of(self) -> Mapping[str, tuple[Claim, ...]]:
        """Outcome → who is said to have taken part."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.outcome, []).append(claim)
        return {outcome: tuple(claims) for outcome, claims in found.items()}

    @property
    def organisations(self) -> tuple[Body, ...]:
        """Without the programmes."""
        return tuple(body for body in self.bodies if body.kind == "organisation")

    def value(self, outcome: Told, name: str) -> bool:
        """Does a yes-or-no field say yes?"""
        return outcome.values.get(name) == "true"
