"""The network for Gephi: GEXF 1.2 with places, colours, and the years of outcomes."""

from xml.etree import ElementTree as ET

import networkx as nx

from kg.export.plain import COLOURS, OTHER, plain, year_of
from kg.layout import spread

_GEXF = "{http://www.gexf.net/1.2draft}"
_VIZ = "{http://www.gexf.net/1.2draft/viz}"


def gexf(graph: nx.MultiDiGraph, *, note: str, language: str) -> bytes:
    """GEXF 1.2, UTF-8, without the date that would change its bytes.

    An outcome, and each link that a record makes, stands in the year of the
    outcome; what outcomes link to, from the first of their years to the last.
    What has no year is there at all times.
    """
    made = plain(graph, language)
    _date(made)
    where = spread(graph)
    for node, about in made.nodes(data=True):
        red, green, blue = COLOURS.get(about["kind"], OTHER)
        x, y = where[node]
        about["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {"x": x, "y": -y, "z": 0.0},  # Gephi's y grows upwards
            "size": 10.0,
        }
    root = ET.fromstring("\n".join(nx.generate_gexf(made, version="1.2draft")))  # noqa: S314 - ours
    _tidy(root, note)
    ET.register_namespace("", _GEXF[1:-1])
    ET.register_namespace("viz", _VIZ[1:-1])
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _date(made: nx.MultiDiGraph) -> None:
    """Give nodes and links the days between which they stand."""
    years = {node: year for node, about in made.nodes(data=True) if (year := year_of(about))}
    around: dict[str, list[int]] = {}
    for one, other, about in made.edges(data=True):
        ends = [years[end] for end in (one, other) if end in years]
        if not ends:
            continue
        # A link between two outcomes is there once both are.
        about.update(_days(max(ends), max(ends)))
        for end in (one, other):
            if made.nodes[end]["kind"] != "outcome":
                around.setdefault(end, []).extend(ends)
    for node, about in made.nodes(data=True):
        found = [years[node]] if node in years else around.get(node)
        # One outcome without a year keeps what it links to from ending.
        if found and not _timeless(made, node):
            about.update(_days(min(found), max(found)))


def _timeless(made: nx.MultiDiGraph, node: str) -> bool:
    """Does something hold it that has no year?"""
    if made.nodes[node]["kind"] == "outcome":
        return False
    return any(year_of(made.nodes[end]) is None for end in nx.all_neighbors(made, node))


def _days(first: int, last: int) -> dict[str, str]:
    return {"start": f"{first:04}-01-01", "end": f"{last:04}-12-31"}


def _tidy(root: ET.Element, note: str) -> None:
    """Without date and foreign address; who made it, and whether it is for everybody."""
    root.attrib.pop("{http://w3.org/2001/XMLSchema-instance}schemaLocation", None)
    about = root.find(f"{_GEXF}meta")
    graph = root.find(f"{_GEXF}graph")
    if about is None or graph is None:
        raise ValueError("networkx wrote no GEXF")
    about.attrib.pop("lastmodifieddate", None)
    for child in list(about):
        about.remove(child)
    ET.SubElement(about, f"{_GEXF}creator").text = "kg"
    if note:
        ET.SubElement(about, f"{_GEXF}description").text = note
    graph.attrib.pop("name", None)
