"""What the page of a whole harvest carries, as two trees of JSON: the scene, and its details.

The scene is what the first picture needs; details (words, fields, texts) come
after it, so that somebody sees something while the rest is unpacked. Columns
instead of objects: a list an attribute, in one order of nodes and edges. The
shape is mirrored by `explorer/src/model/data.ts`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from kg.draw import STYLES, page_texts
from kg.explorer.beside import Beside
from kg.model import Audience
from kg.network.words import HUBS, KINDS, Labels, Passage, Words
from kg.version import __version__

#: Of the texts that pages share, those that name things of the graph.
_SHARED_TEXTS = ("kinds", "relations", "fields", "family", "gap")

Positions = Mapping[str, tuple[float, float]]
Tree = dict[str, Any]


def trees(
    graph: nx.MultiDiGraph,
    positions: Positions,
    *,
    name: str,
    audience: Audience,
    language: str,
    origins: Mapping[str, Sequence[str]],
    ranks: Mapping[str, Sequence[str]],
    base: str,
    beside: Beside | None = None,
) -> tuple[Tree, Tree]:
    """Scene and details of a network.

    Args:
        graph: From `kg.network.whole`.
        positions: Node → where it stands.
        name: Of the project.
        audience: Whose copy it is.
        language: In which the page starts.
        origins: Node → where its record was read ("file, row 7"); empty in a release.
        ranks: Ordered scales: name → English labels, lowest first.
        base: What the IRIs of the harvest begin with; cut from ids where it stands.
        beside: Programmes, what was promised, reasons for no link. None: nothing of these.

    Returns:
        Both hold nothing but strings, numbers, lists and objects, in one order.
    """
    nodes = sorted(graph)
    place = {node: number for number, node in enumerate(nodes)}
    about = [graph.nodes[node] for node in nodes]
    edges = sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["relation"]))
    relations = _in_order((e[2]["relation"] for e in edges), page_texts()["en"]["relations"])
    families = sorted({e[2]["family"] for e in edges})
    passages: dict[Passage, int] = {}
    known = beside or Beside()
    scene = {
        "name": name,
        "audience": audience.value,
        "language": language,
        "version": __version__,
        "base": base,
        "kinds": [[kind, *STYLES[kind]] for kind in KINDS],
        "hubs": sorted(HUBS),
        "ranks": {scale: list(labels) for scale, labels in sorted(ranks.items())},
        "relations": relations,
        "families": families,
        "nodes": {
            "id": [node.removeprefix(base) for node in nodes],
            "kind": [KINDS.index(a["kind"]) for a in about],
            "label": [_label(a["labels"]) for a in about],
            "short": [a["short"] for a in about],
            "x": [round(positions[node][0]) for node in nodes],
            "y": [round(positions[node][1]) for node in nodes],
            "gap": [number for number, a in enumerate(about) if a["gap"]],
        },
        "edges": {
            "from": [place[start] for start, _, _ in edges],
            "to": [place[end] for _, end, _ in edges],
            "relation": [relations.index(a["relation"]) for *_, a in edges],
            "family": [families.index(a["family"]) for *_, a in edges],
        },
        "texts": {
            tag: {key: texts[key] for key in _SHARED_TEXTS} for tag, texts in page_texts().items()
        },
        "terms": {**graph.graph.get("terms", {}), **known.terms},
        "programmes": {
            place[node]: [iri.removeprefix(base), label]
            for node, (iri, label) in sorted(known.programmes.items())
            if node in place
        },
        "declared": [place[node] for node in sorted(known.declared) if node in place],
        "reasons": {
            place[node]: slug for node, slug in sorted(known.reasons.items()) if node in place
        },
    }
    words = [[_quote(w, passages) for w in a["words"]] for *_, a in edges]
    cells = [[passages.setdefault(cell, len(passages)) for cell in a["passages"]] for a in about]
    details = {
        "search": [list(a["search"]) for a in about],
        "fields": [
            [[name, [_label(v) for v in values]] for name, values in a["fields"]] for a in about
        ],
        "cells": cells,
        "words": words,
        "origins": {
            place[node]: list(said) for node, said in sorted(origins.items()) if node in place
        },
        "passages": {
            "key": [cell.key for cell in passages],
            "identifier": [cell.identifier for cell in passages],
            "field": [cell.field for cell in passages],
            "heading": [cell.heading for cell in passages],
            "text": [cell.text for cell in passages],
            "language": [cell.language for cell in passages],
            "narrative": [int(cell.narrative) for cell in passages],
        },
    }
    return scene, details


def _label(labels: Labels) -> str | Labels:
    """A label that has no language is a text by itself."""
    return labels[""] if set(labels) == {""} else dict(sorted(labels.items()))


def _in_order(found: Any, known: Mapping[str, object]) -> list[str]:
    """Relations as the texts list them, then those that a query or project names."""
    names = set(found)
    return [name for name in known if name in names] + sorted(names - set(known))


def _quote(words: Words, passages: dict[Passage, int]) -> list[Any]:
    """Passage, start, end, how span and role were read; unknown ones at the end are left out."""
    found = [
        passages.setdefault(words.passage, len(passages)),
        words.start,
        words.end,
        words.method,
        words.confidence,
        words.status,
        words.role_method,
        words.role_confidence,
    ]
    while found[-1] in {"", None}:
        found.pop()
    return found
