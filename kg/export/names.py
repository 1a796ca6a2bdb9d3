"""Names of organisations for OpenRefine: a table that a local reconciliation service offers.

One row a name, since people type acronyms and old names too: services such as
csv-reconcile and reconcile-csv match one column, and want an id of its own for
each row. `organisation` says whose name it is.
"""

from collections.abc import Iterator

import networkx as nx

from kg.delimited import delimited
from kg.export.words import clean, spoken

COLUMNS = ("id", "name", "organisation", "label", "acronym", "country", "outcomes", "note")


def names(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """CSV, UTF-8: every label, acronym and further name of each organisation, the preferred first.

    Args:
        graph: From `kg.network.whole`.
        note: Stands in each row, where the file is not for everybody.
        language: Of the preferred label, where there are several.
    """
    rows = []
    nodes = [node for node, kind in graph.nodes(data="kind") if kind == "organisation"]
    for node in sorted(nodes):
        about = graph.nodes[node]
        fields = dict(about["fields"])
        label = spoken(about["labels"], language)
        countries = (spoken(value, language) for value in fields.get("country", ()))
        outcomes = {
            end for end in nx.all_neighbors(graph, node) if graph.nodes[end]["kind"] == "outcome"
        }
        for number, name in enumerate(dict.fromkeys(_names(about, label)), start=1):
            rows.append(
                (
                    node if number == 1 else f"{node}~{number}",
                    clean(name),
                    node,
                    clean(label),
                    clean(about["short"]),
                    clean("; ".join(filter(None, countries))),
                    str(len(outcomes)),
                    note.partition(":")[0],
                )
            )
    return delimited(COLUMNS, rows).encode()


def _names(about: dict[str, object], label: str) -> Iterator[str]:
    """The preferred one, those in other languages, acronyms and aliases; none twice."""
    yield label
    labels: dict[str, str] = about["labels"]  # type: ignore[assignment]
    yield from filter(None, (labels[tag] for tag in sorted(labels)))
    fields = dict(about["fields"])  # type: ignore[call-overload]
    for name in ("acronym", "alias"):
        for value in fields.get(name, ()):
            yield from filter(None, value.values())
