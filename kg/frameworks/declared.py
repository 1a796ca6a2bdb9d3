"""What framework tables list, looked up by scope, kind and code."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import FrameworkEntry
from kg.places import Places
from kg.vocab import slug

DEFAULT_VERSION = "1"

#: Programme slug, place slug (None: the whole programme), version.
Scope = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class Declared:
    """Framework tables, looked up by scope, kind and code."""

    entries: Mapping[tuple[Scope, str, str], FrameworkEntry]
    versions: Mapping[tuple[str, str | None], str]

    def scope(self, programme: str, country: str | None) -> Scope:
        """The framework that a fragment's codes belong to: its country's, else the programme's."""
        for place in (country, None):
            if (programme, place) in self.versions:
                return (programme, place, self.versions[programme, place])
        return (programme, country, DEFAULT_VERSION)

    def given(self, scope: Scope) -> bool:
        """Is there a table for this scope?"""
        return scope[:2] in self.versions

    def kinds(self, scope: Scope, code: str) -> tuple[str, ...]:
        """The kinds under which a scope declares a code."""
        return tuple(k for k in ("outcome", "output") if (scope, k, code) in self.entries)


def declare(
    entries: Iterable[FrameworkEntry],
    *,
    programme: str,
    versions: Mapping[str, str],
    places: Places,
) -> Declared:
    """Index framework tables. *versions* says, by country as written, which version counts.

    Without a word from there, the highest version of a country counts.
    """
    found: dict[tuple[Scope, str, str], FrameworkEntry] = {}
    offered: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for entry in entries:
        scope = _scope_of(entry, programme=programme, places=places)
        found.setdefault((scope, entry.kind, entry.code), entry)
        if entry.kind != "objective":
            offered[scope[:2]].add(scope[2])
    wanted = {_place_slug(name, places): version for name, version in versions.items()}
    counting = {
        place: wanted[place[1]]
        if wanted.get(place[1]) in available
        else max(available, key=lambda v: (len(v), v))
        for place, available in offered.items()
    }
    return Declared(found, counting)


def _scope_of(entry: FrameworkEntry, *, programme: str, places: Places) -> Scope:
    owner = slug(entry.programme or programme)
    if entry.kind == "objective":
        return (owner, None, DEFAULT_VERSION)
    return (owner, _place_slug(entry.country, places), entry.version or DEFAULT_VERSION)


def _place_slug(name: str, places: Places) -> str | None:
    choice = places.read(name) if name.strip() else None
    return choice.slug if choice else None
