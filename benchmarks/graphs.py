"""Graphs of any size in the shape of a harvest, and pages of other libraries that draw them."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import networkx as nx

from kg.network import Passage, Words

#: Where `npm ci` puts the peers; pinned by the lock beside it, shipped to nobody.
PEERS = Path(__file__).parent / "peers"
_COLOURS = {
    "outcome": "#0072B2", "organisation": "#D55E00", "result": "#009E73", "output": "#56B4E9",
    "place": "#CC79A7", "actor": "#E69F00",
}  # fmt: skip
_WORDS = ("council", "women", "harbour", "radio", "law", "court", "village", "budget", "record")


def harvest_of(nodes: int, edges: int, *, seed: int = 1) -> nx.MultiDiGraph:
    """A network with about so many nodes and links: outcomes of 90 words, bodies, results, places.

    The same for the same seed. Six of ten nodes are outcomes; a few bodies stand in many.
    """
    chance = random.Random(seed)
    graph = nx.MultiDiGraph()
    counts = {
        "outcome": int(nodes * 0.6),
        "result": nodes // 100 + 4,
        "output": nodes // 50 + 4,
        "place": 12,
        "actor": 8,
    }
    counts["organisation"] = nodes - sum(counts.values())
    names = {kind: [f"{kind}/{at}" for at in range(count)] for kind, count in counts.items()}
    cells = {}
    for kind, found in names.items():
        for at, name in enumerate(found):
            text = " ".join(chance.choices(_WORDS, k=90)) if kind == "outcome" else ""
            cell = Passage(name, f"N{at}", "description", "", text, narrative=True)
            cells[name] = cell
            label = f"{kind.capitalize()} {at} {' '.join(chance.choices(_WORDS, k=3))}"
            year = (("year", ({"": str(2018 + at % 7)},)),) if kind == "outcome" else ()
            graph.add_node(
                name, kind=kind, label=label, labels={"": label}, short="", search=(), fields=year,
                passages=(cell,) if text else (), gap=False,
            )  # fmt: skip
    outcomes = names["outcome"]
    for at, outcome in enumerate(outcomes):
        place, actor = at % counts["place"], chance.randrange(counts["actor"])
        for relation, other in (("in-country", f"place/{place}"), ("change-in", f"actor/{actor}")):
            _link(graph, outcome, other, relation, cells[outcome])
    for _ in range(edges - 2 * len(outcomes)):
        outcome = chance.choice(outcomes)
        if chance.random() < 0.2:
            kind = chance.choice(("result", "output"))
            _link(graph, outcome, chance.choice(names[kind]), "contributes-to", cells[outcome])
        else:
            # Few bodies often, most seldom.
            body = int(counts["organisation"] * chance.random() ** 2.2)
            _link(graph, f"organisation/{body}", outcome, "contributor", cells[outcome])
    return graph


def _link(graph: nx.MultiDiGraph, start: str, end: str, relation: str, cell: Passage) -> None:
    words = Words(cell, 0, 7, "exact-name", 0.9)
    family = "claim" if relation == "contributor" else "coded"
    graph.add_edge(start, end, key=relation, relation=relation, family=family, words=(words,))


_PAGE = """<!doctype html><html><head><meta charset="utf-8">
<style>html,body,#stage{{margin:0;width:100%;height:100%;overflow:hidden}}</style>
<script>{library}</script></head><body><div id="stage"></div>
<script type="application/json" id="graph">{graph}</script>
<script>const graph = JSON.parse(document.getElementById("graph").textContent);
const stage = document.getElementById("stage");
const drawn = () =>
  requestAnimationFrame(() => setTimeout(() => {{ window.first ??= performance.now(); }}));
{script}</script></body></html>"""
_VIS = """const nodes = new vis.DataSet(graph.nodes.map(([id, label, x, y, color, group]) =>
  ({ id, label: label.slice(0, 24), x, y, color, shape: "dot", size: 8, group })));
const edges = new vis.DataSet(graph.edges.map(([from, to]) => ({ from, to })));
const net = new vis.Network(stage, { nodes, edges }, { physics: false, interaction: { hover: true },
  edges: { smooth: false }, layout: { improvedLayout: false } });
