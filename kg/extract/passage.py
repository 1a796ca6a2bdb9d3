"""All that extraction reads of one record, and what the harvest tells it about the others.

A record's names are a function of its passage, so that they may be found in
another process, or remembered from the last build, and be the same.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.extract.identifiers import Identifiers, identifiers, occurring, shapes
from kg.model import Choice, Fragment, Statement

_SMALL_WORD = re.compile(r"(?<![\w'’.@-])[a-zà-öø-ÿ][^\W\d_]+(?![\w'’@-]|\.\w)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One record as extraction sees it: its narrative fields and what else bears on them.

    `parts` are (field, language or None, text); `country` is a slug. Of what
    all records together tell, `identifiers` and `small` hold only what stands
    in this one: another record may come without changing its names.
    """

    key: str
    language: str | None
    country: str | None
    programme: str | None
    parts: tuple[tuple[str, str | None, str], ...]
    identifiers: Identifiers = field(default_factory=dict)
    shapes: str = ""  # pattern of ids numbered as those of the harvest; "" where none tells
    small: frozenset[str] = frozenset()  # words of it that stand uncapitalised in the harvest

    def digest(self, fingerprint: str) -> bytes:
        """Names an answer: 32 bytes over all but the key, and the rules that were asked."""
        basis = [
            fingerprint,
            self.language,
            self.country,
            self.programme,
            self.parts,
            sorted((first, sorted(forms)) for first, (_, forms) in self.identifiers.items()),
            self.shapes,
            sorted(self.small),
        ]
        return hashlib.sha256(json.dumps(basis).encode()).digest()

    @property
    def fragment(self) -> Fragment:
        """The record again, as far as extraction reads it."""
        return Fragment(
            key=self.key,
            identifier="",
            origins=(),
            statements=tuple(
                Statement(name, "", text, narrative=True, language=language)
                for name, language, text in self.parts
            ),
            empty=(),
            confidential=True,
            label="",
            language=self.language,
            programme=self.programme,
            year=None,
            round=None,
            country=Choice("place", self.country, self.country) if self.country else None,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What all records of a harvest tell together: their ids, their uncapitalised words."""

    identifiers: Identifiers
    shapes: str
    small: frozenset[str]

    @classmethod
    def of(cls, fragments: Iterable[Fragment]) -> "Known":
        """Ask every record, once."""
        given: list[str] = []
        small: set[str] = set()
        for fragment in fragments:
            if fragment.identifier:
                given.append(fragment.identifier)
            for statement in fragment.narratives:
                small.update(_SMALL_WORD.findall(statement.text))
        shaped = shapes(given)
        return cls(identifiers(given), shaped.pattern if shaped else "", frozenset(small))

    def passage(self, fragment: Fragment) -> Passage:
        """What extraction may read of one record."""
        told = [s for s in fragment.narratives if s.text]
        words: set[str] = set()
        ids: dict[str, set[str]] = {}
        for statement in told:
            words.update(map(str.lower, _LETTERS.findall(statement.text)))
            for first, forms in occurring(statement.text, self.identifiers).items():
                ids.setdefault(first, set()).update(forms)
        return Passage(
            key=fragment.key,
            language=fragment.language,
            country=fragment.country.slug if fragment.country else None,
            programme=fragment.programme,
            parts=tuple((s.field, s.language, s.text) for s in told),
            identifiers=_ordered(ids),
            shapes=self.shapes,
            small=self.small & words,
        )


def _ordered(ids: Mapping[str, Iterable[str]]) -> Identifiers:
    """Forms as they are looked up: by first piece, longest first."""
    return {
        first: (tuple(sorted({len(f) for f in forms}, reverse=True)), frozenset(forms))
        for first, forms in sorted(ids.items())
    }
