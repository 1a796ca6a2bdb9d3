"""The steps of a trace, as a tree and as rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.frames import pandas_frame, polars_frame
from kg.messages import DEFAULT_LANGUAGE


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


@dataclass(frozen=True, slots=True, repr=False)
class TraceNode:
    """A step of a trace: what it is, how it hangs on the step above, and by which words.

    In a notebook it shows itself as a tree, around its words in `language`.
    """

    kind: str
    iri: str
    label: str
    relation: str = ""
    key: str = ""
    words: tuple[Words, ...] = ()
    children: tuple["TraceNode", ...] = ()
    language: str = field(default=DEFAULT_LANGUAGE, compare=False)

    def __repr__(self) -> str:
        """What it is and how much hangs on it; a notebook would else keep all words twice."""
        return f"<TraceNode {self.kind} {self.label!r}: {len([*self.walk()]) - 1} steps>"

    def _repr_html_(self) -> str:
        from kg.trace.shown import tree

        return tree(self)

    def walk(self) -> Iterator["TraceNode"]:
        """This step and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_pandas(self) -> Any:
        """The rows of `trace_rows` as a pandas `DataFrame`.

        Raises:
            UsageError: pandas is not installed; it comes with ``outcome-kg[pandas]``.
        """
        return pandas_frame(COLUMNS, trace_rows(self))

    def to_polars(self) -> Any:
        """The rows of `trace_rows` as a polars `DataFrame`.

        Raises:
            UsageError: polars is not installed; it comes with ``outcome-kg[polars]``.
        """
        return polars_frame(COLUMNS, trace_rows(self))

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
