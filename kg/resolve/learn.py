"""First half of resolution: what this harvest teaches, before any mention is settled.

A node is an identity: a curated organisation, a body that the world knows, a
full name (in its country, where many countries have one), or an acronym that
nobody explained. Names and acronyms lead to nodes; decisions join nodes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.info import plain_acronym
from kg.extract.pairs import DEFINED
from kg.extract.registry import bodies
from kg.grouping import by_key, by_record
from kg.model import Kind, Mention, MentionStatus, Organisation
from kg.resolve.decisions import Surface, surface
from kg.resolve.naming import agree, generic, is_acronym, name_key, within
from kg.vocab import fold

_CHAPTER = re.compile(r"([A-ZÀ-Ý]{2,})[-‑]([A-ZÀ-Ý][a-zà-öø-ÿ]\w+)")
_SHORT_ACRONYM = 4  # letters; shorter ones are shared by many bodies

#: ("curated", id) | ("body", label) | ("name", words, scope) | ("acronym", letters, scope)
Node = tuple[str, ...]


def name_node(text: str, country: str | None) -> Node:
    """The identity of a full name: of its country too, where the name is everybody's.

    >>> name_node("Ministry of Justice", "mali")
    ('name', 'ministry justice', 'mali')
    >>> name_node("Voix du Sahel", "mali")
    ('name', 'voi sahel', '')
    """
    return ("name", " ".join(name_key(text)), (country or "") if generic(text) else "")


def acronym_node(text: str, country: str | None) -> Node:
    """The identity of an acronym that nobody explained; a short one belongs to its country."""
    letters = plain_acronym(text)
    scope = (country or "") if len(letters) <= _SHORT_ACRONYM else ""
    return ("acronym", letters, scope)


@dataclass(slots=True)
class Knowledge:
    """Names and acronyms with the nodes that own them, and the countries in which that was said.

    `groups`: (fragment key, group) → node of the full name. `learned` are names
    worth looking for in other records. `bound` and `barred` are by surface: what
    an open name stands for and does not stand for, each in a country or in all;
    `confirmed` are surfaces of which somebody said that they name an organisation; `chapters`
    are (fragment key, group, letters) of parts that stand beside the name of the whole.
    """

    names: dict[tuple[str, ...], dict[Node, set[str | None]]] = field(default_factory=dict)
    acronyms: dict[str, dict[Node, set[str | None]]] = field(default_factory=dict)
    groups: dict[tuple[str, str], Node] = field(default_factory=dict)
    learned: Counter[str] = field(default_factory=Counter)
    joined: dict[Node, Node] = field(default_factory=dict)
    bound: dict[Surface, list[tuple[str | None, Node]]] = field(default_factory=dict)
    barred: dict[Surface, list[tuple[str | None, Node]]] = field(default_factory=dict)
    confirmed: dict[Surface, set[str | None]] = field(default_factory=dict)
    curated: dict[Node, Organisation] = field(default_factory=dict)
    chapters: set[tuple[str, str, str]] = field(default_factory=set)

    def root(self, node: Node) -> Node:
        """The node that stands for all those joined with one."""
        while node in self.joined:
            node = self.joined[node]
        return node

    def join(self, one: Node, other: Node) -> bool:
        """Make two nodes one; refused for two different curated organisations."""
        a, b = sorted((self.root(one), self.root(other)), key=_rank)
        if a == b:
            return True
        if a[0] == "curated" and b[0] == "curated":
            return False
        self.joined[b] = a
        return True

    def chosen(self, text: str, country: str | None) -> Node | None:
        """Whom somebody said that an open name stands for; of one country before all."""
        said = self.bound.get(surface(text), ())
        here = [node for scope, node in said if scope is not None and within(scope, country)]
        found = here or [node for scope, node in said if scope is None]
        return self.root(found[0]) if found else None

    def is_confirmed(self, text: str, country: str | None) -> bool:
        """Whether somebody said that a name is the same as an organisation's."""
        scopes = self.confirmed.get(surface(text), ())
        return any(within(scope, country) for scope in scopes)

    def not_barred(
        self, text: str, country: str | None, owned: Mapping[Node, set[str | None]]
    ) -> dict[Node, set[str | None]]:
        """Owners of a name without those of which somebody said that it is different."""
        said = self.barred.get(surface(text), ())
        out = {self.root(node) for scope, node in said if within(scope, country)}
        return {n: where for n, where in owned.items() if self.root(n) not in out}

    def owners(self, owned: Mapping[Node, set[str | None]], country: str | None) -> list[Node]:
        """Who may be meant in a country: those said there first, else all; sorted."""
        roots: dict[Node, set[str | None]] = {}
        for node, where in owned.items():
            roots.setdefault(self.root(node), set()).update(where)
        here = [n for n, where in roots.items() if country is not None and country in where]
        near = [n for n, where in roots.items() if any(agree(c, country) for c in where)]
        return sorted(here or near)

    def everywhere(self, owned: Mapping[Node, set[str | None]]) -> list[Node]:
        """All owners, whatever the country; sorted."""
        return sorted({self.root(node) for node in owned})


