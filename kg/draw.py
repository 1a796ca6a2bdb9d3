"""One self-contained page of a network, made by pyvis through our own template.

pyvis holds nodes, edges and options and renders the page; its stock templates
are not used, because they fetch from a content-delivery network in every mode
and run script that stands in a heading, an id or a tooltip. Here data stands
in the page as JSON only, in script elements that no browser runs, and reaches
the screen as text nodes only. The page's policy names the digest of each of
its scripts and of its style sheet: anything else does not run, even if the
escaping failed. vis-network is the newest, built from its parts with the other
pages: its ready-made file injects a style sheet, and styles are held to a digest too.
"""

import base64
import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network

from kg import layout
from kg.errors import UsageError
from kg.model import Audience
from kg.network.part import LARGEST
from kg.network.words import HUBS, KINDS, Passage, Words
from kg.resources import built_page
from kg.version import __version__

_PAGES = Path(__file__).parent / "pages"
_LANGUAGES = ("en", "fr")

#: Kind → shape, and colour on light and on dark ground: hues that colour-blind people tell apart
#: (Okabe and Ito), and never colour alone. Shapes are vis-network's own names where it has them.
STYLES = {
    "outcome": ("dot", "#0072B2", "#4AA8E0"),
    "organisation": ("square", "#E69F00", "#E69F00"),
    "programme": ("pentagon", "#3B4650", "#C9D2D9"),
    "actor": ("triangle", "#009E73", "#2CC79B"),
    "change": ("triangleDown", "#56B4E9", "#8CD0F5"),
    "output": ("diamond", "#CC79A7", "#DE9CC1"),
    "result": ("hexagon", "#D55E00", "#F08A3C"),
    "objective": ("star", "#C9B800", "#F0E442"),
    "place": ("cross", "#6B7680", "#98A4AE"),
    "other": ("dot", "#7A7A7A", "#A8A8A8"),
}
#: Shapes that only our page can draw, and what a bare pyvis network shows instead.
_NEAREST_SHAPE = {"pentagon": "hexagon", "cross": "square"}

#: How links are dashed: a claim is never drawn as heavily as a fact of the framework.
_DASHES: Mapping[str, bool | list[int]] = {
    "contributor": False,
    "social-actor": [9, 5],
    "beneficiary": [2, 4],
    "target": [2, 4],
    "mentioned": [1, 5],
    "builds-on": [12, 4],
    "led-to": [12, 4],
    "see-also": [4, 6],
}
_WIDTHS = {"claim": 2.0, "coded": 1.4, "structure": 2.4, "answer": 1.6}
#: Only what one outcome says of another has a direction worth an arrow.
_ARROWS = frozenset({"builds-on", "led-to", "see-also"})

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": False},
        "tooltipDelay": 3_600_000,
    },
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1},
    "nodes": {"chosen": True},
}


def network(graph: nx.MultiDiGraph, *, kind: type[Network] = Network) -> Network:
    """A pyvis network of a graph: positions fixed, physics off, no tooltips.

    Args:
        graph: From `kg.network`, of at most 500 nodes.
        kind: What to make: `Network`, or a class of one's own that is one.

    Returns:
        Ids of nodes are those of the graph. It may be drawn on by pyvis' own
        means; `network_page` is what renders it safely.

    Raises:
        UsageError: The graph is too large to look at; says how to narrow.
    """
    if len(graph) > LARGEST:
        raise UsageError(
            f"This network has {len(graph)} things; a picture is readable up to {LARGEST}. "
            "Narrow it: kg draw --around NAME --hops 1, or a query with a parameter, "
            "e.g. kg draw contributors-to-result -p code=1.4"
        )
    net = kind(height="100%", width="100%", directed=True, cdn_resources="in_line")
    # A dict, not set_options(): that strips every space from values.
    net.options = _OPTIONS
    places = layout.network(graph)
    degree = dict(graph.degree())
    for node, about in sorted(graph.nodes(data=True)):
        shape, light, _ = STYLES[about["kind"]]
        x, y = places[node]
        net.add_node(
            node,
            label=about["short"] or about["label"],
            shape=_NEAREST_SHAPE.get(shape, shape),
            color=light,
            size=_size(about["kind"], degree[node]),
            x=x,
            y=y,
        )
    between = Counter(tuple(sorted((start, end))) for start, end in graph.edges())
    bent: Counter[tuple[str, ...]] = Counter()
    for start, end, about in sorted(
        graph.edges(data=True), key=lambda e: (*e[:2], e[2]["relation"])
    ):
        pair = tuple(sorted((start, end)))
        relation, family = about["relation"], about["family"]
        options: dict[str, Any] = {
            "color": _edge_colour(graph, start, end, family),
            "width": _WIDTHS[family],
            "dashes": _DASHES.get(relation, False),
            "arrows": "to" if relation in _ARROWS else "",
        }
        if between[pair] > 1:
            # Side by side, or one would hide the other.
            bent[pair] += 1
            turn = (
                (bent[pair] + 1) // 2 * (1 if bent[pair] % 2 else -1) * (1 if start <= end else -1)
            )
            side = "curvedCW" if turn > 0 else "curvedCCW"
            options["smooth"] = {"enabled": True, "type": side, "roundness": 0.1 * abs(turn)}
        # Past add_edge(), which searches all nodes twice for every edge.
        net.edges.append(Edge(start, end, directed=True, **options).options)
    return net


