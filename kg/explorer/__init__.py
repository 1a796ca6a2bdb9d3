"""The page of a whole harvest, `explorer.html`: one file that fetches nothing.

    rows ─kg.network.whole→ graph ─data.trees→ JSON ─page.filled→ HTML

`explorer_page` is what builds write: the network page of `kg draw`, of everything
or, past 500 nodes, of the most linked part, and then it says what it leaves out.
`harvest_page` is the explorer proper.
"""

from collections.abc import Callable, Mapping, Sequence

import networkx as nx

from kg.draw import network_page, page_texts
from kg.explorer.data import trees
from kg.explorer.page import as_json, filled
from kg.layout import spread
from kg.model import Audience
from kg.network.part import largest_part
from kg.vocab import PREFIXES

_ORIGINS = (
    "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    + """
SELECT ?fragment ?file ?row WHERE {
  ?fragment a oh:Fragment ; prov:wasDerivedFrom ?source .
  ?source rdfs:label ?file .
  OPTIONAL { ?fragment oh:rowNumber ?row }
} ORDER BY ?fragment ?file ?row"""
)


def explorer_page(
    graph: nx.MultiDiGraph, *, name: str, audience: Audience, language: str = "en"
) -> str:
    """The page of a harvest, as one HTML file that fetches nothing.

    Args:
        graph: From `kg.network.whole`, of any size.
        name: The project's name, the heading of the page.
        audience: Whose copy it shows.
        language: "en" or "fr".
    """
    part = largest_part(graph)
    return network_page(part, title=name, audience=audience, language=language)


def harvest_page(
    graph: nx.MultiDiGraph,
    select: Callable[[str], Sequence[Mapping[str, str]]],
    *,
    name: str,
    audience: Audience,
    base: str,
    language: str = "en",
    trig: bytes | None = None,
) -> str:
    """The explorer of a harvest of any size.

    Args:
        graph: From `kg.network.whole`.
        select: Answers SPARQL with rows, over the union graph.
        name: Of the project, the heading of the page.
        audience: Whose copy it shows; the page says INTERNAL or PUBLIC.
        base: Base IRI of the harvest's data.
        language: In which the page starts: "en" or "fr" (any other: English).
        trig: The whole graph, for the SPARQL engine. None: a page without engine.

    Raises:
        KgError: The pages were not built when kg was installed.
    """
    texts = page_texts()
    spoken = language if language in texts else "en"
    scene, details = trees(
        graph,
        spread(graph),
        name=name,
        audience=audience,
        language=spoken,
        origins=_origins(select),
        base=base,
    )
    data = {"scene": as_json(scene), "details": as_json(details)}
    if trig is not None:
        data["graph"] = trig
    return filled(
        title=f"{name} · {texts[spoken]['audience'][audience.value]}",
        noscript=f"{texts['en']['noscript']} {texts['fr']['noscript']}",
        data=data,
        engine=trig is not None,
    )


def _origins(select: Callable[[str], Sequence[Mapping[str, str]]]) -> dict[str, list[str]]:
    """Fragment → file and row of its record. A release holds neither, so this is empty there."""
    found: dict[str, list[str]] = {}
    for row in select(_ORIGINS):
        said = f"{row['file']}, {row['row']}" if "row" in row else row["file"]
        found.setdefault(row["fragment"], []).append(said)
    return found