net.once("afterDrawing", drawn);
window.narrow = (half) => nodes.update(graph.nodes.filter((_, at) => at % 2)
  .map(([id]) => ({ id, hidden: half })));"""
_SIGMA = """const model = new graphology.MultiGraph();
for (const [id, label, x, y, color] of graph.nodes)
  model.addNode(id, { label, x, y: -y, color, size: 3 });
for (const [from, to] of graph.edges) model.addEdge(from, to, { size: 0.4, color: "#ccc" });
let half = false;
const odd = new Set(graph.nodes.filter((_, at) => at % 2).map(([id]) => id));
const net = new Sigma(model, stage, { nodeReducer: (id, data) =>
  (half && odd.has(id) ? { ...data, hidden: true } : data) });
drawn();
window.narrow = (on) => { half = on; net.refresh(); };"""
_CYTOSCAPE = """const net = cytoscape({ container: stage, layout: { name: "preset" },
  elements: [...graph.nodes.map(([id, label, x, y, color], at) =>
    ({ data: { id, label, color, odd: at % 2 }, position: { x, y } })),
    ...graph.edges.map(([source, target], at) => ({ data: { id: `e${at}`, source, target } }))],
  style: [{ selector: "node", style: { "background-color": "data(color)", width: 12, height: 12,
    label: "data(label)", "font-size": 9, "min-zoomed-font-size": 9 } },
    { selector: "edge", style: {
      width: 0.6, "line-color": "#ccc", "curve-style": "haystack" } }] });
net.one("render", drawn);
window.narrow = (half) => net.batch(() =>
  net.nodes("[odd = 1]").style("display", half ? "none" : "element"));"""
#: Name → files of its packages, and the script that draws `graph` with them.
_LIBRARIES = {
    "vis-network 10": (("vis-network/standalone/umd/vis-network.min.js",), _VIS),
    "sigma 3": (("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js"), _SIGMA),
    "cytoscape 3": (("cytoscape/dist/cytoscape.min.js",), _CYTOSCAPE),
}


def peer_pages(
    graph: nx.MultiDiGraph, positions: Mapping[str, tuple[float, float]]
) -> dict[str, str]:
    """Pages of other libraries with the same nodes at the same places; without texts, unlike ours.

    Raises:
        FileNotFoundError: the peers are not installed; `npm ci` in `benchmarks/peers` does it.
    """
    tree = {
        "nodes": [
            [node, about["label"], *positions[node], _COLOURS[about["kind"]], about["kind"]]
            for node, about in sorted(graph.nodes(data=True))
        ],
        "edges": sorted((start, end) for start, end in graph.edges()),
    }
    data = json.dumps(tree, separators=(",", ":")).replace("<", "\\u003c")
    pages = {}
    for name, (files, script) in _LIBRARIES.items():
        code = "\n".join((PEERS / "node_modules" / file).read_text("utf-8") for file in files)
        library = code.replace("</script", "<\\/script")
        pages[name] = _PAGE.format(library=library, graph=data, script=script)
    return pages


def stock_pyvis(graph: nx.MultiDiGraph, positions: Mapping[str, tuple[float, float]]) -> str:
    """The page that pyvis writes by itself, with places and without physics."""
    from pyvis.network import Network

    net = Network(height="880px", width="100%", cdn_resources="in_line", directed=True)
    net.toggle_physics(status=False)
    # Its own adders take minutes: they look through everything for each link.
    net.nodes = [
        {
            "id": node, "label": about["label"], "shape": "dot", "size": 8,
            "color": _COLOURS[about["kind"]], "x": positions[node][0], "y": positions[node][1],
        }
        for node, about in sorted(graph.nodes(data=True))
    ]  # fmt: skip
    net.edges = [{"from": start, "to": end} for start, end in sorted(graph.edges())]
    page: str = net.generate_html()
    hook = (
        'network.once("afterDrawing", () => requestAnimationFrame(() => setTimeout(() => '
        "{ window.first ??= performance.now(); }))); window.narrow = (half) => nodes.update("
        "nodes.getIds().filter((_, at) => at % 2).map((id) => ({ id, hidden: half })));"
    )
    made = "network = new vis.Network(container, data, options);"
    return page.replace(made, made + hook, 1)
