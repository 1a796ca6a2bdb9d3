"""The figures of a network as rows: numbers, and the lists that they count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from kg.analysis.chains import Step, chains
from kg.analysis.periods import By, periods
from kg.analysis.standing import Standing, groups, sampled, standings
from kg.analysis.together import together, words_of
from kg.frames import pandas_frame, polars_frame
from kg.messages import DEFAULT_LANGUAGE
from kg.network import Words
from kg.network.words import local

#: Column → a number, a text, a truth; or a list of texts; or a list of words (each a mapping).
Row = dict[str, Any]

#: Views → the columns of a table for reading.
SHOWN = {
    "organisations": (
        "label", "outcomes", "partners", "between", "group", "reaches", "only_link",
    ),
    "groups": ("group", "organisations", "outcomes", "outside", "members"),
    "chains": ("chain", "before", "after", "relation", "words"),
    "periods": (
        "period", "outcomes", "organisations", "new", "again", "back", "gone", "pairs", "new_pairs",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Figures:
    """One view of the network. In a notebook it shows itself as a table, with what it means.

    `rows` in order; `organisations`, `outcomes`: how many there are in all, to measure by;
    `sampled`: from how many organisations "between" is estimated, None where it is exact;
    `language`: of what a notebook shows.
    """

    view: str
    rows: tuple[Row, ...]
    organisations: int
    outcomes: int
    sampled: int | None = None
    language: str = field(default=DEFAULT_LANGUAGE, compare=False)

    def __repr__(self) -> str:
        """Which view, and how many rows; their words would fill a screen."""
        return f"<Figures {self.view}: {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        from kg.analysis.shown import html

        return html(self, self.language)

    def _columns(self) -> tuple[str, ...]:
        return tuple(self.rows[0]) if self.rows else SHOWN[self.view]

    def to_pandas(self) -> Any:
        """All columns as a pandas `DataFrame`; lists, of names or of words, stay lists.

        Raises:
            UsageError: pandas is not installed; it comes with ``outcome-kg[pandas]``.
        """
        return pandas_frame(self._columns(), [tuple(row.values()) for row in self.rows])

    def to_polars(self) -> Any:
        """All columns as a polars `DataFrame`.

        Raises:
            UsageError: polars is not installed; it comes with ``outcome-kg[polars]``.
        """
        return polars_frame(self._columns(), [tuple(row.values()) for row in self.rows])


def figures(
    graph: nx.MultiDiGraph,
    view: str = "organisations",
    *,
    by: By = By.ROUND,
    mentioned: bool = False,
) -> Figures:
    """The rows of one view.

    Args:
        graph: From `kg.network.whole`.
        view: One of `SHOWN`.
        by: For "periods".
        mentioned: Count names, too, of which no role is stated.
    """
    met = together(graph, mentioned=mentioned)
    outcomes = sum(kind == "outcome" for _, kind in graph.nodes(data="kind"))
    if view == "chains":
        rows = _chains(graph)
    elif view == "periods":
        rows = _periods(graph, by, mentioned=mentioned)
    else:
        stand = standings(met)
        rows = _standings(graph, stand) if view == "organisations" else _groups(met, stand)
    return Figures(view, tuple(rows), len(met), outcomes, sampled(met))


def _standings(graph: nx.MultiDiGraph, stand: Sequence[Standing]) -> list[Row]:
    return [
        {
            "organisation": one.organisation,
            "label": one.label,
            "acronym": one.short,
            "outcomes": len(one.outcomes),
            "partners": len(one.partners),
            "between": one.between,
            "group": one.group or None,
            "reaches": one.reaches,
            "only_link": one.only_link,
            "in_outcomes": [local(outcome) for outcome in one.outcomes],
            "with": sorted(graph.nodes[other]["label"] for other in one.partners),
            "words": told(words_of(graph, one.organisation, one.outcomes)),
        }
        for one in stand
    ]


def _groups(met: nx.Graph, stand: Sequence[Standing]) -> list[Row]:
    return [
        {
            "group": group.number,
            "organisations": len(group.members),
            "outcomes": len(group.outcomes),
            "outside": len(group.outside),
            "members": [member.label for member in group.members],
            "in_outcomes": [local(outcome) for outcome in group.outcomes],
        }
        for group in groups(met, stand)
    ]


def _chains(graph: nx.MultiDiGraph) -> list[Row]:
    """A row a step: first those of the longest way, in order, then the other ones."""
    rows: list[Row] = []
    for chain in chains(graph):
        along = set(chain.longest)
        ordered: Iterable[Step] = (*chain.longest, *(s for s in chain.steps if s not in along))
        rows += [
            {
                "chain": chain.number,
                "before": local(step.before),
                "relation": step.relation,
                "after": local(step.after),
                "circle": chain.circle,
                "longest": step in along,
                "words": told(step.words),
            }
            for step in ordered
        ]
    return rows


def _periods(graph: nx.MultiDiGraph, by: By, *, mentioned: bool) -> list[Row]:
    def names(bodies: Sequence[str]) -> list[str]:
        return sorted(graph.nodes[body]["label"] for body in bodies)

    return [
        {
            "period": one.name,
            "outcomes": len(one.outcomes),
            "organisations": len(one.organisations),
            "new": len(one.new),
            "again": len(one.again),
            "back": len(one.back),
            "gone": len(one.gone),
            "pairs": one.pairs,
            "new_pairs": one.new_pairs,
            "names_new": names(one.new),
            "names_gone": names(one.gone),
        }
        for one in periods(graph, by, mentioned=mentioned)
    ]


def told(words: Iterable[Words]) -> list[dict[str, Any]]:
    """Words as plain values: where they stand, and what they say."""
    return [
        {
            "key": w.key,
            "field": w.field,
            "start": w.start,
            "end": w.end,
            "quote": w.quote,
            "sentence": w.sentence,
        }
        for w in words
    ]
