"""The network of the explorer for any graph tool (GraphML), Cytoscape and Kumu (both JSON).

Every link carries the words it rests on, and says that it is a claim. Places
and colours are those of the explorer. GEXF for Gephi stands in `kg.export.gexf`.
"""

import io
import json

import networkx as nx

from kg.export.plain import COLOURS, OTHER, plain
from kg.layout import spread

#: Keys that Kumu gives a meaning; a field of the harvest must not take one.
_OF_KUMU = frozenset({"id", "_id", "label", "type", "tags", "description", "image", "from", "to"})
_OF_CYTOSCAPE = frozenset({"id", "name", "shared_name", "source", "target", "parent", "SUID"})


def graphml(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """GraphML with labels, kinds, fields and words, UTF-8."""
    made = plain(graph, language)
    made.graph["note"] = note
    out = io.BytesIO()
    nx.write_graphml_xml(made, out, named_key_ids=True, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def cyjs(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """Cytoscape's JSON (`.cyjs`), with the places and colours of the explorer."""
    made = plain(graph, language)
    where = spread(graph)
    nodes = [
        {
            "data": {
                "id": node,
                "value": node,  # networkx reads it
                "name": about["label"],
                "colour": "#{:02x}{:02x}{:02x}".format(*COLOURS.get(about["kind"], OTHER)),
                **{k: v for k, v in about.items() if k not in _OF_CYTOSCAPE and v != ""},
            },
            "position": {"x": where[node][0], "y": where[node][1]},
        }
        for node, about in made.nodes(data=True)
    ]
    edges = [
        {
            "data": {
                "id": f"e{number}",
                "source": one,
                "target": other,
                "key": number,  # as are the keys of networkx, for links side by side
                "name": about["relation"],
                "interaction": about["relation"],
                **{k: v for k, v in about.items() if k not in _OF_CYTOSCAPE and v != ""},
            }
        }
        for number, (one, other, about) in enumerate(made.edges(data=True))
    ]
    whole = {
        "format_version": "1.0",
        "generated_by": "kg",
        "target_cytoscapejs_version": "~3",
        "directed": True,
        "multigraph": True,
        "data": {"name": "outcome harvest"} | ({"note": note} if note else {}),
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def kumu(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """Kumu's own JSON with the keys that its documentation names, and the fields beside them.

    Kumu knows elements and connections and nothing else, so that a note that
    the file is not for everybody is the first tag of each element.
    """
    made = plain(graph, language)
    marks = [note.partition(":")[0]] if note else []
    elements = [
        {
            "id": node,
            "label": about["label"],
            "type": about["kind"],
            "tags": [*marks, about["kind"], *filter(None, (about.get("country"),))],
            "description": about["text"],
            **{
                key: value
                for key, value in about.items()
                if key not in _OF_KUMU and key not in ("kind", "text") and value != ""
            },
        }
        for node, about in made.nodes(data=True)
    ]
    connections = [
        {
            "id": f"c{number}",
            "from": one,
            "to": other,
            "direction": "directed",
            "type": about["relation"],
            "tags": [about["family"]],
            "description": about["words"],
            "outcomes": about["outcomes"],
        }
        for number, (one, other, about) in enumerate(made.edges(data=True))
    ]
    whole = {"elements": elements, "connections": connections}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
