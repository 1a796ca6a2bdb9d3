"""The network with texts alone for attributes, in one order, for the tools that draw networks."""

from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.export.words import clean, spoken

_LONGEST_WORDS = 500  # characters of the words behind one link
_OWN = frozenset({"label", "kind", "short", "text", "id"})
# Okabe and Ito's hues, as in the explorer; shapes differ there too.
COLOURS: Mapping[str, tuple[int, int, int]] = {
    "outcome": (0, 114, 178),
    "organisation": (230, 159, 0),
    "programme": (213, 94, 0),
    "objective": (204, 121, 167),
    "result": (0, 158, 115),
    "output": (86, 180, 233),
    "actor": (110, 110, 110),
    "change": (160, 160, 160),
    "place": (120, 94, 40),
}
OTHER = (128, 128, 128)


def plain(graph: nx.MultiDiGraph, language: str) -> nx.MultiDiGraph:
    """The same nodes and links: nodes with label, kind, text and fields, links with words."""
    made = nx.MultiDiGraph()
    for node in sorted(graph):
        about = graph.nodes[node]
        fields = {name: _values(values, language) for name, values in about["fields"]}
        cleaned = {key: clean(value) for key, value in fields.items()}
        described = [p.text for p in about["passages"] if p.field == "description"]
        made.add_node(
            node,
            label=clean(spoken(about["labels"], language) or about["label"]),
            kind=about["kind"],
            short=clean(about["short"]),
            text=clean(described[0]) if described else "",
            **{key: value for key, value in cleaned.items() if key not in _OWN},
        )
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for one, other, key, about in edges:
        words = [w.passage.text[w.start : w.end] for w in about["words"]]
        keys = sorted({w.passage.key for w in about["words"]})
        made.add_edge(
            one,
            other,
            key=str(key),
            relation=about["relation"],
            family=about["family"],
            words=clean(" … ".join(dict.fromkeys(words)))[:_LONGEST_WORDS],
            outcomes=" ".join(keys),
        )
    return made


def _values(values: tuple[Mapping[str, str], ...], language: str) -> str:
    return "; ".join(filter(None, (spoken(value, language) for value in values)))


def year_of(about: Mapping[str, Any]) -> int | None:
    """The year of an outcome; None of anything else, and where nobody stated one.

    >>> year_of({"kind": "outcome", "year": "2021"}), year_of({"kind": "place"})
    (2021, None)
    """
    text = str(about.get("year", ""))
    known = about["kind"] == "outcome" and text.isascii() and text.isdigit() and len(text) == 4  # noqa: PLR2004
    return int(text) if known else None
