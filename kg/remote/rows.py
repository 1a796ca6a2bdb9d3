"""Rows of another engine, held against what was asked and written as ours are."""

from dataclasses import replace

from pyoxigraph import Literal, QuerySolutions, Store

from kg.query.answer import Answer, Term
from kg.vocab import XSD


def plain(answer: Answer) -> Answer:
    """Truth values as we write them: Virtuoso says 1 and 0."""
    rows = tuple(tuple(_truth(term) for term in row) for row in answer.rows)
    return replace(answer, rows=rows)


def columns_of(text: str) -> set[str] | None:
    """The columns that a question asks for, by asking it of nothing; none of ASK.

    None where that cannot be told: another engine's own words.
    """
    try:
        found = Store().query(text)
    except (SyntaxError, ValueError, OSError):
        return None
    return {v.value for v in found.variables} if isinstance(found, QuerySolutions) else set()


def _truth(term: Term | None) -> Term | None:
    if isinstance(term, Literal) and term.datatype.value == f"{XSD}boolean":
        return Literal("true" if term.value in ("true", "1") else "false", datatype=term.datatype)
    return term
