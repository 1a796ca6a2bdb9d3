"""The page is one file that names the digest of each of its scripts; data is JSON only."""

import base64
import hashlib
import importlib.util
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
import yaml
from pyvis.network import Network

from kg.draw import STYLES, network, network_page
from kg.errors import UsageError
from kg.model import Audience
from kg.network import KINDS, whole
from kg.resources import resource

_HERE = Path(__file__).resolve().parent
_PAGES = resource("pages")


def _sample(outcomes: int = 12) -> nx.MultiDiGraph:
    spec = importlib.util.spec_from_file_location(
        "kg_sample_harvest", _HERE / "browser" / "sample.py"
    )
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return whole(module.sample(outcomes))


def _draw(graph=None, **changed) -> str:
    asked = {"title": "A harvest", "audience": Audience.INTERNAL} | changed
    return network_page(_sample() if graph is None else graph, **asked)


def _node(graph, name, **changed):
    about = {
        "kind": "outcome",
        "label": name,
        "labels": {"": name},
        "short": "",
        "search": (),
        "fields": (),
        "passages": (),
        "gap": False,
    }
    graph.add_node(name, **(about | changed))


class _Page(HTMLParser):
    """The elements of a page as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def _data(page: str, name: str):
    (found,) = re.findall(rf'<script type="application/json" id="data-{name}">(.*?)</script>', page)
    return json.loads(found)


def _policy(page: str) -> str:
    (found,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    return found.replace("&#39;", "'")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_these_scripts_and_this_style_and_nothing_else():
    """Digests of what the page holds, no 'unsafe-inline', no address of any host."""
    page = _draw()
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)

    assert len(scripts) == 3
    assert _policy(page) == (
        f"default-src 'none'; script-src {' '.join(map(_digest, scripts))}; "
        f"style-src {_digest(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_no_element_fetches_anything():
    """No source, no link, no inline style or handler: the page is one file."""
    elements = _Page(_draw()).elements
    fetching = [
        (tag, name)
        for tag, attrs in elements
        for name in attrs
        if name in {"src", "href", "style", "srcset", "action", "poster", "data"}
        or name.startswith("on")
    ]

    assert fetching == []
    assert not {"link", "iframe", "img", "object", "embed", "base", "form"} & {
        t for t, _ in elements
    }


def test_hostile_words_are_data_and_stay_whole():
    """Markup in ids, labels, headings and texts ends no element and loses no letter."""
    hostile = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>'\"&\u2028 href"
    graph = nx.MultiDiGraph()
    _node(graph, hostile, search=(hostile,), fields=((hostile, ({"": hostile},)),))
    page = _draw(graph, title=hostile, note=hostile)
    plain = _draw(nx.MultiDiGraph(), title="x")

    assert page.count("<script") == plain.count("<script")
    assert [tag for tag, _ in _Page(page).elements] == [tag for tag, _ in _Page(plain).elements]
    assert _data(page, "nodes")[0]["id"] == hostile
    assert _data(page, "scene")["nodes"][0]["labels"] == {"": hostile}
    assert _data(page, "scene")["nodes"][0]["fields"] == [[hostile, [{"": hostile}]]]
    assert _data(page, "scene")["note"] == {"en": hostile}


def test_the_page_says_whose_copy_it_is():
    """INTERNAL and PUBLIC stand in the title and in the first lines."""
    assert "<title>A harvest · INTERNAL</title>" in _draw()
    assert "<title>A harvest · PUBLIC</title>" in _draw(audience=Audience.PUBLIC)
    assert "INTERNAL" in _draw(language="fr")


def test_every_node_edge_and_quote_is_in_the_page():
    """Counts in the page are the counts of the graph."""
    graph = _sample()
    page = _draw(graph)
    scene = _data(page, "scene")
    quotes = [words for *_, about in graph.edges(data=True) for words in about["words"]]
    shown = [quote for edge in scene["edges"] for quote in edge["words"]]

    assert len(_data(page, "nodes")) == len(scene["nodes"]) == len(graph)
    assert len(_data(page, "edges")) == len(scene["edges"]) == graph.number_of_edges()
    assert sorted(
        scene["passages"][quote["passage"]]["text"][quote["start"] : quote["end"]]
        for quote in shown
    ) == sorted(words.quote for words in quotes)


def test_a_cell_stands_once_in_the_page():
    """Twenty quotes of one cell do not repeat its text twenty times."""
    scene = _data(_draw(), "scene")
    cells = [(cell["key"], cell["field"]) for cell in scene["passages"]]

    assert len(cells) == len(set(cells)) > 30


def test_the_same_graph_makes_the_same_bytes():
    """Twice drawn, once written."""
    assert _draw(_sample()) == _draw(_sample())


def test_more_than_five_hundred_nodes_are_refused_with_what_to_narrow():
    """The error is one line and names a command."""
    graph = nx.MultiDiGraph()
    for number in range(501):
        _node(graph, f"n{number}")

    with pytest.raises(UsageError, match=r"501 things; .* kg draw --around NAME") as error:
        network(graph)
    assert "\n" not in str(error.value)


def test_an_empty_network_is_a_page():
    """Nothing to draw is said on the page, not by an error."""
    page = _draw(nx.MultiDiGraph())

    assert _data(page, "nodes") == []
    assert 'id="empty"' in page


def test_an_unknown_language_is_refused():
    """The page speaks English and French."""
    with pytest.raises(UsageError, match="en or fr"):
        _draw(language="tlh")


def test_a_pyvis_network_holds_the_graph():
    """Ids of the graph, fixed places, physics off, and no titles: they can turn into HTML."""
    graph = _sample()
    net = network(graph)

    assert isinstance(net, Network)
    assert {node["id"] for node in net.nodes} == set(graph)
    assert len(net.edges) == graph.number_of_edges()
    assert all({"x", "y"} <= set(node) and "title" not in node for node in net.nodes)
    assert net.options["physics"] == {"enabled": False}


def test_parallel_links_are_drawn_side_by_side():
    """Two roles of one body in one outcome are two curves, not one line over another."""
    graph = nx.MultiDiGraph()
    for name in "ab":
        _node(graph, name)
    for relation in ("contributor", "social-actor", "mentioned"):
        graph.add_edge("a", "b", key=relation, relation=relation, family="claim", words=())
    bends = [(e["smooth"]["type"], e["smooth"]["roundness"]) for e in network(graph).edges]

    assert len(set(bends)) == 3


def test_every_kind_has_a_shape_and_hues_of_its_own():
    """Never colour alone: no two kinds share a shape, but "other", which is grey."""
    shapes = [STYLES[kind][0] for kind in KINDS if kind != "other"]

    assert set(STYLES) == set(KINDS)
    assert len(set(shapes)) == len(shapes)
    assert len({STYLES[kind][1] for kind in KINDS}) == len(KINDS)


def _keys(node, path=""):
    if isinstance(node, dict):
        for name, below in node.items():
            yield from _keys(below, f"{path}.{name}")
    else:
        yield path.lstrip("."), set(re.findall(r"\{\w+\}", node))


_TEXTS = yaml.safe_load((_PAGES / "texts.yaml").read_text(encoding="utf-8"))


def test_english_and_french_say_the_same_things():
    """The same keys with the same places to fill in, and no text left empty."""
    assert dict(_keys(_TEXTS["en"])) == dict(_keys(_TEXTS["fr"]))
    assert all(isinstance(name, str) for name, _ in _keys(_TEXTS))


def test_every_text_that_the_page_asks_for_is_there():
    """Keys written in the template and in the script exist."""
    known = dict(_keys(_TEXTS["en"]))
    template = (_PAGES / "network.html.j2").read_text(encoding="utf-8")
    script = (_PAGES / "network.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'data-t(?:-\w+)?="([\w.]+)"', template))
    asked |= set(re.findall(r'say\("([\w.]+)"\)', script))

    assert len(asked) > 40
    assert asked <= set(known)


def test_every_kind_has_a_name_in_both_languages():
    """The legend can name all that is drawn."""
    assert set(_TEXTS["en"]["kinds"]) == set(KINDS)


def test_scripts_never_write_markup():
    """Text nodes only: nothing in our scripts can turn a string into elements or code."""
    explorer = sorted(resource("explorer", "src").rglob("*.ts*"))
    files = [_PAGES / "reading.js", _PAGES / "network.js", *explorer]
    scripts = "".join(file.read_text(encoding="utf-8") for file in files)
    forbidden = (
        r"(?i)innerHTML|outerHTML|insertAdjacent|document\.write|DOMParser|\beval\(|new Function|"
        "srcdoc"
    )

    assert len(explorer) > 40
    assert re.findall(forbidden, scripts) == []


def test_the_lock_file_names_no_host():
    """Packages for checking the scripts come from whichever index the machine uses."""
    lock = resource("explorer", "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert '"integrity"' in lock
