"""A query's answer as a graph, as the query's header says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from kg.network.declaration import TOGETHER, EdgeColumns, NodeColumn, declared, is_iri
from kg.network.words import Labels, Passage, Words, in_order

Row = Mapping[str, object]

#: What the `kind` column of an answer calls the kinds of the results framework.
_KIND_OF_WORD = {"outcome": "result", "output": "output", "objective": "objective"}


def of_rows(
    columns: Sequence[str],
    rows: Iterable[Row],
    draw: Mapping[str, object] | None = None,
    *,
    known: nx.MultiDiGraph | None = None,
) -> nx.MultiDiGraph:
    """The answer of a query as a graph.

    The header of a query declares what to draw, in YAML::

        draw:
          nodes: [organisation, fragment]
          edges: [[organisation, fragment, role]]

    A **node** is a column, or ``{column: code, kind: output, label: title}``.
    Without `kind` the column's name tells it (`organisation a b`, `fragment
    from to`, `code objective actor change country programme`), else it is
    "other"; a `kind` column of the answer settles it for `code`. Without
    `label` it is ``COLUMN_label``, for outcomes `title`, else `label` where
    only one node column could mean it, else the value itself.
    An **edge** is ``[from, to, relation]``: two node columns, and another
    column whose values name the relation, or a fixed word ("works-with").
    Without the third it is "together": both stand in one row.

    Args:
        columns: Columns of the answer, in order.
        rows: Rows; an unbound column is absent or None.
        draw: The header's declaration. None: every column that holds nothing
            but IRIs is a node, and neighbouring ones are linked.
        known: The whole harvest (`whole`), so that nodes keep their details
            and every edge its words: the link of that name, else the links
            there are between the two under their own names, else the words
            of their links to the outcomes that they share. What it knows of
            the framework's levels and of parts of organisations is drawn too.

    Returns:
        A graph as described in `kg.network`; empty for an answer without rows.

    Raises:
        UsageError: The declaration names a column that the answer lacks, or
            nothing in the answer can be drawn.
    """
    table = [{k: str(v) for k, v in row.items() if v is not None} for row in rows]
    nodes, edges = declared(columns, table, draw)
    known = nx.MultiDiGraph() if known is None else known
    finder = _Finder(known)
    graph = nx.MultiDiGraph(terms=known.graph.get("terms", {}))
    gathered: dict[tuple[str, str, str], list[Words]] = {}
    family: dict[tuple[str, str, str], str] = {}
    for row in table:
        placed: dict[str, str] = {}
        for node in nodes:
            if node.column in row:
                placed[node.column] = finder.place(graph, node, row)
                _details(graph, placed[node.column], nodes, columns, row)
        for edge in edges:
            if edge.start not in placed or edge.end not in placed:
                continue
            start, end = placed[edge.start], placed[edge.end]
            said = _relation(edge, columns, row)
            for link, kind, words in finder.links(start, end, said):
                gathered.setdefault(link, []).extend(words or _own_words(row))
                family.setdefault(link, kind)
    # What the framework says of the things that are drawn belongs to the picture.
    for start, end, about in known.edges(data=True):
        if about["family"] == "structure" and start in graph and end in graph:
            gathered.setdefault((start, end, about["relation"]), [])
            family.setdefault((start, end, about["relation"]), "structure")
    for link, found in sorted(gathered.items()):
        start, end, relation = link
        graph.add_edge(
            start, end, key=relation, relation=relation, family=family[link], words=in_order(found)
        )
    return graph


def _relation(edge: EdgeColumns, columns: Sequence[str], row: Mapping[str, str]) -> str:
    """The relation of one row: the value of a column that is not an end itself, or a fixed word."""
    if edge.relation in columns and edge.relation not in {edge.start, edge.end}:
        return row.get(edge.relation) or TOGETHER
    return edge.relation


def _details(
    graph: nx.MultiDiGraph,
    iri: str,
    nodes: Sequence[NodeColumn],
    columns: Sequence[str],
    row: Mapping[str, str],
) -> None:
    """Where an answer is about one thing a row, its other columns are details of it."""
    if len(nodes) != 1:
        return
    (node,) = nodes
    about = graph.nodes[iri]
    have = {name for name, _ in about["fields"]}
    more = tuple(
        (column, ({"": row[column]},))
        for column in columns
        if column in row and column not in {node.column, node.label, "key", *have}
    )
    about["fields"] = (*about["fields"], *more)


def _own_words(row: Mapping[str, str]) -> tuple[Words, ...]:
    """The words that the answer itself holds (columns `words`, `sentence`, `field` …)."""
    quote = row.get("words", "")
    if not quote:
        return ()
    text = row.get("sentence", quote)
    if quote not in text:
        text = quote
    passage = Passage(
        key=row.get("key", ""),
        identifier=row.get("fragment_id", ""),
        field=row.get("field", ""),
        heading="",
        text=text,
        narrative=True,
    )
    start = text.index(quote)
    confidence = row.get("confidence")
    return (
        Words(
            passage,
            start,
            start + len(quote),
            method=row.get("method", ""),
            confidence=None if confidence is None else float(confidence),
        ),
    )


#: A link (start, end, relation), its family and its words.
_Found = tuple[tuple[str, str, str], str, tuple[Words, ...]]


class _Finder:
    """Finds what an answer names in the whole harvest."""

    def __init__(self, known: nx.MultiDiGraph) -> None:
        self._known = known
        self._named: dict[tuple[str, str], list[str]] = {}
        for node, about in known.nodes(data=True):
            for text in sorted({about["label"], about["short"], *about["labels"].values()}):
                self._named.setdefault((about["kind"], text), []).append(node)

    def place(self, graph: nx.MultiDiGraph, node: NodeColumn, row: Mapping[str, str]) -> str:
        """Put the node of one row into the graph, with its details where they are known."""
        value = row[node.column]
        kind = node.kind
        if node.column == "code":
            kind = _KIND_OF_WORD.get(row.get("kind", ""), kind)
        iri = self._find(value, kind, row)
        if iri in self._known:
            graph.add_node(iri, **dict(self._known.nodes[iri]) if iri not in graph else {})
        elif iri not in graph:
            labels: Labels = {"": row.get(node.label, value)}
            acronym = row.get("acronym", "") if kind == "organisation" else ""
            graph.add_node(
                iri,
                kind=kind,
                label=labels[""],
                labels=labels,
                short=acronym or (value if kind in _KIND_OF_WORD.values() else ""),
                search=tuple(t for t in (acronym, row.get("key", "")) if t),
                fields=(),
                passages=(),
                gap=False,
            )
        return iri

    def _find(self, value: str, kind: str, row: Mapping[str, str]) -> str:
        """The name of a node: its IRI, the node a label means, or kind and value."""
        if value in self._known or is_iri(value):
            return value
        kinds = ("result", "output") if kind == "result" and "kind" not in row else (kind,)
        texts = [value]
        if "country" in row:
            texts.insert(0, f"{value} ({row['country']})")
        for text in texts:
            found = [iri for one in kinds for iri in self._named.get((one, text), [])]
            if len(found) == 1:
                return found[0]
        scope = f"{row['country']}/" if kind in {"result", "output"} and "country" in row else ""
        return f"{kind}:{scope}{value}"

    def links(self, start: str, end: str, relation: str) -> list[_Found]:
        """The links that one row stands for, each with its family and words.

        That of the same name; else all there are between the two, by their own
        names; else one of the given name, which rests on the outcomes that the
        two share; else one without words, of the family "answer".
        """
        known = self._known
        if start not in known or end not in known:
            return [((start, end, relation), "answer", ())]
        direct = self._edges(start, end)
        same = [edge for edge in direct if edge[2]["relation"] == relation]
        harvested = [edge for edge in direct if edge[2]["family"] != "structure"]
        if same or harvested:
            return [
                ((one, other, about["relation"]), about["family"], about["words"])
                for one, other, about in same or harvested
            ]
        shared = sorted(
            node
            for node in set(nx.all_neighbors(known, start)) & set(nx.all_neighbors(known, end))
            if known.nodes[node]["kind"] == "outcome"
        )
        found = [
            about
            for node in shared
            for other in (start, end)
            for *_, about in self._edges(node, other)
        ]
        families = {about["family"] for about in found}
        family = next((name for name in ("claim", "coded") if name in families), "answer")
        words = tuple(words for about in found for words in about["words"])
        return [((start, end, relation), family, words)]

    def _edges(self, one: str, other: str) -> list[tuple[str, str, Mapping[str, Any]]]:
        """What is said of two nodes, in both directions."""
        return [
            (start, end, about)
            for start, end in ((one, other), (other, one))
            for _, about in sorted((self._known.get_edge_data(start, end) or {}).items())
        ]
