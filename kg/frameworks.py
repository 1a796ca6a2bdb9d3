"""Codes of all fragments → nodes of results frameworks, and the links between them.

"Outcome 1.4" of two countries are two nodes. What a country's framework table
lacks is kept as a node that nobody declared: what the record states stays
visible, and the outcome counts as unlinked unless another code is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.language import languages
from kg.model import (
    Code,
    Finding,
    Fragment,
    FrameworkEntry,
    Kind,
    Mention,
    MentionStatus,
    Where,
)
from kg.places import Places
from kg.vocab import Names, slug

DEFAULT_VERSION = "1"

#: Programme slug, place slug (None: the whole programme), version.
Scope = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class FrameworkNode:
    """An objective, outcome or output. `declared` where a framework table lists it."""

    iri: str
    kind: str
    notation: str
    scheme: str
    scope: Scope
    label: str | None = None
    language: str | None = None
    broader: str | None = None
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Frameworks:
    """Every node that is declared or named, and what each fragment links to.

    `links` holds the nodes that a fragment states, by key; `unlinked` the
    reason where none of them is a known framework outcome or output.
    `programmes` are (slug, label), `schemes` (IRI, scope).
    """

    nodes: tuple[FrameworkNode, ...]
    schemes: tuple[tuple[str, Scope], ...]
    programmes: tuple[tuple[str, str], ...]
    links: Mapping[str, tuple[str, ...]]
    unlinked: Mapping[str, str]
    mentions: tuple[Mention, ...]
    findings: tuple[Finding, ...]


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


class _Builder:
    """Collects nodes while fragments are walked; finished by `frameworks`."""

    def __init__(self, declared: Declared, names: Names) -> None:
        self.declared = declared
        self.names = names
        self.nodes: dict[str, FrameworkNode] = {}
        self.labels: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)

    def node(self, scope: Scope, kind: str, code: str) -> FrameworkNode:
        """The node of a code, made with all that stands above it."""
        programme, country, version = scope
        iri = self.names.node(programme, country, version, kind, code)
        if iri in self.nodes:
            return self.nodes[iri]
        entry = self.declared.entries.get((scope, kind, code))
        self.nodes[iri] = FrameworkNode(  # before its parent: a table may hold a circle
            iri=iri, kind=kind, notation=code, scheme=self.scheme(kind, scope), scope=scope
        )
        node = FrameworkNode(
            iri=iri,
            kind=kind,
            notation=code,
            scheme=self.scheme(kind, scope),
            scope=scope,
            label=(entry.label.strip() or None) if entry else None,
            broader=self._above(scope, kind, code, entry),
            declared=entry is not None,
        )
        self.nodes[iri] = node
        return node

    def scheme(self, kind: str, scope: Scope) -> str:
        """The results framework that holds a node."""
        if kind == "objective":
            return self.names.framework(scope[0])
        return self.names.framework(scope[0], scope[1] or "_", scope[2])

    def _above(
        self, scope: Scope, kind: str, code: str, entry: FrameworkEntry | None
    ) -> str | None:
        if entry is not None and entry.parent.strip():
            return self._parent(scope, entry.parent.strip())
        if kind != "output" or "." not in code:
            return None  # what stands above an outcome is said by a table, or by nobody
        parent = code.rpartition(".")[0]
        kinds = self.declared.kinds(scope, parent)
        level = kinds[0] if kinds else ("outcome" if parent.count(".") <= 1 else "output")
        return self.node(scope, level, parent).iri

    def _parent(self, scope: Scope, parent: str) -> str | None:
        """The node that a `parent` cell names: "CIV", "1.4" or "outcome 1.4"."""
        word, _, rest = parent.rpartition(" ")
        code = rest if word and word.isalpha() else parent
        objective: Scope = (scope[0], None, DEFAULT_VERSION)
        for place, kind in ((scope, "outcome"), (scope, "output"), (objective, "objective")):
            for spelling in (code, code.upper()):
                if (place, kind, spelling) in self.declared.entries:
                    return self.node(place, kind, spelling).iri
        return None


def frameworks(
    fragments: Sequence[Fragment],
    *,
    declared: Declared,
    programme: str,
    names: Names,
    language: str,
) -> Frameworks:
    """Link every fragment's codes to framework nodes.

    Args:
        fragments: Any order; the result does not depend on it.
        declared: What framework tables list.
        programme: The programme of fragments that name none.
        names: Mints the IRIs.
        language: Language of labels that do not tell theirs.

    Unlinked reasons are slugs: `no-code`, `objective-only`, `unknown-code`,
    `unreadable`, `date`.
    """
    builder = _Builder(declared, names)
    links: dict[str, tuple[str, ...]] = {}
    unlinked: dict[str, str] = {}
    mentions: list[Mention] = []
    findings: list[Finding] = []
    programmes = {slug(programme): programme}
    for scope, kind, code in sorted(declared.entries, key=str):
        builder.node(scope, kind, code)
    for fragment in sorted(fragments, key=lambda f: f.key):
        owner = fragment.programme or programme
        programmes.setdefault(slug(owner), owner)
        linked, found = _link(fragment, builder, owner=slug(owner))
        mentions += [mention for mention, _ in found]
        links[fragment.key] = tuple(dict.fromkeys(linked))
        unknown = [m for m, known in found if not known]
        findings += [_unknown(fragment, mention) for mention in unknown]
        if not any(known for m, known in found if m.kind is Kind.FRAMEWORK_CODE):
            reason = "unknown-code" if unknown else fragment.unlinked
            unlinked[fragment.key] = reason or "no-code"
    nodes = _labelled(builder, language=language)
    return Frameworks(
        nodes=nodes,
        schemes=tuple(sorted({(n.scheme, _scheme_scope(n)) for n in nodes}, key=str)),
        programmes=tuple(sorted(programmes.items())),
        links=links,
        unlinked=unlinked,
        mentions=tuple(sorted(mentions, key=lambda m: m.place)),
        findings=tuple(findings),
    )


def _scheme_scope(node: FrameworkNode) -> Scope:
    return (node.scope[0], None, "") if node.kind == "objective" else node.scope


def _link(
    fragment: Fragment, builder: _Builder, *, owner: str
) -> tuple[list[str], list[tuple[Mention, bool]]]:
    """Nodes linked to, and each code's mention with "is it known?"."""
    linked: list[str] = []
    found: list[tuple[Mention, bool]] = []
    country = fragment.country.slug if fragment.country else None
    for code in (*fragment.codes, *fragment.objectives):
        if code.kind == "objective":
            node = builder.node((owner, None, DEFAULT_VERSION), "objective", code.number)
            if code.label:
                builder.labels[node.iri][code.label, fragment.language] += 1
            known = True
        else:
            scope = builder.declared.scope(owner, country)
            node = builder.node(scope, _kind(fragment, code, scope, builder), code.number)
            known = node.declared or not builder.declared.given(scope)
        linked.append(node.iri)
        found.append((_mention(fragment, code, node), known))
    return linked, found


