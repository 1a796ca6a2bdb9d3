"""Nodes of results frameworks, each made with what stands above it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.frameworks.declared import DEFAULT_VERSION, Declared, Scope
from kg.language import languages
from kg.model import FrameworkEntry
from kg.vocab import Names


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


class Builder:
    """Collects nodes while fragments are walked; finished by `labelled`."""

    def __init__(self, declared: Declared, names: Names) -> None:
        self.declared = declared
        self.names = names
        self.nodes: dict[str, FrameworkNode] = {}
        self.orphans: list[FrameworkEntry] = []  # whose parent no table lists
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
            parent_iri = self._parent(scope, entry.parent.strip())
            if parent_iri is None:
                self.orphans.append(entry)
            return parent_iri
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


def labelled(builder: Builder, *, language: str) -> tuple[FrameworkNode, ...]:
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