def _rank(node: Node) -> tuple[int, Node]:
    return (("curated", "body", "name", "acronym").index(node[0]), node)


def learn(
    mentions: Iterable[Mention],
    countries: Mapping[str, str | None],
    organisations: Sequence[Organisation],
) -> Knowledge:
    """Gather names and acronyms of curated entries, shipped bodies, and definitions in the text.

    Args:
        mentions: All mentions of the build.
        countries: Fragment key → slug of its country or region.
        organisations: The curated entries; their `country` is a slug.
    """
    known = Knowledge()
    for entry in sorted(organisations, key=lambda o: o.id):
        node: Node = ("curated", entry.id)
        known.curated[node] = entry
        for name in (*(text for _, text in entry.labels), *entry.aliases):
            _own(known, name, node, entry.country)
        for acronym in entry.acronyms:
            known.acronyms.setdefault(plain_acronym(acronym), {}).setdefault(node, set()).add(
                entry.country
            )
    for body in bodies():
        node = ("body", body.label)
        for name in (*(text for _, text in body.labels), *body.aliases):
            if not known.names.get(name_key(name)) and not is_acronym(name):
                _own(known, name, node, None)
            elif is_acronym(name):
                known.acronyms.setdefault(plain_acronym(name), {}).setdefault(node, set()).add(None)
        for acronym in body.acronyms:
            # A curated acronym means the curated body, whatever the world says.
            if not any(n[0] == "curated" for n in known.acronyms.get(acronym, ())):
                known.acronyms.setdefault(acronym, {}).setdefault(node, set()).add(None)
    _definitions(known, mentions, countries)
    return known


def _own(known: Knowledge, name: str, node: Node, country: str | None) -> None:
    if is_acronym(name):
        known.acronyms.setdefault(plain_acronym(name), {}).setdefault(node, set()).add(country)
    else:
        known.names.setdefault(name_key(name), {}).setdefault(node, set()).add(country)


def _definitions(
    known: Knowledge, mentions: Iterable[Mention], countries: Mapping[str, str | None]
) -> None:
    for key, members in _grouped(mentions):
        country = countries.get(key[0])
        full = sorted({m.text for m in members if not is_acronym(m.text)})
        short = sorted({plain_acronym(m.text) for m in members if is_acronym(m.text)})
        chapters = {s: head for s in short if full and (head := _whole_of(s, full))}
        known.chapters |= {(*key, letters) for letters in chapters}
        short = sorted({chapters.get(s, s) for s in short})
        node = _group_node(known, full, short, country)
        if node is None:
            continue
        known.groups[key] = node
        sure = any(m.confidence >= DEFINED and m.status is MentionStatus.ACCEPTED for m in members)
        if sure or any(m.method.startswith("registry") for m in members):
            for name in full:
                _own(known, name, node, country)
                known.learned[name] += 1
            for acronym in short:
                known.acronyms.setdefault(acronym, {}).setdefault(node, set()).add(country)
                known.learned[acronym] += 1


def _grouped(mentions: Iterable[Mention]) -> Iterator[tuple[tuple[str, str], list[Mention]]]:
    """Mentions that a definition joins, by record and group, in this order."""
    for record in by_record(by_key(mentions)):
        groups: dict[str, list[Mention]] = {}
        for mention in record:
            if mention.kind is Kind.ORGANISATION and mention.group is not None:
                groups.setdefault(mention.group, []).append(mention)
        for group, members in sorted(groups.items()):
            yield (record[0].key, group), members


def _whole_of(letters: str, full: Sequence[str]) -> str:
    """Whose chapter letters are that no full name has the place of: "ADK" of "ADK-Goma"; or ""."""
    match = _CHAPTER.fullmatch(letters)
    if match is None or any(fold(match[2]) in fold(name) for name in full):
        return ""
    return match[1]


def _group_node(
    known: Knowledge, full: Sequence[str], short: Sequence[str], country: str | None
) -> Node | None:
    """The node of a definition: curated where its name is, or its acronym in the same country."""
    for name in full:
        owners = _curated(known, known.names.get(name_key(name), {}), country)
        if len(owners) == 1:
            return owners[0]
    for acronym in short:
        owners = [
            node
            for node in _curated(known, known.acronyms.get(acronym, {}), country)
            if not full or (country is not None and known.curated[node].country == country)
        ]
        if len(owners) == 1:
            return owners[0]
    for name in full:
        shipped = [n for n in known.names.get(name_key(name), {}) if n[0] == "body"]
        if shipped:
            return shipped[0]
    if full:
        return name_node(full[0], country)
    return acronym_node(short[0], country) if short else None


def _curated(
    known: Knowledge, owned: Mapping[Node, set[str | None]], country: str | None
) -> list[Node]:
    return sorted(
        node
        for node in owned
        if node[0] == "curated" and agree(known.curated[node].country, country)
    )