def _kind(fragment: Fragment, code: Code, scope: Scope, builder: _Builder) -> str:
    """The kind of a code: as said; a bare number is what the table says it is."""
    statement = fragment.statement(code.field)
    said = statement is None or any(c.isalpha() for c in statement.text[code.start : code.end])
    kinds = builder.declared.kinds(scope, code.number)
    return kinds[0] if not said and kinds else code.kind


def _mention(fragment: Fragment, code: Code, node: FrameworkNode) -> Mention:
    statement = fragment.statement(code.field)
    return Mention(
        key=fragment.key,
        field=code.field,
        start=code.start,
        end=code.end,
        text=statement.text[code.start : code.end] if statement else code.number,
        kind=Kind.OBJECTIVE if code.kind == "objective" else Kind.FRAMEWORK_CODE,
        method="code-grammar",
        confidence=1.0,
        status=MentionStatus.ACCEPTED,
        entity=node.iri,
        label=node.notation,
    )


def _unknown(fragment: Fragment, mention: Mention) -> Finding:
    origin = fragment.origins[0]
    return Finding(
        reason="unknown-code",
        where=Where(origin.file, origin.row, mention.field),
        message="A code that this country's framework table does not list.",
        advice="Correct the code in the source, or add it to framework.csv.",
        key=fragment.key,
    )


def _labelled(builder: _Builder, *, language: str) -> tuple[FrameworkNode, ...]:
    """Nodes in order of IRI, with the label that most cells give where no table does."""
    nodes = []
    for iri, node in sorted(builder.nodes.items()):
        label = node.label
        tag = (languages([label]).record if label else None) or language
        if label is None and builder.labels[iri]:
            ranked = sorted(builder.labels[iri].items(), key=lambda kv: (-kv[1], str(kv[0])))
            label, spoken = ranked[0][0]
            tag = spoken or language
        nodes.append(
            FrameworkNode(
                iri=iri,
                kind=node.kind,
                notation=node.notation,
                scheme=node.scheme,
                scope=node.scope,
                label=label,
                language=tag if label else None,
                broader=node.broader,
                declared=node.declared,
            )
        )
    return tuple(nodes)
