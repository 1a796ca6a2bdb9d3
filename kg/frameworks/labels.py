"""Labels that are typed in place of their codes, and codes in letters that only a table knows.

"Civic space is wider" is CIV where framework.csv says so, and so is "GCR 4.2.2" a code.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.codes import read_codes
from kg.frameworks.declared import Declared
from kg.frameworks.parents import Key, Scope
from kg.model import Fragment
from kg.vocab import filled_field, fold

METHOD = "framework-label"

#: Fields in which a label may stand, and the findings that it settles there.
_SETTLES = {
    "objective_link": ("objective-without-code", "unreadable-objective"),
    "framework_link": ("unreadable-code",),
}
_PARTS = re.compile(r"\s*[\n\r\t;|]\s*|\s{2,}")
_EDGES = " .,;:-–—•*\"'«»“”()[]"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in a cell: which node it is, and the characters where it stands."""

    key: Key
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labels:
    """Which nodes a label means, by scope. Never by likeness: the same letters and digits."""

    nodes: Mapping[tuple[Scope, str, str], tuple[Key, ...]]  # scope, field, label

    @classmethod
    def of(cls, declared: Declared) -> "Labels":
        """All labels of all tables, in every language that they have, and codes of own letters."""
        found: dict[tuple[Scope, str, str], dict[Key, None]] = defaultdict(dict)
        for key, entry in declared.entries.items():
            field = "objective_link" if entry.kind == "objective" else "framework_link"
            coded = entry.kind != "objective" and _in_own_letters(entry.code)
            stated = (entry.code,) if coded else ()
            for text in (entry.label, *stated, *(text for _, text in entry.labels)):
                if plain := _plain(text):
                    found[key[0], field, plain][key] = None
        return cls({mark: tuple(keys) for mark, keys in found.items()})

    def read(self, fragment: Fragment, scopes: Mapping[str, Scope]) -> "LabelReading":
        """The labels that stand where no code does.

        Args:
            fragment: What it states.
            scopes: Field → the framework in which its labels are looked up.

        A cell that is a label from end to end is one, also where a word of it
        looks like a code ("SAFER TOWNS").
        """
        coded = {code.field for code in (*fragment.codes, *fragment.objectives)}
        found: list[Labelled] = []
        settled: set[tuple[str, str]] = set()
        whole: set[str] = set()
        for statement in fragment.statements:
            field, filled = statement.field, filled_field(statement.field)
            if filled not in scopes:
                continue
            scope = scopes[filled]
            label = self._one(statement.text, 0, field, scope)
            if label is not None:
                whole.add(field)
                labels, all_read = [label], True
            elif field in coded:
                continue
            else:
                labels, all_read = self._parts(statement.text, field, scope)
            found += labels
            if labels and all_read:
                settled |= {(reason, field) for reason in _SETTLES[filled]}
        return LabelReading(tuple(found), frozenset(settled), frozenset(whole))

    def _parts(self, text: str, field: str, scope: Scope) -> tuple[list[Labelled], bool]:
        """The labels in a cell; whether nothing else stands in it."""
        parts = [(at, part) for at, part in _parts(text) if _plain(part)]
        read = [self._one(part, at, field, scope) for at, part in parts]
        return [label for label in read if label is not None], None not in read

    def _one(self, text: str, at: int, field: str, scope: Scope) -> Labelled | None:
        keys = self.nodes.get((scope, filled_field(field), _plain(text)), ())
        if len(keys) != 1:  # two results of one name: the label does not say which
            return None
        inside = text.strip(_EDGES) or text
        start = at + text.index(inside)
        return Labelled(keys[0], field, start, start + len(inside))


@dataclass(frozen=True, slots=True)
class LabelReading:
    """Labels in order of cells; the findings (reason, field) that they settle.

    `whole` are fields that are one label from end to end: no codes stand there.
    """

    labels: tuple[Labelled, ...] = ()
    settled: frozenset[tuple[str, str]] = frozenset()
    whole: frozenset[str] = frozenset()


def _in_own_letters(code: str) -> bool:
    """Does a code begin with letters that kg reads as none: "GCR 4.2.2", "ROSA 3"?

    >>> _in_own_letters("GCR 4.2.2"), _in_own_letters("A.1.2"), _in_own_letters("SO5")
    (True, False, False)
    """
    return code[:1].isalpha() and not read_codes(code, field="framework_link").codes


def _parts(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for match in _PARTS.finditer(text):
        yield at, text[at : match.start()]
        at = match.end()
    yield at, text[at:]


def _plain(text: str) -> str:
    """Folded letters and digits with one space between words: which apostrophe does not matter."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
