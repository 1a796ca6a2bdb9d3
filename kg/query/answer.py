"""What a question was answered with: rows, yes or no, or a small graph."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import Literal as RdfLiteral

from kg.frames import pandas_frame, polars_frame
from kg.messages import DEFAULT_LANGUAGE, phrase
from kg.vocab import XSD

#: An RDF term; None is an unbound cell.
Term = NamedNode | BlankNode | RdfLiteral
Value = str | int | float | Decimal | bool | None

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "unsignedInt", "unsignedLong", "gYear",
    )
)  # fmt: skip
_NUMBERS: Mapping[str, Callable[[str], Value]] = {
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
}
_TRIPLE = ("subject", "predicate", "object")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The answer to one question. In a notebook it shows itself as a table.

    `kind` is "select" (`columns` and `rows` of terms, None where unbound),
    "ask" (`boolean`) or "graph" (`triples`, sorted, each once). `language`
    is that of what a notebook shows around the values.
    """

    kind: Literal["select", "ask", "graph"]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] = ()
    language: str = field(default=DEFAULT_LANGUAGE, compare=False)

    def __repr__(self) -> str:
        """What it is and how large; a notebook would else keep every row a second time."""
        if self.kind == "ask":
            return f"<Answer: {'yes' if self.boolean else 'no'}>"
        if self.kind == "graph":
            return f"<Answer: {len(self)} triples>"
        return f"<Answer: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from kg import inline

        if self.kind == "ask":
            return inline.small(phrase("query.yes" if self.boolean else "query.no", self.language))
        terms = self.rows if self.kind == "select" else [tuple(t) for t in self.triples]
        rows = [
            [inline.Address(t.value) if isinstance(t, NamedNode) else plain_value(t) for t in row]
            for row in terms
        ]
        columns = self.columns if self.kind == "select" else _TRIPLE
        return inline.table(columns, rows, language=self.language)

    def _plain(self) -> tuple[tuple[str, ...], Sequence[tuple[Value, ...]]]:
        """Columns and rows of plain values; triples as three columns, yes or no as one."""
        if self.kind == "graph":
            return _TRIPLE, [tuple(str(term) for term in triple) for triple in self.triples]
        if self.kind == "ask":
            return ("answer",), [(self.boolean,)]
        return self.columns, self.values()

    def __len__(self) -> int:
        """Rows or triples; 1 for yes or no."""
        return {"select": len(self.rows), "ask": 1, "graph": len(self.triples)}[self.kind]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """The rows, as `records` has them."""
        return iter(self.records())

    def values(self) -> list[tuple[Value, ...]]:
        """Rows of plain Python values; None where a cell is unbound."""
        return [tuple(plain_value(term) for term in row) for row in self.rows]

    def records(self) -> list[dict[str, Value]]:
        """Rows as a person would see them: column → text, number, True or False, None."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.values()]

    def without(self, columns: Collection[str]) -> "Answer":
        """The same rows without some columns."""
        kept = [place for place, name in enumerate(self.columns) if name not in columns]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
        )

    def strings(self) -> list[tuple[str, ...]]:
        """Rows of texts; "" where a cell is unbound."""
        return [tuple("" if term is None else term.value for term in row) for row in self.rows]

    def ordered(self, names: Sequence[str]) -> "Answer":
        """The same rows with the columns in this order; those not named stay behind them.

        >>> Answer("select", ("a", "b"), ((None, RdfLiteral("x")),)).ordered(["b"]).columns
        ('b', 'a')
        """
        wanted = [n for n in names if n in self.columns]
        columns = (*wanted, *(n for n in self.columns if n not in wanted))
        if self.kind != "select" or columns == self.columns:
            return self
        places = [self.columns.index(name) for name in columns]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return replace(self, columns=columns, rows=rows)

    def to_pandas(self) -> Any:
        """The rows as a pandas `DataFrame`.

        Raises:
            UsageError: pandas is not installed; it comes with ``outcome-kg[pandas]``.
        """
        return pandas_frame(*self._plain())

    def to_polars(self) -> Any:
        """The rows as a polars `DataFrame`.

        Raises:
            UsageError: polars is not installed; it comes with ``outcome-kg[polars]``.
        """
        return polars_frame(*self._plain())

    def as_json(self) -> bytes:
        """SELECT or ASK as W3C's SPARQL 1.1 Query Results JSON."""
        if self.kind == "ask":
            return _dump({"head": {}, "boolean": self.boolean})
        bindings = [
            {
                name: _json_term(t)
                for name, t in zip(self.columns, row, strict=True)
                if t is not None
            }
            for row in self.rows
        ]
        return _dump({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}})


def _dump(tree: Any) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def from_json(content: bytes) -> Answer:
    """Read W3C's JSON, from any SPARQL engine."""
    results = parse_query_results(content, format=QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return Answer("ask", boolean=bool(results))
    return Answer(
        "select",
        columns=tuple(variable.value for variable in results.variables),
        rows=tuple(tuple(solution) for solution in results),
    )


def from_triples(content: bytes) -> Answer:
    """Read N-Triples: the answer to CONSTRUCT or DESCRIBE."""
    found = {quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)}
    return Answer("graph", triples=tuple(sorted(found, key=str)))


def plain_value(term: Term | None) -> Value:
    """A term as a person would write it.

    >>> plain_value(RdfLiteral("2022", datatype=NamedNode(XSD + "gYear")))
    2022
    >>> plain_value(RdfLiteral("Mali", language="fr")), plain_value(None)
    ('Mali', None)
    """
    if not isinstance(term, RdfLiteral):
        return None if term is None else str(term.value)
    text, kind = term.value, term.datatype.value
    if kind == XSD + "boolean" and text in _BOOLEANS:
        return _BOOLEANS[text]
    try:
        if kind in _INTEGERS:
            return int(text)
        return _NUMBERS[kind](text) if kind in _NUMBERS else text
    except (ValueError, ArithmeticError):
        return text  # typed as a number and none: shown as it stands
