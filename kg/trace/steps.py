"""The steps of a trace, as a tree and as rows."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """The words a link rests on: `start` and `end` are code points into the field's text."""

    heading: str
    field: str
    quote: str
    start: int
    end: int
    method: str
    confidence: float
    role: str | None = None


@dataclass(frozen=True, slots=True)
class TraceNode:
    """A step of a trace: what it is, how it hangs on the step above, and by which words."""

    kind: str
    iri: str
    label: str
    relation: str = ""
    key: str = ""
    words: tuple[Words, ...] = ()
    children: tuple["TraceNode", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The tree as JSON has it."""
        return {
            "kind": self.kind,
            "iri": self.iri,
            "label": self.label,
            "relation": self.relation,
            "key": self.key or None,
            "words": [
                {
                    "field": w.field,
                    "heading": w.heading,
                    "start": w.start,
                    "end": w.end,
                    "quote": w.quote,
                    "role": w.role,
                    "method": w.method,
                    "confidence": w.confidence,
                }
                for w in self.words
            ],
            "children": [child.as_dict() for child in self.children],
        }


#: Columns of a trace as a table.
COLUMNS = (
    "level", "relation", "kind", "label", "key", "iri",
    "role", "field", "start", "end", "words", "method", "confidence",
)  # fmt: skip


def trace_rows(node: TraceNode, level: int = 0) -> list[tuple[str | int | float | None, ...]]:
    """The tree as rows, one a step and words; `level` is the depth."""
    head = (level, node.relation, node.kind, node.label, node.key or None, node.iri)
    rows: list[tuple[str | int | float | None, ...]] = [
        (*head, w.role, w.field, w.start, w.end, w.quote, w.method, w.confidence)
        for w in node.words
    ] or [(*head, *(None,) * 7)]
    for child in node.children:
        rows += trace_rows(child, level + 1)
    return rows
