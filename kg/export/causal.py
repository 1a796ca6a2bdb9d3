"""What is said to have led to what, as Causal Map takes it: links, statements, sources.

A workbook with the three worksheets and the columns that its guide names. Only
what somebody wrote as a cause goes in: who contributed to an outcome, which
outcome built on or led to another, and which result an outcome is said to
serve. "See also" is no cause, and being named is none either.
"""

from collections.abc import Iterator

import networkx as nx

from kg.export.words import clean, spoken
from kg.network.words import Words
from kg.query.workbook import LONGEST_CELL, Sheet, workbook_of

#: Relations from the cause to the effect, and those that are told the other way round.
_ONWARD = frozenset({"contributor", "led-to", "contributes-to"})
_BACK = frozenset({"builds-on"})
_LINKS = ("from_label", "to_label", "statement_id", "source_id", "quote", "hashtags", "link_memo")
_STATEMENTS = ("statement_id", "source_id", "text", "statement_memo")
_SOURCES = ("source_id", "title", "country", "year", "round", "confidential")
_CUT = " …"


def causal(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """The workbook, `.xlsx`; statements are numbered in the order of the links.

    Args:
        graph: From `kg.network.whole`.
        note: Stands beside every link, where the file is not for everybody.
        language: Of labels, where there are several.
    """
    numbers: dict[tuple[str, str], int] = {}
    statements: list[tuple[object, ...]] = []
    links: list[tuple[object, ...]] = []
    mark = note.partition(":")[0]
    for cause, effect, relation, words in _links(graph):
        for said in words or (None,):
            number: int | None = None
            key = quote = ""
            if said is not None:
                place = (said.key, said.field)
                if place not in numbers:
                    numbers[place] = len(numbers) + 1
                    text = _fitting(said.passage.text)
                    statements.append((numbers[place], said.key, text, said.heading.strip()))
                number, key, quote = numbers[place], said.key, _fitting(said.quote)
            ends = (_name(graph, cause, language), _name(graph, effect, language))
            links.append((*ends, number, key, quote, f"#{relation}", mark or None))
    return workbook_of(
        [
            Sheet("links", _LINKS, links, (50, 50, 13, 16, 60, 18, 12)),
            Sheet("statements", _STATEMENTS, statements, (13, 16, 90, 34)),
            Sheet("sources", _SOURCES, list(_sources(graph, language)), (16, 60, 20, 8, 16, 13)),
        ]
    )


def _links(graph: nx.MultiDiGraph) -> Iterator[tuple[str, str, str, tuple[Words, ...]]]:
    """Cause, effect, relation and words, in one order."""
    edges = sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["relation"]))
    for start, end, about in edges:
        relation = about["relation"]
        if relation in _ONWARD:
            yield start, end, relation, about["words"]
        elif relation in _BACK:
            yield end, start, relation, about["words"]


def _name(graph: nx.MultiDiGraph, node: str, language: str) -> str:
    """A factor's label: unique, since two outcomes may have the same title."""
    about = graph.nodes[node]
    label = clean(spoken(about["labels"], language) or about["label"])
    return _fitting(f"{about['short']}: {label}" if about["kind"] == "outcome" else label)


def _sources(graph: nx.MultiDiGraph, language: str) -> Iterator[tuple[object, ...]]:
    """One row an outcome's record."""
    for node in sorted(node for node, kind in graph.nodes(data="kind") if kind == "outcome"):
        about = graph.nodes[node]
        fields = {
            name: "; ".join(filter(None, (spoken(value, language) for value in values)))
            for name, values in about["fields"]
        }
        places = sorted(
            spoken(graph.nodes[end]["labels"], language)
            for _, end, relation in graph.out_edges(node, data="relation")
            if relation == "in-country"
        )
        yield (
            node.rsplit("/", 1)[-1],
            _fitting(clean(about["label"])),
            "; ".join(places),
            fields.get("year"),
            fields.get("round"),
            fields.get("confidential"),
        )


def _fitting(text: str) -> str:
    """As much as a cell of a spreadsheet holds."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT
