"""Nodes of results frameworks, each made with what stands above it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from kg.frameworks.declared import Declared
from kg.frameworks.parents import Scope
from kg.language import languages
from kg.vocab import Names


@dataclass(frozen=True, slots=True)
class FrameworkNode:
    """An objective, outcome or output. `declared` where a framework table lists it.

    `others` are labels in further languages, (tag, text), one a language.
    """

    iri: str
    kind: str
    notation: str
    scheme: str
    scope: Scope
    label: str | None = None
    language: str | None = None
    broader: str | None = None
    declared: bool = False
    others: tuple[tuple[str, str], ...] = ()


class Builder:
    """Collects nodes while fragments are walked; finished by `labelled`."""

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
            broader=self._above(scope, kind, code),
            declared=entry is not None,
            others=entry.labels if entry else (),
        )
        self.nodes[iri] = node
        return node

    def scheme(self, kind: str, scope: Scope) -> str:
        """The results framework that holds a node."""
        if kind == "objective":
            return self.names.framework(scope[0])
        return self.names.framework(scope[0], scope[1] or "_", scope[2])

    def _above(self, scope: Scope, kind: str, code: str) -> str | None:
        parent = self.declared.parents.get((scope, kind, code))
        if parent is not None:
            return self.node(*parent).iri
        if kind != "output" or "." not in code:
            return None  # what stands above an outcome is said by a table, or by nobody
        number = code.rpartition(".")[0]
        kinds = self.declared.kinds(scope, number)
        level = kinds[0] if kinds else ("outcome" if number.count(".") <= 1 else "output")
        return self.node(scope, level, number).iri


def labelled(builder: Builder, *, language: str) -> tuple[FrameworkNode, ...]:
    """Nodes in order of IRI, with the label that most cells give where no table does."""
    nodes = []
    for iri, node in sorted(builder.nodes.items()):
        label = node.label
        if label is not None:
            spoken = next((tag for tag, text in node.others if text == label), "")
            tag = spoken or languages([label]).record or language
        elif builder.labels[iri]:
            ranked = sorted(builder.labels[iri].items(), key=lambda kv: (-kv[1], str(kv[0])))
            label, stated = ranked[0][0]
            tag = stated or language
        nodes.append(
            replace(
                node,
                label=label,
                language=tag if label else None,
                others=tuple((other, text) for other, text in node.others if other and other != tag)
                if label
                else (),
            )
        )
    return tuple(nodes)
