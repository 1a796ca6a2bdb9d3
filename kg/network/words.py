"""What a link rests on: cells, and the spans in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.sentence import sentence

#: Language tag → text; "" where the tag is unknown.
Labels = dict[str, str]

#: The kinds of node, in the order in which a legend lists them.
KINDS = (
    "outcome",
    "organisation",
    "programme",
    "actor",
    "change",
    "output",
    "result",
    "objective",
    "place",
    "other",
)

#: Kinds that nearly everything links to. Forces between them and the rest would make a hairball.
HUBS = frozenset({"programme", "actor", "change", "objective", "place"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One cell of a fragment, whole, as it was typed."""

    key: str
    identifier: str  # the fragment's id as typed
    field: str  # slug, "contribution-programme"
    heading: str
    text: str
    narrative: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a link rests on: a span of one cell, or all of a coded one.

    `start`, `end` are code points into the cell, end exclusive. `method` and
    `confidence` say how the span was read; `role_method`, `role_confidence`
    how the role was. Unknown is "" or None.
    """

    passage: Passage
    start: int
    end: int
    method: str = ""
    confidence: float | None = None
    status: str = ""
    role_method: str = ""
    role_confidence: float | None = None

    @property
    def key(self) -> str:
        """Key of the fragment."""
        return self.passage.key

    @property
    def field(self) -> str:
        """Slug of the field."""
        return self.passage.field

    @property
    def heading(self) -> str:
        """The column's heading as it was typed."""
        return self.passage.heading

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.passage.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence around them, on one line."""
        return sentence(self.passage.text, self.start, self.end)

    @property
    def order(self) -> tuple[str, str, int, int, str, str]:
        """Sort key: where the words stand."""
        return (self.key, self.field, self.start, self.end, self.method, self.role_method)


def in_order(words: Iterable[Words]) -> tuple[Words, ...]:
    """Words without repeats, by place."""
    return tuple(sorted(set(words), key=lambda w: w.order))


def display(labels: Mapping[str, str]) -> str:
    """The label to show where nobody asked for a language: untagged, English, else the first.

    >>> display({"fr": "Sûreté", "en": "Safety"})
    'Safety'
    """
    for tag in ("", "en"):
        if labels.get(tag):
            return labels[tag]
    return next((labels[tag] for tag in sorted(labels) if labels[tag]), "")


def local(iri: str) -> str:
    """The last part of an IRI: after "#", else after the last "/".

    >>> local("https://example.org/harvest/fragment/civ010#outcome")
    'outcome'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@lru_cache(maxsize=4096)  # few concepts, asked for every span
def slug_in(iri: str, scheme: str) -> str:
    """The slug of a concept: `ohv:role-contributor` in scheme "role" is "contributor"; "" of "".

    >>> slug_in("https://w3id.org/outcome-harvest/vocab/role-social-actor", "role")
    'social-actor'
    """
    return local(iri).removeprefix(f"{scheme}-")
