"""What framework tables list, looked up by scope, kind and code."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.blank import is_blank
from kg.codes import normal_number
from kg.config import FILE_NAME, NO_PROGRAMME
from kg.frameworks.parents import Key, Scope, above
from kg.model import Finding, FrameworkEntry, Severity, Where
from kg.places import Places
from kg.vocab import fold, slug

DEFAULT_VERSION = "1"


#: "A.1.2" and "A1.2": a letter of the framework before a number.
_LETTERED = re.compile(r"[A-Ha-h](?:\.[0-9]|[0-9]{1,2}\.)[0-9.]*[a-g]?")


@dataclass(frozen=True, slots=True)
class Declared:
    """Framework tables, looked up by scope, kind and code.

    `parents` is what a `parent` cell puts above an entry; `findings` what is
    wrong with single lines. `unnamed` owns the entries of tables that name no programme, in a
    project that names none either: they speak for every programme that has no table of its own.
    """

    entries: Mapping[Key, FrameworkEntry]
    versions: Mapping[tuple[str, str | None], str]
    parents: Mapping[Key, Key] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()
    unnamed: str | None = None
    listing: frozenset[str | None] = frozenset()  # programmes whose objectives are listed

    def scope(self, programme: str, country: str | None) -> Scope:
        """The framework that a fragment's codes belong to: its country's, else the programme's."""
        for place in (country, None):
            for owner in (programme, self.unnamed):
                if owner is not None and (owner, place) in self.versions:
                    return (owner, place, self.versions[owner, place])
        return (programme, country, DEFAULT_VERSION)

    def objectives(self, programme: str) -> Scope:
        """The scope of a programme's objectives."""
        others = self.unnamed in self.listing and programme not in self.listing
        return (self.unnamed if others and self.unnamed else programme, None, DEFAULT_VERSION)

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

    Without a word from there, the highest version of a country counts. Where
    two files list the same code, the first one counts; what it leaves blank
    (label, parent, a language) is taken from the second.
    """
    found: dict[Key, FrameworkEntry] = {}
    offered: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    findings: list[Finding] = []
    for entry in entries:
        scope = _scope_of(entry, programme=programme, places=places)
        key = (scope, entry.kind, normal_code(entry.kind, entry.code))
        if key in found:
            findings += _twice(entry, found[key])
            found[key] = _filled(found[key], entry)
        else:
            found[key] = entry
        if entry.kind != "objective":
            offered[scope[:2]].add(scope[2])
        findings += _unknown_place(entry, places)
    wanted = {_place_slug(name, places): version for name, version in versions.items()}
    counting = {
        place: wanted[place[1]]
        if wanted.get(place[1]) in available
        else max(available, key=lambda v: (len(v), v))
        for place, available in offered.items()
    }
    findings += _unknown_versions(versions, offered, places)
    parents, doubts = above(found, normal_code)
    unnamed = slug(programme) if programme == NO_PROGRAMME else None
    listing = frozenset(scope[0] for scope, kind, _ in found if kind == "objective")
    return Declared(found, counting, parents, (*findings, *doubts), unnamed, listing)


def normal_code(kind: str, code: str) -> str:
    """A code as records have it once they are read: "07.3" is 7.3, "civ" is CIV.

    >>> normal_code("output", "1.04.1"), normal_code("output", "a1.2")
    ('1.4.1', 'A.1.2')
    >>> normal_code("objective", "civ")
    'CIV'
    """
    plain = code.replace(".", "").isalnum() and code.isascii()
    if plain and (code[:1].isdecimal() or _LETTERED.fullmatch(code)):
        return normal_number(code) or code
    return code.upper() if kind == "objective" else code


def _filled(first: FrameworkEntry, other: FrameworkEntry) -> FrameworkEntry:
    spoken = dict(other.labels) | dict(first.labels)
    return replace(
        first,
        label=first.label or other.label,
        labels=tuple(spoken.items()) if spoken else (),
        parent=first.parent or other.parent,
    )


def _scope_of(entry: FrameworkEntry, *, programme: str, places: Places) -> Scope:
    owner = slug(entry.programme or programme)
    if entry.kind == "objective":
        return (owner, None, DEFAULT_VERSION)
    return (owner, _place_slug(entry.country, places), entry.version or DEFAULT_VERSION)


def _place_slug(name: str, places: Places) -> str | None:
    if is_blank(name):
        return None
    choice = places.read(name)
    # What is no place still is not the whole programme.
    return choice.slug if choice else slug(name)


def _twice(entry: FrameworkEntry, first: FrameworkEntry) -> Iterable[Finding]:
    """Told, but for an objective that several activities share."""
    same = fold(entry.label) == fold(first.label) or not entry.label
    if same and entry.file == first.file and entry.kind == "objective":
        return
    place = f"row {first.line}" if entry.file == first.file else f"{first.file}, row {first.line},"
    yield Finding(
        reason="code-twice",
        where=Where(entry.file, entry.line, "code"),
        message=f"The {entry.kind} {entry.code} stands in {place} too; that one counts, and takes "
        "from this one what it leaves blank." + ("" if same else " The labels differ."),
        advice="Remove one of the two, or say whose each is (country, version).",
        severity=Severity.INFO if same else Severity.WARNING,
    )


def _unknown_place(entry: FrameworkEntry, places: Places) -> Iterable[Finding]:
    if is_blank(entry.country):
        return
    choice = places.read(entry.country)
    if choice is None or not choice.known:
        yield Finding(
            reason="unknown-country",
            where=Where(entry.file, entry.line, "country"),
            message="A country or region that kg does not know; it is kept as written.",
            advice="Write its name in English, French or Spanish, or its ISO code.",
        )


def _unknown_versions(
    versions: Mapping[str, str],
    offered: Mapping[tuple[str, str | None], set[str]],
    places: Places,
) -> Iterable[Finding]:
    for name, version in sorted(versions.items()):
        place = _place_slug(name, places)
        if not any(version in found for (_, where), found in offered.items() if where == place):
            yield Finding(
                reason="unknown-version",
                where=Where(FILE_NAME, None, "frameworks.version"),
                message="No framework table of that country has the version that is asked for; "
                "the highest one counts.",
                advice="Correct the country or the version, or add the table.",
            )
