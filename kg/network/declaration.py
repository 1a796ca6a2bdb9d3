"""What a query's header declares to be drawn, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import UsageError
from kg.network.words import KINDS

TOGETHER = "together"

_KIND_OF_COLUMN = {
    "organisation": "organisation",
    "a": "organisation",
    "b": "organisation",
    "fragment": "outcome",
    "outcome": "outcome",
    "from": "outcome",
    "to": "outcome",
    "code": "result",
    "result": "result",
    "output": "output",
    "objective": "objective",
    "actor": "actor",
    "change": "change",
    "country": "place",
    "place": "place",
    "programme": "programme",
}


@dataclass(frozen=True, slots=True)
class NodeColumn:
    """A column whose values are nodes."""

    column: str
    kind: str
    label: str  # the column that holds the label, or the column itself


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """Two node columns that are linked in each row."""

    start: str
    end: str
    relation: str  # a column, or a fixed word


def declared(
    columns: Sequence[str], table: Sequence[Mapping[str, str]], draw: Mapping[str, object] | None
) -> tuple[tuple[NodeColumn, ...], tuple[EdgeColumns, ...]]:
    """Read the declaration, or guess it from the answer."""
    if draw is None:
        draw = _guessed(columns, table)
    given = draw.get("nodes")
    items = [item if isinstance(item, Mapping) else {"column": item} for item in _list(given)]
    names = [_column(columns, item.get("column")) for item in items]
    if not names:
        raise UsageError(
            "The query's header declares no node under `draw`; expected e.g. "
            "'draw: {nodes: [organisation, fragment], edges: [[organisation, fragment, role]]}'."
        )
    nodes = tuple(
        NodeColumn(
            name,
            _kind(item.get("kind"), name),
            _column(columns, item["label"])
            if "label" in item
            else _label_column(columns, name, names),
        )
        for item, name in zip(items, names, strict=True)
    )
    edges = []
    for item in _list(draw.get("edges")):
        parts = [str(part) for part in _list(item)]
        if len(parts) not in (2, 3) or not set(parts[:2]) <= set(names):
            raise UsageError(
                "The query's header declares an edge under `draw` that kg cannot follow; expected "
                "[from, to] or [from, to, relation], where from and to stand under `nodes`."
            )
        edges.append(EdgeColumns(parts[0], parts[1], parts[2] if parts[2:] else TOGETHER))
    return nodes, tuple(edges)


def _guessed(columns: Sequence[str], table: Sequence[Mapping[str, str]]) -> Mapping[str, object]:
    """Columns of IRIs are nodes; neighbouring ones are linked."""
    found = [
        column
        for column in columns
        if (values := [row[column] for row in table if column in row])
        and all(is_iri(value) for value in values)
    ]
    if table and not found:
        raise UsageError(
            "This answer has no column of IRIs, so there is nothing to draw; expected e.g. "
            "?organisation and ?fragment among the columns, or `draw:` in the query's header."
        )
    if not found:
        found = list(columns[:1])
    pairs = [[start, end] for start, end in pairwise(found)]
    return {"nodes": found, "edges": pairs}


def _list(value: object) -> list[object]:
    """A YAML list; one item alone is a list of one, nothing an empty one."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _column(columns: Sequence[str], name: object) -> str:
    """A column of the answer, by name."""
    if str(name) not in columns:
        raise UsageError(
            f"The query's header draws a column that the answer lacks; its columns are "
            f"{', '.join(columns)}. Correct `draw:` in the header."
        )
    return str(name)


def _kind(given: object, column: str) -> str:
    """The kind of a node column."""
    kind = str(given) if given is not None else _KIND_OF_COLUMN.get(column, "other")
    if kind not in KINDS:
        raise UsageError(
            f"The query's header draws a kind of node that kg does not know; expected one of "
            f"{', '.join(KINDS)}. Correct `draw:` in the header."
        )
    return kind


def _label_column(columns: Sequence[str], column: str, nodes: Sequence[str]) -> str:
    """The column that labels a node column, where the header does not say."""
    if f"{column}_label" in columns:
        return f"{column}_label"
    if _KIND_OF_COLUMN.get(column) == "outcome":
        return "title" if "title" in columns and column in {"fragment", "outcome"} else column
    alone = [name for name in nodes if _KIND_OF_COLUMN.get(name) != "outcome"]
    return "label" if "label" in columns and alone[:1] == [column] else column


def is_iri(value: str) -> bool:
    """Does a value look like an IRI rather than words?"""
    return "://" in value and not any(c.isspace() for c in value)
