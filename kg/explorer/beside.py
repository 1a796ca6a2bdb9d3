"""What the page knows beside the network: programmes, what was promised, why a link is missing.

The network holds what a record or a framework links. A programme stands above its
frameworks without being linked to each result, and a reason for no link is no link
at all; the trace shows both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.network.questions import DECLARED, PROGRAMMES, REASON_LABELS, REASONS
from kg.network.words import slug_in
from kg.vocab import SPARQL_HEAD

Rows = Sequence[Mapping[str, str]]
Select = Callable[[str], Rows]


@dataclass(frozen=True, slots=True)
class Beside:
    """Facts of the graph that are no nodes and links of the network; empty where it has none."""

    programmes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Node of a framework → IRI and label of the first programme it belongs to."""
    declared: frozenset[str] = frozenset()
    """Nodes of a framework that a table declares: what was promised."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Fragment → slug of the reason for which its outcome has no link."""
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Labels of these reasons: "reason/no-code" → language → text."""


def beside(select: Select) -> Beside:
    """Ask the graph for them.

    >>> beside(lambda query: []).reasons
    {}
    """
    programmes: dict[str, tuple[str, str]] = {}
    for row in select(SPARQL_HEAD + PROGRAMMES):
        programmes.setdefault(row["node"], (row["programme"], row["label"]))
    reasons: dict[str, str] = {}
    for row in select(SPARQL_HEAD + REASONS):
        reasons.setdefault(row["fragment"], slug_in(row["reason"], "reason"))
    terms: dict[str, dict[str, str]] = {}
    for row in select(SPARQL_HEAD + REASON_LABELS):
        term = f"reason/{slug_in(row['reason'], 'reason')}"
        terms.setdefault(term, {}).setdefault(row.get("language", ""), row["label"])
    return Beside(
        programmes=programmes,
        declared=frozenset(row["node"] for row in select(SPARQL_HEAD + DECLARED)),
        reasons=reasons,
        terms=terms,
    )
