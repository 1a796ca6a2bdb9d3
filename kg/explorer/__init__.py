"""The page of a whole harvest, `explorer.html`: one file that fetches nothing.

    rows ─kg.network.whole→ graph ─data.trees→ JSON ─page.filled→ HTML

It carries the whole harvest and the graph with an engine that answers SPARQL: the whole
graph, a reduced one where that is too large for a page (`kg.explorer.reduced`), none where
even that is. The page says which.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import networkx as nx

from kg.draw import page_texts
from kg.explorer.beside import beside
from kg.explorer.data import trees
from kg.explorer.packing import slimmed
from kg.explorer.page import as_json, filled
from kg.explorer.questions import forms, heads
from kg.explorer.reduced import LEFT_OUT, reduced
from kg.layout import spread
from kg.model import Audience
from kg.network.questions import ORIGINS, RANKS, TERMS
from kg.network.words import local
from kg.query import Question
from kg.vocab import PREFIXES, SPARQL_HEAD

#: Bytes of TriG beyond which the engine of a page takes more than four seconds to read it (about
#: 1,500 records; reduced, 3,800: docs/speed.md). The reduced graph takes its place, or none where
#: that has more. `kg query` asks the whole one.
LARGEST_GRAPH = 45_000_000

Select = Callable[[str], Sequence[Mapping[str, str]]]


def explorer_page(
    graph: nx.MultiDiGraph,
    select: Select,
    *,
    name: str,
    audience: Audience,
    base: str,
    language: str = "en",
    trig: bytes | Path | None = None,
    library: Mapping[str, Question] | None = None,
) -> str:
    """The explorer of a harvest of any size.

    Args:
        graph: From `kg.network.whole`.
        select: Answers SPARQL with rows, over the union graph.
        name: Of the project, the heading of the page.
        audience: Whose copy it shows; the page says INTERNAL or PUBLIC.
        base: Base IRI of the harvest's data.
        language: In which the page starts: "en" or "fr" (any other: English).
        trig: The whole graph or its file, for the SPARQL engine; reduced if it has more than
            `LARGEST_GRAPH`. None: a page without engine.
        library: The questions that the page offers.

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
        ranks=_ranks(select),
        base=base,
        beside=beside(select),
    )
    details["questions"] = forms(library or {})
    details["heads"] = heads(library or {})
    details["vocabulary"] = _vocabulary(select)
    details["prefixes"] = dict(PREFIXES)
    carried, within = _carried(trig)
    details["graph"] = carried
    details["left"] = list(LEFT_OUT) if carried == "reduced" else []
    data = {"scene": as_json(scene), "details": as_json(details)}
    if within is not None:
        data["graph"] = slimmed(within, details["passages"]["text"])
    return filled(
        title=f"{name} · {texts[spoken]['audience'][audience.value]}",
        noscript=f"{texts['en']['noscript']} {texts['fr']['noscript']}",
        data=data,
        engine=within is not None,
    )


def _carried(trig: bytes | Path | None) -> tuple[str, bytes | None]:
    """What the page says of its graph, and the graph."""
    if trig is None:
        return "none", None
    within = _within(trig, LARGEST_GRAPH)
    if within is not None:
        return "whole", within
    less = reduced(trig, most=LARGEST_GRAPH)
    return ("large", None) if less is None else ("reduced", less)


def _within(trig: bytes | Path | None, most: int) -> bytes | None:
    """The graph, unless it has more than *most* bytes: then its file is not even read."""
    if isinstance(trig, Path):
        return trig.read_bytes() if trig.stat().st_size <= most else None
    return None if trig is None or len(trig) > most else trig


def _origins(select: Select) -> dict[str, list[str]]:
    """Fragment → file and row of its record. A release holds neither, so this is empty there."""
    found: dict[str, list[str]] = {}
    for row in select(SPARQL_HEAD + ORIGINS):
        said = f"{row['file']}, {row['row']}" if "row" in row else row["file"]
        found.setdefault(row["fragment"], []).append(said)
    return found


def _vocabulary(select: Select) -> list[str]:
    """Classes and properties of the ontology, to complete what is typed."""
    return [row["term"] for row in select(SPARQL_HEAD + TERMS)]


def _ranks(select: Select) -> dict[str, list[str]]:
    """Scheme → English labels of its concepts, lowest first; `large`: those that count as such."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for row in select(SPARQL_HEAD + RANKS):
        scheme = local(row["scheme"])
        found.setdefault(scheme, []).append((int(row["rank"]), local(row["concept"]), row["label"]))
    ranks = {
        scheme: [label for *_, label in sorted(rows)] for scheme, rows in sorted(found.items())
    }
    rated = sorted(found.get("significance", []))
    large = next((rank for rank, name, _ in rated if name == "significance-large"), None)
    ranks["large"] = [label for rank, _, label in rated if large is not None and rank >= large]
    return ranks