def _size(kind: str, degree: int) -> float:
    """Radius of a node: the more links, the larger, within bounds."""
    if kind in HUBS:
        return 20.0
    smallest = 11.0 if kind == "outcome" else 12.0
    return round(min(smallest + 1.6 * math.sqrt(degree), 24.0), 1)


def _edge_colour(graph: nx.MultiDiGraph, start: str, end: str, family: str) -> str:
    """The colour of the end that is not an outcome, so that a bundle of links can be told apart."""
    if family == "structure":
        return "#8a949c"
    kinds = [graph.nodes[node]["kind"] for node in (start, end)]
    return STYLES[next((kind for kind in kinds if kind != "outcome"), "outcome")][1]


def network_page(
    graph: nx.MultiDiGraph,
    *,
    title: str,
    audience: Audience,
    language: str = "en",
    note: str | Mapping[str, str] | None = None,
) -> str:
    """The page: one HTML file that fetches nothing, to be written as UTF-8.

    Args:
        graph: From `kg.network`, of at most 500 nodes. Empty: the page says so.
        title: Its heading: the question, or what is drawn.
        audience: Whose copy it shows; the page says INTERNAL or PUBLIC.
        language: "en" or "fr"; the reader can switch.
        note: A line under the heading, in one language or as language → text.

    Raises:
        UsageError: More than 500 nodes, or an unknown language.
    """
    if language not in _LANGUAGES:
        raise UsageError("--language: expected en or fr.")
    net = network(graph)
    net.heading = title
    # Files that ship with kg and pyvis, never data: these alone pass unescaped.
    parts = (built_page("vis-network.js"), _page("reading.js"), _page("network.js"))
    scripts = [Markup(text) for text in parts]  # noqa: S704
    style = Markup(_page("network.css"))  # noqa: S704
    net.set_template_dir(str(_PAGES), "network.html.j2")
    # pyvis' own environment does not escape; and a silently missing value would be a hole.
    net.templateEnv = Environment(
        loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined
    )
    texts = page_texts()
    net.templateEnv.globals.update(
        scene=_scene(graph, Audience(audience), language, note),
        texts=texts[language],
        both=texts,
        scripts=scripts,
        style=style,
        policy=_policy(scripts, style),
    )
    return str(net.generate_html())


def _policy(scripts: Sequence[str], style: str) -> str:
    """What the page may do: run these scripts, use this style sheet, save a picture; no more."""

    def digests(texts: Sequence[str]) -> str:
        hashed = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashed)

    return (
        f"default-src 'none'; script-src {digests(scripts)}; style-src {digests([style])}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _page(name: str) -> str:
    """A part of the page, as shipped. Line ends are one newline: digests are over bytes."""
    return _inline((_PAGES / name).read_text(encoding="utf-8").replace("\r\n", "\n"))


def _inline(text: str) -> str:
    """Script that may stand inside a page: nothing in it ends the element or opens another."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--").strip()


@cache
def page_texts() -> Mapping[str, Any]:
    """What pages say, by language."""
    found: Mapping[str, Any] = yaml.safe_load((_PAGES / "texts.yaml").read_text(encoding="utf-8"))
    return found


def _scene(
    graph: nx.MultiDiGraph, audience: Audience, language: str, note: str | Mapping[str, str] | None
) -> dict[str, Any]:
    """What the page knows beside pyvis' nodes and edges: details, words, texts."""
    passages: dict[Passage, int] = {}

    def passage(cell: Passage) -> int:
        return passages.setdefault(cell, len(passages))

    columns = layout.columns(graph)
    nodes = [
        {
            "kind": about["kind"],
            "labels": about["labels"],
            "short": about["short"],
            "search": list(about["search"]),
            "fields": [[name, list(values)] for name, values in about["fields"]],
            "passages": [passage(cell) for cell in about["passages"] if cell.narrative],
            "gap": about["gap"],
            "column": columns[node],
        }
        for node, about in sorted(graph.nodes(data=True))
    ]
    edges = [
        {
            "relation": about["relation"],
            "family": about["family"],
            "words": [_quote(words, passage(words.passage)) for words in about["words"]],
        }
        for *_, about in sorted(graph.edges(data=True), key=lambda e: (*e[:2], e[2]["relation"]))
    ]
    notes = {language: note} if isinstance(note, str) else dict(note or {})
    return {
        "audience": audience.value,
        "language": language,
        "version": __version__,
        "note": notes,
        "left_out": graph.graph.get("left_out", ()),
        "kinds": [[kind, *STYLES[kind]] for kind in KINDS],
        "hubs": sorted(HUBS),
        # JSON as pyvis' templates write it sorts keys, and these have an order.
        "relations": list(page_texts()["en"]["relations"]),
        "terms": graph.graph.get("terms", {}),
        "texts": page_texts(),
        "nodes": nodes,
        "edges": edges,
        "passages": [
            {
                "key": cell.key,
                "identifier": cell.identifier,
                "field": cell.field,
                "heading": cell.heading,
                "text": cell.text,
                "language": cell.language,
            }
            for cell in passages
        ],
    }


def _quote(words: Words, place: int) -> dict[str, Any]:
    """One quote, without the words themselves: they stand in their passage."""
    found: dict[str, Any] = {"passage": place, "start": words.start, "end": words.end}
    for name in ("method", "confidence", "status", "role_method", "role_confidence"):
        value = getattr(words, name)
        if value not in {"", None}:
            found[name] = value
    return found
