"""The network of the explorer for Gephi (GEXF), any graph tool (GraphML) and Kumu (JSON).

Every link carries the words it rests on, and says that it is a claim. Places
are those of the explorer; colours are its colours.
"""

import io
import json
import re
from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.layout import spread

#: What no XML may hold, however it is escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Okabe and Ito's hues, as in the explorer; shapes differ there too.
_COLOURS = {
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
_OTHER = (128, 128, 128)
_LONGEST_WORDS = 500  # characters of the words behind one link


def graphml(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """GraphML with labels, kinds, fields and words, UTF-8."""
    plain = _plain(graph, language)
    plain.graph["note"] = note
    out = io.BytesIO()
    nx.write_graphml_xml(plain, out, named_key_ids=True, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def gexf(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """GEXF 1.2 with positions and colours, UTF-8, without the date that would change its bytes."""
    plain = _plain(graph, language)
    where = spread(graph)
    for node, about in plain.nodes(data=True):
        red, green, blue = _COLOURS.get(about["kind"], _OTHER)
        x, y = where[node]
        about["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {"x": x, "y": -y, "z": 0.0},  # Gephi's y grows upwards
            "size": 10.0,
        }
    text = "\n".join(nx.generate_gexf(plain, encoding="utf-8", version="1.2draft"))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text)
    text = re.sub(r"<creator>[^<]*</creator>", f"<creator>kg</creator>{_described(note)}", text)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n").encode()


def _described(note: str) -> str:
    return f"<description>{note}</description>" if note else ""


def kumu(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """Kumu's own JSON: elements and connections, with types, tags and descriptions."""
    plain = _plain(graph, language)
    elements = [
        {
            "_id": node,
            "label": about["label"],
            "type": about["kind"],
            "tags": [about["kind"], *([about["country"]] if about.get("country") else [])],
            "description": about.get("text", ""),
            "attributes": {
                key: value
                for key, value in about.items()
                if key not in ("label", "kind", "text") and value != ""
            },
        }
        for node, about in plain.nodes(data=True)
    ]
    connections = [
        {
            "from": one,
            "to": other,
            "direction": "directed",
            "type": about["relation"],
            "label": about["relation"],
            "description": about["words"],
        }
        for one, other, about in plain.edges(data=True)
    ]
    whole = {"elements": elements, "connections": connections} | ({"note": note} if note else {})
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(graph: nx.MultiDiGraph, language: str) -> nx.MultiDiGraph:
    """The same graph with texts alone for attributes, in one order."""
    plain = nx.MultiDiGraph()
    for node in sorted(graph):
        about = graph.nodes[node]
        fields = {name: _values(values, language) for name, values in about["fields"]}
        clean = {key: _clean(value) for key, value in fields.items()}
        described = [p.text for p in about["passages"] if p.field == "description"]
        plain.add_node(
            node,
            label=_clean(_spoken(about["labels"], language) or about["label"]),
            kind=about["kind"],
            short=_clean(about["short"]),
            text=_clean(described[0]) if described else "",
            **{key: value for key, value in clean.items() if key not in _OWN},
        )
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for one, other, key, about in edges:
        words = [w.passage.text[w.start : w.end] for w in about["words"]]
        keys = sorted({w.passage.key for w in about["words"]})
        plain.add_edge(
            one,
            other,
            key=str(key),
            relation=about["relation"],
            family=about["family"],
            words=_clean(" … ".join(dict.fromkeys(words)))[:_LONGEST_WORDS],
            outcomes=" ".join(keys),
        )
    return plain


_OWN = frozenset({"label", "kind", "short", "text", "id"})


def _values(values: tuple[Mapping[str, str], ...], language: str) -> str:
    return "; ".join(filter(None, (_spoken(value, language) for value in values)))


def _spoken(labels: Mapping[str, str], language: str) -> str:
    known = (labels.get(tag) for tag in (language, "en", ""))
    return next(filter(None, known), None) or next(iter(labels.values()), "")


def _clean(text: Any) -> str:
    return _NO_XML.sub("\ufffd", str(text))
